"""Several people at the same moment: really at once, in transactions of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from fregat.lib import clock
from fregat.lib.errors import Conflict, NotAllowed, NotFound
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment, Instruction, Report
from tests.cases.casework.test_at_once import at_once
from tests.cast import give_order
from tests.staff.tasks.conftest import told, waiting

pytestmark = pytest.mark.django_db(transaction=True)
Give = Callable[..., Assignment]


def only(kind: type, answers: list[Any]) -> Any:
    """The one answer of this kind; everything else must be a refusal."""
    good = [answer for answer in answers if isinstance(answer, kind)]
    assert len(good) == 1, answers
    refusals = (Conflict, NotAllowed, NotFound)
    assert all(isinstance(answer, refusals) for answer in answers if answer not in good), answers
    return good[0]


def test_of_reports_at_once_one_is_kept(give: Give, operator: Employee) -> None:
    row = give(operator)
    send = [lambda: actions.report(by=operator, assignment_id=row.pk, text="Зроблено.")] * 4
    only(Report, at_once(send))
    assert row.reports.count() == 1


def test_of_an_acceptance_and_a_return_at_once_one_counts(
    reported: Assignment, senior: Employee, head: Employee
) -> None:
    report_id = waiting(reported)
    answers = at_once(
        [
            lambda: actions.accept(by=senior, assignment_id=reported.pk, report_id=report_id),
            lambda: actions.accept(by=head, assignment_id=reported.pk, report_id=report_id),
            lambda: actions.return_report(
                by=head, assignment_id=reported.pk, report_id=report_id, reason="Не все."
            ),
        ]
    )
    only(Assignment, answers)
    row = Assignment.objects.get(pk=reported.pk)
    assert row.reports.get().outcome == row.state


def test_reported_while_it_is_withdrawn_is_one_or_the_other(
    give: Give, operator: Employee, senior: Employee
) -> None:
    row = give(operator)
    at_once(
        [
            lambda: actions.report(by=operator, assignment_id=row.pk, text="Зроблено."),
            lambda: actions.withdraw(by=senior, assignment_id=row.pk, reason="Не треба."),
        ]
    )
    row.refresh_from_db()
    assert row.state == "withdrawn"  # a report that came first is withdrawn with it
    assert row.closed_by == senior


def test_two_workers_raise_it_once(give: Give, operator: Employee, senior: Employee) -> None:
    row = give(operator, hours=-1)
    answers = at_once([lambda: actions.rise(row.pk)] * 4)
    assert answers.count(True) == 1
    assert told(senior).count("instruction_overdue") == 1


def test_a_form_sent_twice_at_once_gives_one_instruction(operator: Employee, senior: Employee) -> None:
    token, due_at = uuid.uuid4(), clock.now() + timedelta(hours=1)
    send = [lambda: actions.give(by=senior, text="Лад.", due_at=due_at, to=operator, token=token)] * 3
    assert len({given.pk for given in at_once(send)}) == 1
    assert Instruction.objects.count() == 1


def test_nothing_stays_with_somebody_dismissed_at_the_same_moment(
    operator: Employee, senior: Employee, director: Employee
) -> None:
    due_at = clock.now() + timedelta(hours=1)
    give = [lambda: actions.give(by=senior, text="Лад.", due_at=due_at, to=operator)] * 3
    at_once([*give, lambda: give_order("dismissal", operator, by=director)])
    assert not Assignment.objects.open().filter(assignee=operator).exists()
