"""A case keeps the terms that its policy had when it was opened, whatever the insurer's next list says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from cases.assistance.selectors import said_of
from cases.casework import actions
from cases.casework.models import Case
from cases.casework.rules import CaseFacts, ServiceFacts
from cases.insurance.models import Cover, Policy, PolicyPerson, Territory
from fregat.lib import clock
from staff.employees.models import Employee
from tests.builders import grant_project, make_case, make_person, make_policy

pytestmark = pytest.mark.django_db


def registered(operator: Employee, policy: Policy) -> Case:
    facts = CaseFacts(
        person=policy.persons.get().pk, policy=policy.pk, caller_name="Олена", caller_relation="self",
        caller_phone="+380671234567", country="TR", city="Анталія", occurred_at=clock.now(), description="Гарячка.",
        services=(ServiceFacts(kind="visit", expected_cost=Decimal(50), currency="EUR"),),
    )  # fmt: skip
    return actions.register_case(by=operator, facts=facts)


def test_a_later_change_of_the_policy_does_not_reach_the_case(
    operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    on_shift(operator)
    policy = make_policy(project, make_person("Ґудзь", "Олена"))
    case = registered(operator, policy)
    assert case.verdict == "covered"
    yesterday = clock.local(clock.now()).date() - timedelta(days=1)
    Policy.objects.filter(pk=policy.pk).update(valid_to=yesterday, insured_sum=1)
    actions.add_service(by=operator, number=case.number, kind="doctor_call")
    case.refresh_from_db()
    assert case.verdict == "covered"
    assert Decimal(case.cover["limit_left"]["amount"]) == 30_000
    assert registered(operator, policy).verdict == "not_covered"


def test_a_later_edit_of_a_territory_does_not_reach_the_case(
    operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    on_shift(operator)
    with transaction.atomic(savepoint=False):
        policy = make_policy(project, make_person("Ґудзь", "Олена"))
        shore = Territory.objects.create(code="shore", name_uk="Берег", name_en="Shore", countries=["TR"])
        Cover.objects.filter(service="doctor_call").update(territory=shore)
    case = registered(operator, policy)
    world = Territory.objects.create(code="all", name_uk="Світ", name_en="World")
    Territory.objects.exclude(pk=world.pk).update(countries=["PL"])
    Territory.objects.exclude(pk=world.pk).update(countries=["EG"], name_en="Elsewhere")
    Territory.objects.filter(pk=world.pk).update(without=["TR"])
    actions.add_service(by=operator, number=case.number, kind="doctor_call")
    case.refresh_from_db()
    assert case.verdict == "covered"
    assert {said_of(case, kind).verdict for kind in ("visit", "doctor_call")} == {"covered"}
    assert registered(operator, policy).verdict == "not_covered"
    Policy.objects.filter(pk=policy.pk).update(territory=world)
    assert registered(operator, policy).verdict == "not_covered"


def test_a_policy_that_is_put_back_has_the_terms_it_had(
    operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    """Taken off by a slip, or another one tried: the list of the night between is not what the case was opened by."""
    on_shift(operator)
    person, other = make_person("Ґудзь", "Олена"), make_person("Ґудзь", "Орест")
    policy, another = make_policy(project, person), make_policy(project, person)
    case = registered(operator, policy)
    PolicyPerson.objects.create(policy=policy, person=other)
    over = clock.local(clock.now()).date() - timedelta(days=3)
    Policy.objects.filter(pk=policy.pk).update(valid_to=over, insured_sum=1)

    def put(**changes: Any) -> tuple[str, str]:
        actions.change_case(by=operator, number=case.number, changes=changes)
        case.refresh_from_db()
        return case.verdict, (case.cover or {}).get("terms", {}).get("insured_sum", "")

    assert put(policy=another.pk) == ("covered", "30000.00")
    assert put(policy=policy.pk) == ("covered", "30000.00")
    assert put(policy=None) == ("", "")
    assert put(policy=another.pk)[0] == "covered"
    assert put(policy=policy.pk) == ("covered", "30000.00")
    # For whom else it is put back, it has ended when it has ended for them.
    put(policy=None)
    PolicyPerson.objects.filter(policy=policy, person=other).update(ended_on=over)
    assert put(policy=policy.pk, person=other.pk) == ("not_covered", "30000.00")
    assert put(policy=None) == ("", "")
    assert put(policy=policy.pk, person=person.pk) == ("covered", "30000.00")


def test_what_was_answered_stays_with_the_policy_it_was_answered_for(
    operator: Employee, project: Any, other_project: Any, on_shift: Callable[..., Any]
) -> None:
    """«Alcohol: yes» was forgotten with the policy that was tried: put back, the case asked again."""
    on_shift(operator)
    grant_project(operator, other_project)
    person, other = make_person("Ґудзь", "Олена"), make_person("Ґудзь", "Орест")
    policy, next_year, elsewhere = (
        make_policy(insurer, person, asks=True) for insurer in (project, project, other_project)
    )
    case = registered(operator, policy)
    PolicyPerson.objects.create(policy=policy, person=other)
    actions.answer_questions(by=operator, number=case.number, answers={"alcohol": True})

    def put(**changes: Any) -> tuple[str, dict[str, Any]]:
        actions.change_case(by=operator, number=case.number, changes=changes)
        case.refresh_from_db()
        return case.verdict, case.answers

    yes = {"alcohol": True}
    assert put(policy=elsewhere.pk) == ("ask", {}), "other rules have not asked yet"
    assert put(policy=policy.pk) == ("not_covered", yes)
    assert put(policy=next_year.pk) == ("not_covered", yes), "the same rules of the same person"
    assert put(policy=None) == ("", {})
    assert put(policy=policy.pk) == ("not_covered", yes)
    put(policy=None)
    assert put(policy=policy.pk, person=other.pk) == ("ask", {}), "of somebody else nothing is known"


def test_a_case_without_a_policy_says_nothing_of_a_cover(
    operator: Employee, project: Any, on_shift: Callable[..., Any], page: Any, api: Any
) -> None:
    on_shift(operator)
    case = registered(operator, make_policy(project, make_person("Ґудзь", "Олена")))
    actions.change_case(by=operator, number=case.number, changes={"policy": None})
    assert page(operator).get(f"/cases/{case.number}/").status_code == 200
    answer = api(operator).get(f"/api/v1/cases/{case.number}/")
    assert (answer.status_code, answer.json()["cover"]) == (200, None)


def test_another_policy_brings_its_own_terms(
    operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    on_shift(operator)
    person = make_person("Ґудзь", "Олена")
    policy = make_policy(project, person)
    over = clock.local(clock.now()).date() - timedelta(days=3)
    other = make_policy(project, person, valid_to=over)
    case = registered(operator, policy)
    actions.change_case(by=operator, number=case.number, changes={"policy": other.pk}, version=case.version)
    case.refresh_from_db()
    assert (case.verdict, case.cover["policy"]) == ("not_covered", other.pk)


def test_a_case_without_a_time_keeps_the_day_on_which_it_was_opened(
    operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    on_shift(operator)
    over = clock.local(clock.now()).date() - timedelta(days=3)
    policy = make_policy(project, make_person("Ґудзь", "Олена"), valid_to=over)
    then = clock.now() - timedelta(days=6)
    case = make_case(operator, policy=policy, person=policy.persons.get(), occurred_at=None, now=then)
    actions.add_service(by=operator, number=case.number, kind="doctor_call")
    case.refresh_from_db()
    assert case.verdict == "covered", "it was opened while the policy was valid"
    assert said_of(case, "visit").verdict == "covered", "and a guarantee letter may be given"


def test_whoever_else_is_put_to_the_case_brings_how_the_policy_insures_them(
    operator: Employee, project: Any, on_shift: Callable[..., Any]
) -> None:
    on_shift(operator)
    left, stays = make_person("Ґудзь", "Олена"), make_person("Ґудзь", "Орест")
    policy = make_policy(project, left)
    gone = clock.local(clock.now()).date() - timedelta(days=5)
    PolicyPerson.objects.filter(policy=policy).update(ended_on=gone)
    PolicyPerson.objects.create(policy=policy, person=stays)
    facts = CaseFacts(
        person=left.pk, policy=policy.pk, caller_relation="self", country="TR", occurred_at=clock.now(),
        description="Гарячка.", services=(ServiceFacts(kind="visit"),),
    )  # fmt: skip
    case = actions.register_case(by=operator, facts=facts)
    assert case.verdict == "not_covered"
    Policy.objects.filter(pk=policy.pk).update(insured_sum=1)  # the next list: the case keeps the rest
    for person, verdict in ((stays, "covered"), (left, "not_covered"), (stays, "covered")):
        case = actions.change_case(by=operator, number=case.number, changes={"person": person.pk})
        case.refresh_from_db()
        assert (case.verdict, case.cover["policy"]) == (verdict, policy.pk)
        assert case.cover["terms"]["insured_sum"] == "30000.00"
