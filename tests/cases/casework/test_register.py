"""Registering an insured event while the person is on the line."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from cases.casework.actions import register_case
from cases.casework.models import Case, Responsibility
from cases.casework.rules import ServiceFacts
from fregat.lib import clock
from fregat.lib.errors import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def test_a_case_gets_a_number_of_the_year_and_the_operator_answers_for_it(
    register: Any, at_work: Any
) -> None:
    first, second = register(), register()
    year, counter = first.number.split("-")
    assert year == f"{clock.local(clock.now()):%y}"
    assert int(second.number.split("-")[1]) == int(counter) + 1
    row = Responsibility.objects.get(case=first)
    assert (row.employee, row.since, row.until, row.reason) == (at_work, first.opened_at, None, "registered")
    assert first.status == "reported"


def test_the_verdict_is_kept_and_never_blocks(register: Any) -> None:
    assert register().verdict == "covered"
    assert register(services=("luggage",)).verdict == "not_covered"
    assert register(country="").verdict == "ask"


def test_the_least_favourable_verdict_of_several_kinds_of_help_counts(register: Any) -> None:
    assert register(services=("doctor_call", "luggage")).verdict == "not_covered"


def test_a_person_in_no_list_is_registered_provisionally(register: Any, project: Any) -> None:
    case = register(person=None, policy=None, person_name="KHRYSTENKO", insurer=project.pk)
    assert case.provisional
    assert case.insurer == project
    assert case.verdict == ""


def test_without_the_policy_the_only_insurer_of_the_person_is_taken(register: Any, project: Any) -> None:
    case = register(policy=None)
    assert case.provisional
    assert case.insurer == project


def test_the_same_form_sent_twice_is_one_case(register: Any) -> None:
    token = uuid.uuid4()
    assert register(token=token).pk == register(token=token).pk
    assert Case.objects.count() == 1


def test_off_shift_nothing_is_registered_and_a_sentence_says_so(operator: Any, facts: Any) -> None:
    with pytest.raises(NotAllowed) as refused:
        register_case(by=operator, facts=facts())
    assert refused.value.code == "off_shift"


def test_the_head_registers_at_any_time(head: Any, facts: Any) -> None:
    assert register_case(by=head, facts=facts()).responsible == head


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"caller_name": "", "caller_phone": "", "caller_relation": "relative"}, "caller_name"),
        ({"person": None, "policy": None}, "person_name"),
        ({"description": ""}, "description"),
        ({"person": 10**12}, "person"),
        ({"policy": 10**12}, "policy"),
        ({"insurer": 10**12, "policy": None}, "insurer"),
        ({"country": "XX"}, "country"),
        ({"caller_relation": "neighbour"}, "caller_relation"),
        ({"services": ("spaceship",)}, "services.0.kind"),
        ({"services": ("visit",) * 51}, "services"),
        ({"person_birth_date": date(2100, 1, 1)}, "person_birth_date"),
        ({"person_birth_date": date(1, 1, 1)}, "person_birth_date"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    register: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        register(**changes)
    assert list(refused.value.errors) == [field]
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "delta",
    [
        timedelta(days=1, minutes=1),
        timedelta(days=365 * 7000),
        -timedelta(days=365 * 2000),
        -timedelta(days=365 * 60),
    ],
)
def test_an_absurd_time_of_the_event_is_refused(register: Any, delta: timedelta) -> None:
    with pytest.raises(Invalid) as refused:
        register(occurred_at=clock.now() + delta)
    assert list(refused.value.errors) == ["occurred_at"]


def test_an_event_before_the_birth_is_refused(register: Any, person: Any) -> None:
    born = person.birth_date
    person.birth_date = clock.now().date() - timedelta(days=3)
    person.save()
    with pytest.raises(Invalid):
        register(occurred_at=clock.now() - timedelta(days=10))
    person.birth_date = born


@pytest.mark.parametrize(
    ("service", "field"),
    [
        (ServiceFacts(kind="visit", expected_cost=-1), "services.0.expected_cost"),  # type: ignore[arg-type]
        (ServiceFacts(kind="visit", expected_cost=5), "services.0.currency"),  # type: ignore[arg-type]
        (ServiceFacts(kind="visit", currency="ZZZ"), "services.0.currency"),
    ],
)
def test_an_impossible_cost_is_refused(register: Any, service: ServiceFacts, field: str) -> None:
    from dataclasses import replace
    from decimal import Decimal

    if service.expected_cost is not None:
        service = replace(service, expected_cost=Decimal(service.expected_cost))
    with pytest.raises(Invalid) as refused:
        register(services=(service,))
    assert list(refused.value.errors) == [field]


def test_a_person_of_another_project_does_not_exist(register: Any, other_project: Any, stranger: Any) -> None:
    from tests.cast import make_person, make_policy

    theirs = make_person("Чужий", "Петро")
    policy = make_policy(other_project, theirs)
    with pytest.raises(Invalid) as refused:
        register(person=theirs.pk, policy=policy.pk)
    assert set(refused.value.errors) == {"person", "policy"}


def test_a_draft_needs_nothing_but_an_operator(register: Any) -> None:
    case = register(
        draft=True, person=None, policy=None, caller_name="", caller_relation="", caller_phone="",
        description="", country="", services=(),
    )  # fmt: skip
    assert case.status == "draft"
    assert case.registered_at is None
    assert not case.escalations.exists()


def test_a_second_call_about_the_same_person_is_shown_as_a_possible_duplicate(
    register: Any, at_work: Any
) -> None:
    from cases.casework import selectors

    first, second = register(), register()
    assert [row.number for row in selectors.duplicates(second, user=at_work)] == [first.number]
