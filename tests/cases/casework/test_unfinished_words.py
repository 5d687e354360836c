"""What a colleague was typing when they left: kept with the case, forgotten where it is theirs alone (A3, C10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.datastructures import MultiValueDict

from cases.casework import actions
from cases.casework.models import Case, TimelineEntry
from cases.handover.models import Handover
from fregat.lib import clock, drafts
from fregat.lib.rights import Role
from staff.employees import registry
from staff.employees.models import Employee, Order
from tests.cases.casework.chain import assert_chain
from tests.cast import give_order, make_case, make_employee, make_person, make_policy

pytestmark = pytest.mark.django_db

On = Callable[..., Any]
CALL = {
    "caller_phone": "+380671234567", "caller_name": "Іван", "description": "Зламав ногу, чекає в холі.",
    "country": "TR", "city": "Анталья", "occurred_at": "вчора 23:00", "services": "hospital",
}  # fmt: skip


@pytest.fixture
def leader(project: Any, head: Employee, on_shift: On) -> Employee:
    """Leads the shift; not the senior manager of `operator`."""
    found = make_employee("leader", Role.SENIOR, last_name="Щербак", first_name="Лідія", projects=[project])
    on_shift(found, leads=True)
    return found


@pytest.fixture
def case(operator: Employee, leader: Employee, on_shift: On, project: Any) -> Case:
    """An open case of `operator`, who is at work."""
    on_shift(operator)
    found: Case = make_case(operator, insurer=project)
    return found


def typed(employee: Employee, form: str, **fields: str) -> None:
    values = MultiValueDict({name: [value] for name, value in fields.items()})
    drafts.save(employee_id=employee.pk, form=form, fields=values, now=clock.now())


def left(employee: Employee) -> None:
    give_order("dismissal", employee)
    assert drafts.of_employee(employee.pk) == {}


def unfinished(case: Case) -> list[str]:
    """In the order of the time line: rows of a table come in any."""
    lines = TimelineEntry.objects.filter(case=case, kind="unfinished").order_by("id")
    return list(lines.values_list("text", flat=True))


def test_words_about_a_case_stand_on_its_time_line_under_their_author(case: Case, operator: Employee) -> None:
    typed(operator, f"case-note-{case.number}", text="Лікар каже: завтра на знімок.")
    typed(operator, f"case-contact-{case.number}", text="Чекає дзвінка.", party="Готель", channel="phone")
    left(operator)
    assert unfinished(case) == ["Готель\nЧекає дзвінка.", "Лікар каже: завтра на знімок."]
    line = TimelineEntry.objects.filter(case=case, kind="unfinished").first()
    assert line is not None and line.by == operator
    assert_chain(case)


def test_the_card_that_was_being_written_in_the_check_is_kept_too(case: Case, operator: Employee) -> None:
    typed(operator, f"check-{case.number}", **{
        f"c{case.number}-summary": "Ліки куплено.", f"c{case.number}-next_step": "Подзвонити.",
        f"c{case.number}-next_at": "завтра 9:00",
    })  # fmt: skip
    left(operator)
    assert unfinished(case) == ["Ліки куплено.\nПодзвонити.\nзавтра 9:00"]


def test_whoever_answers_now_reads_them_on_the_page(
    case: Case, operator: Employee, leader: Employee, page: Callable[[Employee], Client]
) -> None:
    typed(operator, f"case-note-{case.number}", text="Лікар каже: завтра на знімок.")
    left(operator)
    text = page(leader).get(f"/cases/{case.number}/").content.decode()
    assert "Набирали й не надіслали" in text
    assert "Лікар каже: завтра на знімок." in text


def test_who_does_not_read_the_medical_part_reads_none_of_them(
    case: Case, operator: Employee, client: Employee, page: Callable[[Employee], Client]
) -> None:
    typed(operator, f"case-note-{case.number}", text="Лікар каже: завтра на знімок.")
    left(operator)
    text = page(client).get(f"/cases/{case.number}/").content.decode()
    assert case.number in text and "на знімок" not in text


def test_a_call_that_was_being_registered_is_a_draft_of_a_case_with_who_leads_the_shift(
    case: Case, operator: Employee, leader: Employee, project: Any
) -> None:
    typed(operator, "new-call", **CALL, insurer=str(project.pk))
    left(operator)
    call = Case.objects.exclude(pk=case.pk).get()
    assert (call.status, call.responsible, call.insurer) == ("draft", leader, project)
    assert (call.caller_phone, call.description) == ("+380671234567", "Зламав ногу, чекає в холі.")
    assert [row.kind_id for row in call.services.all()] == ["hospital"]
    assert unfinished(call) == ["вчора 23:00"]
    assert Handover.objects.get(case=call).receiver == leader
    assert_chain(call)


def test_the_cover_of_a_call_that_was_being_registered_comes_with_it(
    operator: Employee, leader: Employee, project: Any, on_shift: On, page: Any
) -> None:
    """It stood beside the call, and the case said that it has no policy, also once it was registered."""
    on_shift(operator)
    person = make_person()
    policy = make_policy(project, person, asks=True)
    names = {"person": str(person.pk), "policy": str(policy.pk)}
    typed(operator, "new-call", **CALL, **names, **{"asked-of": str(policy.pk), "ask-alcohol": "yes"})
    left(operator)
    call = Case.objects.get()
    assert (call.verdict, call.answers) == ("not_covered", {"alcohol": True})
    assert call.cover and call.cover["reasons"][0]["code"] == "excluded" and call.cover["terms"]
    actions.move_case(by=leader, number=call.number, to="reported")
    call.refresh_from_db()
    assert (call.status, call.verdict) == ("reported", "not_covered")
    kept = TimelineEntry.objects.get(case=call, kind="status").values["cover"]
    assert kept == call.cover
    assert page(leader).get(f"/cases/{call.number}/").context["cover"]["code"] == "not_covered"


def test_answers_to_another_policys_rules_stay_with_the_call(
    operator: Employee, leader: Employee, project: Any, on_shift: On
) -> None:
    on_shift(operator)
    policy = make_policy(project, make_person(), asks=True)
    typed(operator, "new-call", **CALL, policy=str(policy.pk), **{"asked-of": "1", "ask-alcohol": "yes"})
    left(operator)
    call = Case.objects.get()
    assert (call.verdict, call.answers) == ("ask", {})


def test_a_call_that_says_nothing_is_no_case(case: Case, operator: Employee) -> None:
    typed(operator, "new-call", token="b0c1", caller_relation="self", country="TR")
    left(operator)
    assert Case.objects.count() == 1


def test_a_call_that_was_registered_after_all_is_not_registered_twice(case: Case, operator: Employee) -> None:
    token = "5f0c2a64-7a0e-4a8e-9a53-4c4f8f0f7d11"
    Case.objects.filter(pk=case.pk).update(token=token)
    typed(operator, "new-call", **CALL, token=token)
    left(operator)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("odd", ["x", "9" * 30, "²", "-1", ""])
def test_whatever_a_draft_holds_the_order_takes_effect(case: Case, operator: Employee, odd: str) -> None:
    fields = dict.fromkeys(
        ("person", "policy", "insurer", "country", "services", "token", "caller_relation"), odd
    )
    typed(operator, "new-call", **CALL | fields | {"city": "я" * 500})
    left(operator)
    call = Case.objects.exclude(pk=case.pk).get()
    assert (call.person, call.insurer, call.country, len(call.city)) == (None, None, None, 120)


def test_nobody_writes_into_a_case_of_another_project_by_being_dismissed(
    operator: Employee, stranger: Employee, other_project: Any, leader: Employee
) -> None:
    theirs = make_case(stranger, insurer=other_project)
    typed(operator, f"case-note-{theirs.number}", text="Не моє.")
    left(operator)
    assert unfinished(theirs) == []


def test_a_person_or_policy_of_another_project_does_not_come_into_the_draft_of_a_case(
    operator: Employee, other_project: Any, leader: Employee
) -> None:
    person = make_person("KHRYSTENKO", "Юхим")
    policy = make_policy(other_project, person)
    typed(
        operator,
        "new-call",
        **CALL,
        person=str(person.pk),
        policy=str(policy.pk),
        insurer=str(other_project.pk),
    )
    left(operator)
    call = Case.objects.get()
    assert (call.person, call.policy, call.insurer) == (None, None, None)


def test_what_was_nobodys_work_is_forgotten(case: Case, operator: Employee) -> None:
    typed(operator, "instruction-report-7", text="Усе зроблено.")
    typed(operator, "improvement", text="Думка для себе.")
    left(operator)
    assert unfinished(case) == []


def test_a_transfer_keeps_the_words_about_cases_and_leaves_the_rest_to_the_person(
    case: Case, operator: Employee
) -> None:
    typed(operator, f"case-note-{case.number}", text="Лікар каже: завтра на знімок.")
    typed(operator, "improvement", text="Думка для себе.")
    give_order("transfer", operator, role=Role.CLIENT)
    assert unfinished(case) == ["Лікар каже: завтра на знімок."]
    assert list(drafts.of_employee(operator.pk)) == ["improvement"]


def test_the_order_says_before_what_becomes_of_the_words(case: Case, operator: Employee) -> None:
    typed(operator, f"case-note-{case.number}", text="Лікар каже.")
    typed(operator, "new-call", **CALL)
    order = Order(kind="dismissal", employee=operator, values={})
    said = " ".join(str(one) for one in registry.order_kind("dismissal").preview(order, clock.now()))
    assert "набране й не надіслане про 1 справу збережеться" in said.lower()
    assert "Дзвінок, який саме реєстрували, стане чернеткою справи." in said


def test_an_open_page_of_a_dismissed_colleague_is_told_to_leave_by_the_next_key(
    case: Case, operator: Employee, page: Callable[[Employee], Client]
) -> None:
    browser = page(operator)
    keep = {"path": f"/drafts/case-note-{case.number}/", "data": {"text": "Ще слово"}}
    fetched = {"X-Requested-With": "fetch"}
    assert browser.post(**keep, headers=fetched).status_code == 204
    left(operator)
    answer = browser.post(**keep, headers=fetched)
    assert (answer.status_code, answer["X-Access-Ended"]) == (401, "dismissed")
    assert drafts.of_employee(operator.pk) == {}


def test_whose_sign_in_ended_otherwise_stays_on_the_page_with_the_words(
    operator: Employee, admin_: Employee, page: Callable[[Employee], Client]
) -> None:
    from staff.employees.actions import open_account

    browser = page(operator)
    open_account(by=admin_, employee=operator, password="another-long-one-1")
    answer = browser.post("/drafts/new-call/", {"city": "А"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert "X-Access-Ended" not in answer
