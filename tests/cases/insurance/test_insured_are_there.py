"""What the database itself refuses of who is insured by a policy, whoever writes it and however many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model

from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from tests.beside import beside
from tests.builders import make_person, make_policy, make_project
from tests.cases.insurance.test_policies_once import refused

NOBODY = 987_654_321
REFUSED = "insured_are_there"
BOTH = pytest.mark.parametrize("name", ["policy", "person"])


@pytest.fixture
def link(project: Any) -> PolicyPerson:
    make_policy(project, make_person(), number="VZR-1")
    return PolicyPerson.objects.get()


def taken_away(row: Model) -> Callable[[], Any]:
    """Past Django, which looks first who refers to it."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return lambda: rows._raw_delete(rows.db)


def insured(link: PolicyPerson, **other: int) -> PolicyPerson:
    keys = {"policy_id": link.policy_id, "person_id": make_person().pk}
    return PolicyPerson.objects.create(**{**keys, **other})


@pytest.mark.django_db
@BOTH
def test_nobody_is_insured_by_nothing(link: PolicyPerson, name: str) -> None:
    assert refused(lambda: insured(link, **{f"{name}_id": NOBODY})) == REFUSED


@pytest.mark.django_db
@BOTH
def test_both_stay_while_the_policy_insures_the_person(link: PolicyPerson, name: str) -> None:
    row = getattr(link, name)
    assert refused(taken_away(row)) == REFUSED
    rows = type(row)._default_manager.filter(pk=row.pk)
    assert refused(lambda: rows.update(id=NOBODY)) == REFUSED
    link.delete()
    taken_away(row)()
    assert not rows.exists()


@pytest.mark.django_db
@BOTH
def test_it_stays_between_the_same_two(link: PolicyPerson, name: str) -> None:
    other = make_policy(make_project("other"), make_person(), number="VZR-2")
    new = {"policy": other, "person": other.persons.get()}[name]
    assert refused(lambda: PolicyPerson.objects.filter(pk=link.pk).update(**{name: new})) == REFUSED
    link.ended_on = link.policy.valid_to
    link.save()
    assert PolicyPerson.objects.get(pk=link.pk).ended_on == link.policy.valid_to


@pytest.mark.django_db
def test_what_was_written_in_the_same_transaction_is_there_and_what_went_in_it_is_not(
    link: PolicyPerson,
) -> None:
    with transaction.atomic():
        new = insured(link)
        assert refused(taken_away(new.person)) == REFUSED
        gone = make_person()
        taken_away(gone)()
        assert refused(lambda: insured(link, person_id=gone.pk)) == REFUSED


@pytest.mark.django_db(transaction=True)
@BOTH
def test_neither_goes_while_the_insurance_is_being_written(link: PolicyPerson, name: str) -> None:
    """Whoever takes it away waits for the writer and is refused then."""
    there = insured(link)
    row = {"policy": Policy.objects.get(), "person": there.person}[name]
    PolicyPerson.objects.all().delete()
    ends: list[str] = []
    with transaction.atomic():
        insured(there, person_id=there.person_id)
        other = beside(lambda: ends.append(refused(taken_away(row))))
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert ends == [REFUSED]


@pytest.mark.django_db(transaction=True)
@BOTH
def test_nobody_is_insured_while_either_is_being_taken_away(link: PolicyPerson, name: str) -> None:
    """The writer waits for whoever takes it away."""
    row, person = getattr(link, name), link.person_id
    link.delete()
    ends: list[str] = []
    with transaction.atomic():
        taken_away(row)()
        other = beside(lambda: ends.append(refused(lambda: insured(link, person_id=person))))
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert ends == [REFUSED] and not PolicyPerson.objects.exists()
    assert InsuredPerson.objects.count() + Policy.objects.count() == 1
