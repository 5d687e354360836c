"""Whoever is entered as new and seems to be there already is shown before anything is saved (JD II.1, C6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from cases.contracts.actions import KnownAlready, PersonFacts, enter_contract
from cases.contracts.models import Contract, NumberSeries
from cases.insurance.models import InsuredPerson
from cases.privacy.models import AccessLog
from fregat.lib import drafts
from staff.employees.models import Employee
from tests.builders import make_employee, make_person, make_policy, make_project
from tests.cases.casework.test_at_once import at_once
from tests.cases.contracts.tables import OLENA, contract_facts, make_programme, make_series, make_tariff
from tests.cases.contracts.test_pages import entered

BORN = date(1990, 5, 17)


def insured(insurer: Any, surname: str = "Ґалаган", given: str = "Олена", **more: Any) -> InsuredPerson:
    """Known to this insurer."""
    person = make_person(surname, given, **{"birth_date": BORN, "phone": "", **more})
    make_policy(insurer, person)
    return person


def known(by: Employee, programme: Any, **more: Any) -> list[tuple[int, str]]:
    """Who is there already, and why they are meant, when Olena is entered."""
    with pytest.raises(KnownAlready) as caught:
        enter_contract(by=by, facts=contract_facts(programme, persons=(replace(OLENA, **more),)))
    assert (NumberSeries.objects.get().next, Contract.objects.count()) == (1, 0)
    return [(one.person.pk, one.match) for one in caught.value.found[0]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"surname": "ГАЛАГАН"},
        {"surname": "", "given_name": ""},  # the passport's spelling alone
        {"phone": ""},
        {"surname_latin": "", "given_name_latin": "", "phone": "+380500000000"},
    ],
)
def test_the_same_name_and_date_of_birth_are_asked_about_in_either_alphabet(
    programme: Any, project: Any, operator: Employee, typed: dict[str, str]
) -> None:
    person = insured(project)
    assert known(operator, programme, **typed) == [(person.pk, "name_birth")]


@pytest.mark.django_db
def test_another_surname_with_the_same_phone_and_date_of_birth_is_asked_about(
    programme: Any, project: Any, operator: Employee
) -> None:
    person = insured(project, "Сорока", "Ілля", phone="+380671234567")
    assert known(operator, programme, phone="067 123-45-67") == [(person.pk, "phone_birth")]


@pytest.mark.django_db
def test_nobody_else_is_asked_about(
    programme: Any, project: Any, other_project: Any, operator: Employee
) -> None:
    insured(other_project)  # of another insurer, and out of reach
    insured(project, birth_date=date(1990, 5, 18))
    insured(project, "Ґалаган", "Юхим")
    insured(project, "Сорока", "Олена", phone="+380670000000")
    row = enter_contract(by=operator, facts=contract_facts(programme, persons=(OLENA,)))
    assert row.policy.persons.get().phone == "+380671234567"


@pytest.mark.django_db
def test_at_most_three_are_asked_about_and_whoever_is_somebody_else_no_more(
    programme: Any, project: Any, operator: Employee
) -> None:
    four = [insured(project).pk for _each in range(4)]
    assert [pk for pk, _match in known(operator, programme)] == four[:3]
    assert [pk for pk, _match in known(operator, programme, others=tuple(four[:3]))] == four[3:]
    enter_contract(
        by=operator, facts=contract_facts(programme, persons=(replace(OLENA, others=tuple(four)),))
    )
    assert InsuredPerson.objects.count() == 5


# --- The page -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_asks_links_the_person_and_loses_nothing(
    programme: Any, project: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    person, browser = insured(project), page(operator)
    typed = {"p0-phone": "0501112233", "holder_address": "м. Київ, вул. Нова, 1"}
    asked = browser.post("/contracts/new/", entered(programme, **typed))
    text = asked.content.decode()
    assert asked.status_code == 409
    assert "Схоже, ця людина вже є:" in text and f'value="same-0-{person.pk}"' in text
    assert 'value="0501112233"' in text and "м. Київ, вул. Нова, 1" in text
    look = AccessLog.objects.get(employee=operator.pk)
    assert (look.kind, look.part, look.objects_seen) == ("person", "lookup", [person.uuid])

    said = browser.post("/contracts/new/", entered(programme, **typed, act=f"same-0-{person.pk}"))
    assert 'type="hidden" name="p0-phone" value="0501112233"' in said.content.decode()
    assert drafts.get(operator.pk, "contract")["p0-known"] == [str(person.pk)]
    back = entered(programme, **typed, **{"p0-known": person.pk}, act=f"other-0-{person.pk}")
    regretted = browser.post("/contracts/new/", back).content.decode()
    assert "Схоже, ця людина вже є:" not in regretted and 'value="Ґалаган"' in regretted

    saved = browser.post("/contracts/new/", entered(programme, **typed, **{"p0-known": person.pk}))
    assert saved.status_code == 302
    assert Contract.objects.get().policy.persons.get() == person
    assert InsuredPerson.objects.count() == 1


@pytest.mark.django_db
def test_somebody_else_of_that_name_is_entered_beside(
    programme: Any, project: Any, operator: Employee, page: Callable[..., Client]
) -> None:
    person, browser = insured(project), page(operator)
    said = browser.post("/contracts/new/", entered(programme, act=f"other-0-{person.pk}"))
    assert f'name="p0-others" value="{person.pk}"' in said.content.decode()
    saved = browser.post("/contracts/new/", entered(programme, **{"p0-others": person.pk}))
    assert saved.status_code == 302
    assert InsuredPerson.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        "same-0-x", "same-9-1", "same-", "other-0-", "other-0-1.x.٣", "same-0-9" + "9" * 40, "same-²-1", "other-²-1",
        "drop-²", "drop-٣", "drop-", "drop--1", "drop-" + "9" * 5000, "same-" + "9" * 5000 + "-1", "take-²",
    ],
    ids=lambda act: act[:12],
)  # fmt: skip
def test_a_choice_that_names_nobody_changes_nothing_and_breaks_nothing(
    programme: Any, operator: Employee, page: Callable[..., Client], act: str
) -> None:
    answer = page(operator).post("/contracts/new/", entered(programme, act=act))
    assert answer.status_code == 200
    assert not Contract.objects.exists()


# --- The API ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_program_is_answered_409_with_who_it_may_be_and_says_which(
    programme: Any, project: Any, operator: Employee, api: Any
) -> None:
    from tests.cases.contracts import test_api as calls

    person = insured(project)
    refused = calls.enter(api, operator, calls.wanted(programme))
    body = refused.json()
    assert (refused.status_code, body["type"], list(body["errors"])) == (409, "known", ["persons.0"])
    (one,) = body["candidates"]
    assert (one["place"], one["id"], one["match"]) == (0, person.pk, "name_birth")
    assert AccessLog.objects.get(employee=operator.pk).objects_seen == [person.uuid]
    linked = calls.enter(api, operator, calls.wanted(programme, persons=[{"known": person.pk}])).json()
    assert [row["id"] for row in linked["persons"]] == [person.pk]
    other = {**calls.OLENA, "others": [person.pk]}
    beside = calls.enter(api, operator, calls.wanted(programme, persons=[other])).json()
    assert [row["id"] for row in beside["persons"]] != [person.pk]


# --- At once ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_entered_by_two_at_once_they_are_one_person() -> None:
    """By two programmes, so no tariff makes the second wait: whoever comes second is asked."""
    project = make_project("aurora")
    people = [make_employee(name, "senior", projects=[project]) for name in ("senior", "senior-two")]
    make_tariff(project)
    make_series(project)
    programmes = [make_programme(project), make_programme(project, "other")]
    make_tariff_of(programmes[1])
    facts = [contract_facts(one) for one in programmes]
    answers = at_once(
        [
            lambda by=by, one=one: enter_contract(by=by, facts=one)
            for by, one in zip(people, facts, strict=True)
        ]
    )
    (row,) = [one for one in answers if isinstance(one, Contract)]
    (refused,) = [one for one in answers if isinstance(one, KnownAlready)]
    first = row.policy.persons.get()
    assert [one.person for one in refused.found[0]] == [first]
    place = answers.index(refused)
    again = replace(facts[place], persons=(PersonFacts(known=first.pk),))
    linked = enter_contract(by=people[place], facts=again)
    assert linked.policy.number == "ДС-0002"
    assert InsuredPerson.objects.count() == 1


def make_tariff_of(programme: Any) -> None:
    from cases.contracts.actions import publish_tariff
    from tests.cases.contracts.tables import tariff_facts

    publish_tariff(by=None, programme_id=programme.pk, facts=tariff_facts())
