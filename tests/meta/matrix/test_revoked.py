"""A right taken away ends at the very next request, at every door, and work that waits asks for it when it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from rest_framework.test import APIClient

from cases.privacy import actions as privacy
from fregat.lib import clock, jobs
from fregat.lib.models import Notice
from fregat.lib.rights import Role
from shifts.roster.actions import cancel_shift
from shifts.roster.models import Shift
from staff.employees import actions as staff
from staff.employees.models import Employee, Substitution
from staff.tasks import actions as tasks
from tests.builders import PASSWORD, give_order, make_case, make_employee, with_password
from tests.cast import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _project(person: Employee) -> None:
    staff.unassign_project(by=None, employee=person, project="aurora")


def _shift(person: Employee) -> None:
    cancel_shift(by=None, shift_id=Shift.objects.get(employee=person).pk, reason="Обмін.")


def _role(person: Employee) -> None:
    give_order("transfer", person, role=Role.DEPARTMENT, department="other")


def _account(person: Employee) -> None:
    give_order("dismissal", person)


def _substitution(person: Employee) -> None:
    director = Employee.objects.get(username="director")
    staff.end_substitution(by=director, substitution_id=Substitution.objects.get(substitute=person).pk)


TAKEN: dict[str, tuple[str, Callable[[Employee], None], int]] = {
    "the project": ("operator", _project, 404),
    "the shift": ("operator", _shift, 404),
    "the role": ("operator", _role, 404),
    "the account": ("operator", _account, 302),
    "the shift that one leads": ("leader", _shift, 404),
    "the substitution": ("deputy", _substitution, 404),
}
"""What is taken away, from whom, and what a page answers then: without an account it leads
to signing in, and the API says 403 as to a stranger."""


@pytest.fixture
def people(
    operator: Employee, operator2: Employee, senior: Employee, senior2: Employee, head: Employee,
    director: Employee, on_shift: Callable[..., Any],
) -> dict[str, Employee]:  # fmt: skip
    """`deputy` acts for the senior manager of `operator2`; `leader` leads the shift on which she is."""
    leader = make_employee("leader", Role.SENIOR, last_name="Провідна")
    now = clock.now()
    staff.substitute(by=None, senior=senior, substitute=senior2, since=now, until=now + timedelta(days=1))
    for person in (operator, operator2):
        on_shift(person)
    on_shift(leader, leads=True)
    return {"operator": operator, "leader": leader, "deputy": senior2, "owner": operator2}


@pytest.mark.parametrize("what", TAKEN)
def test_a_right_taken_away_is_gone_at_the_next_request(
    people: dict[str, Employee], project: Model, page: Callable[..., Any], what: str
) -> None:
    who, take, refused = TAKEN[what]
    case = make_case(people["owner"], insurer=project)
    browser, program, bearer = page(people[who]), sign_in(APIClient(), people[who]), APIClient()
    bearer.credentials(HTTP_AUTHORIZATION=f"Token {staff.issue_token(by=people[who])}")
    for client in (browser, program, bearer):
        client.raise_request_exception = False

    def seen() -> dict[str, bool]:
        """By door: is the case there?"""
        number, calls = case.number, "/api/v1/cases/"
        objects = {
            "page": browser.get(f"/cases/{number}/"),
            "API": program.get(f"{calls}{number}/"),
            "token": bearer.get(f"{calls}{number}/"),
        }
        lists = {
            "list": browser.get("/cases/"),
            "search": browser.post("/search/", {"q": number}, headers={"HX-Request": "true"}),
            "API list": program.get(calls),
            "token list": bearer.get(calls),
        }
        statuses.update({door: answer.status_code for door, answer in objects.items()})
        found = {door: answer.status_code == 200 for door, answer in objects.items()}
        line = f"/cases/{number}/"
        return found | {
            door: line in answer.content.decode() or f'"{number}"' in answer.content.decode()
            for door, answer in lists.items()
        }

    statuses: dict[str, int] = {}
    assert all(seen().values()), statuses
    take(people[who])
    assert not any(seen().values()), statuses
    assert statuses["page"] == refused
    assert statuses["API"] == statuses["token"] == (403 if refused == 302 else 404)


def test_an_order_stands_whatever_becomes_of_who_signed_it(
    operator: Employee, head: Employee, director: Employee
) -> None:
    """It is the house's act and not a right of the person: only another order revokes it (A3)."""
    later = clock.now() + timedelta(hours=2)
    staff.issue_order(by=director, kind="dismissal", employee=operator, values={}, effective_at=later)
    give_order("dismissal", director, by=_second_director())
    with time_machine.travel(later + timedelta(minutes=1)):
        jobs.sweep()
    operator.refresh_from_db()
    assert operator.dismissed_at is not None


def test_what_is_overdue_is_told_to_who_leads_now_and_not_to_who_led_when_it_was_queued(
    operator: Employee, senior: Employee, senior2: Employee, head: Employee, director: Employee
) -> None:
    due = clock.now() + timedelta(hours=1)
    tasks.give(by=senior, text="Звірити.", due_at=due, to=operator)
    give_order("dismissal", senior, successor=senior2)
    Notice.objects.all().delete()
    with time_machine.travel(due + timedelta(minutes=1)):
        jobs.sweep()
    told = set(Notice.objects.filter(kind="instruction_overdue").values_list("employee__username", flat=True))
    assert senior2.username in told
    assert senior.username not in told


def _second_director() -> Employee:
    return make_employee("director2", Role.DIRECTOR, last_name="Другий")


def test_a_notice_names_no_case_any_more_when_the_right_to_it_is_gone(
    operator: Employee, senior: Employee, senior2: Employee, head: Employee, director: Employee, project: Any,
    other_project: Any, on_shift: Callable[..., Any], page: Callable[..., Any],
) -> None:  # fmt: skip
    """Notices are kept, what they were about is read by the rights of the moment: of a project, of a team."""
    on_shift(operator)
    case, far = make_case(operator, insurer=project), make_case(senior2, insurer=other_project)
    subject = privacy.Subject("case", case.uuid, case.number, project.code, ())
    passing = privacy.Passing("relative", "Дружина", ("identity",), "Хоче знати.")
    privacy.ask_consent(by=operator, subject=subject, passing=passing)
    privacy.break_glass(
        by=with_password(operator), kind="case", number=far.number, reason="life",
        words="Дзвінок із лікарні.", secret=PASSWORD,
    )  # fmt: skip

    def named() -> dict[str, bool]:
        text = browser.get("/notices/").content.decode()
        return {"project": case.number in text, "team": far.number in text}

    browser = page(senior)
    assert named() == {"project": True, "team": True}
    _project(senior)
    assert named() == {"project": False, "team": True}
    give_order("senior_change", operator, senior=senior2)
    assert named() == {"project": False, "team": False}
