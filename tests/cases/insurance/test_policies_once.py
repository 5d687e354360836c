"""What the database itself refuses of a policy, whoever writes it and however many at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.insurance import actions
from cases.insurance.models import Currency, Edition, Policy, Programme, Territory
from fregat.lib.db import refusal
from tests.beside import beside
from tests.builders import make_person, make_policy, make_project

WHERE = {"programme_id": Programme, "territory_id": Territory, "currency_id": Currency}


@pytest.fixture
def policy(project: Any) -> Policy:
    return make_policy(project, make_person(), number="ВЗР-44 718")


def refused(change: Any) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    found = refusal(caught.value)
    return found.code if found else ""


def written_again(policy: Policy, **other: Any) -> Policy:
    names = ("valid_from", "valid_to", "insured_sum", "insurer_id", *WHERE)
    return Policy.objects.create(
        **{"number": "other", **{name: getattr(policy, name) for name in names}, **other}
    )


@pytest.mark.django_db
def test_one_number_of_one_insurer_from_one_day_however_it_is_spelt(policy: Policy) -> None:
    assert refused(lambda: written_again(policy, number="BЗP44718")) == "policy_number_once"


@pytest.mark.django_db
def test_a_policy_has_a_programme_of_its_own_insurer(policy: Policy) -> None:
    theirs = make_policy(make_project("other"), make_person()).programme_id
    rows = Policy.objects.filter(pk=policy.pk)
    for change in (
        lambda: rows.update(programme=theirs),
        lambda: written_again(policy, programme_id=theirs),
        lambda: Programme.objects.filter(pk=policy.programme_id).update(insurer=make_project("other")),
    ):
        assert refused(change) == "policy_refers_to_what_is_there"


@pytest.mark.django_db
@pytest.mark.parametrize("name", WHERE)
def test_a_policy_refers_to_what_is_there(policy: Policy, name: str) -> None:
    nothing = "XXY" if name == "currency_id" else 987_654_321
    assert refused(lambda: written_again(policy, **{name: nothing})) == "policy_refers_to_what_is_there"
    assert refused(lambda: Policy.objects.filter(pk=policy.pk).update(**{name: nothing}))
    rows = WHERE[name].objects.filter(pk=getattr(policy, name))
    assert refused(lambda: rows._raw_delete(rows.db)) == "policy_refers_to_what_is_there"


@pytest.mark.django_db
def test_what_no_policy_refers_to_goes(policy: Policy) -> None:
    other = Territory.objects.create(code="elsewhere", name_uk="Деінде", name_en="Elsewhere")
    Territory.objects.filter(pk=other.pk).update(name_en="Somewhere else")
    other.delete()
    assert not Territory.objects.filter(code="elsewhere").exists()


@pytest.mark.django_db(transaction=True)
def test_a_territory_does_not_go_while_a_policy_is_being_written(policy: Policy) -> None:
    """Whoever takes it away waits for the writer and is refused then."""
    territory = Territory.objects.create(code="new", name_uk="Нова", name_en="New")
    rows = Territory.objects.filter(pk=territory.pk)
    ends: list[str] = []
    with transaction.atomic():
        written_again(policy, territory_id=territory.pk)
        other = beside(lambda: ends.append(refused(lambda: rows._raw_delete(rows.db))))
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert ends == ["policy_refers_to_what_is_there"]


@pytest.mark.django_db(transaction=True)
def test_the_rules_of_a_programme_are_edited_while_a_list_brings_in_its_policies(
    policy: Policy, head: Any
) -> None:
    with transaction.atomic():
        written_again(policy)
        other = beside(lambda: actions.begin_edition(by=head, programme_id=policy.programme_id))
        other.join(10)
        assert not other.is_alive()
        assert Edition.objects.filter(programme=policy.programme, published_at=None).exists()
