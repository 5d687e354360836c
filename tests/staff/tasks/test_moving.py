"""Withdrawn, passed on, inherited from somebody dismissed (A3, A8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job
from staff.employees import registry
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment
from tests.cast import give_order
from tests.staff.tasks.conftest import told, waiting

pytestmark = pytest.mark.django_db
Give = Callable[..., Assignment]


def withdraw(by: Employee, row: Assignment, reason: str = "Не треба.", **more: Any) -> Assignment:
    return actions.withdraw(by=by, assignment_id=row.pk, reason=reason, **more)


def pass_on(by: Employee, row: Assignment, to: Employee, **more: Any) -> Assignment:
    return actions.pass_on(by=by, assignment_id=row.pk, to=to, **more)


def test_what_is_withdrawn_need_not_be_done_and_is_watched_no_more(
    give: Give, operator: Employee, senior: Employee
) -> None:
    row = give(operator)
    assert withdraw(senior, row).state == "withdrawn"
    assert told(operator)[-1] == "instruction_withdrawn"
    assert not Job.objects.filter(kind="instruction_due", done_at=None).exists()
    with pytest.raises(Conflict):
        actions.report(by=operator, assignment_id=row.pk, text="Зроблено.")
    with pytest.raises(Conflict):
        withdraw(senior, row)


def test_a_withdrawal_needs_a_reason_and_the_right(
    give: Give, operator: Employee, senior: Employee, senior2: Employee
) -> None:
    row = give(operator)
    with pytest.raises(Invalid):
        withdraw(senior, row, "")
    with pytest.raises(NotAllowed):
        withdraw(operator, row)
    with pytest.raises(NotFound):
        withdraw(senior2, row)


def test_what_was_given_to_the_whole_shift_is_withdrawn_from_all_who_are_not_done(
    senior: Employee, operator: Employee, operator2: Employee, night: Employee, on_shift: Callable[..., Any]
) -> None:
    for person in (operator, operator2, night):
        on_shift(person)
    due_at = clock.now() + timedelta(hours=1)
    given = actions.give(by=senior, text="Навести лад.", due_at=due_at, whole_shift=True)
    rows = {row.assignee.username: row for row in given.assignments.all()}
    actions.report(by=night, assignment_id=rows["night"].pk, text="Зроблено.")
    actions.accept(by=senior, assignment_id=rows["night"].pk, report_id=waiting(rows["night"]))
    withdraw(senior, rows["operator"], everybody=True)
    states = dict(given.assignments.values_list("assignee__username", "state"))
    assert states == {"operator": "withdrawn", "operator2": "withdrawn", "night": "accepted"}


def test_it_is_passed_on_to_another_by_the_same_time(
    give: Give, operator: Employee, operator2: Employee, senior: Employee
) -> None:
    row = give(operator)
    passed = pass_on(senior, row, operator2, reason="Захворіла.")
    assert (passed.assignee, passed.given_to, passed.due_at) == (operator2, operator, row.due_at)
    assert told(operator2) == ["instruction_passed"]
    with pytest.raises(NotFound):
        actions.report(by=operator, assignment_id=row.pk, text="Зроблено.")
    actions.report(by=operator2, assignment_id=row.pk, text="Зроблено.")


def test_it_is_not_passed_to_a_stranger_nor_to_the_same_person_nor_while_a_report_waits(
    give: Give, reported: Assignment, operator: Employee, operator2: Employee, stranger: Employee,
    senior: Employee,
) -> None:  # fmt: skip
    row = give(operator)
    with pytest.raises(NotAllowed):
        pass_on(senior, row, stranger)
    with pytest.raises(Conflict):
        pass_on(senior, row, operator)
    with pytest.raises(Conflict):
        pass_on(senior, reported, operator2)
    with pytest.raises(NotAllowed):
        pass_on(operator, row, operator2)


def test_what_a_dismissed_operator_had_to_do_goes_to_their_senior_manager(
    give: Give, operator: Employee, operator2: Employee, senior: Employee, head: Employee, director: Employee
) -> None:
    mine, heads, done = give(operator), give(operator, by=head), give(operator)
    withdraw(senior, done)
    give_order("dismissal", operator, by=director)
    for row in (mine, heads):
        row.refresh_from_db()
        assert row.assignee == senior
        assert row.events.last().kind == "dismissed"
    done.refresh_from_db()
    assert done.assignee == operator
    assert told(senior).count("instruction_passed") == 2
    # The senior manager gives it to another one of the team, or withdraws what was their own order.
    assert pass_on(senior, heads, operator2).assignee == operator2
    assert withdraw(senior, mine).state == "withdrawn"


def test_the_report_of_a_dismissed_operator_is_still_answered(
    reported: Assignment, operator: Employee, senior: Employee, director: Employee
) -> None:
    give_order("dismissal", operator, by=director)
    done = actions.accept(by=senior, assignment_id=reported.pk, report_id=waiting(reported))
    assert done.state == "accepted"


def test_what_a_dismissed_senior_manager_had_to_do_goes_to_the_head(
    give: Give, senior: Employee, senior2: Employee, head: Employee, director: Employee
) -> None:
    row = give(senior, by=head)
    give_order("dismissal", senior, by=director, successor=senior2)
    row.refresh_from_db()
    assert row.assignee == head


def test_a_shift_given_to_two_who_are_dismissed_leaves_the_senior_manager_with_both_rows(
    senior: Employee, operator: Employee, operator2: Employee, director: Employee,
    on_shift: Callable[..., Any],
) -> None:  # fmt: skip
    for person in (operator, operator2):
        on_shift(person)
    due_at = clock.now() + timedelta(hours=1)
    given = actions.give(by=senior, text="Навести лад.", due_at=due_at, whole_shift=True)
    for person in (operator, operator2):
        give_order("dismissal", person, by=director)
    assert [row.assignee for row in given.assignments.all()] == [senior, senior]


def test_the_order_of_dismissal_says_beforehand_to_whom_it_goes(
    give: Give, operator: Employee, senior: Employee
) -> None:
    give(operator), give(operator)
    said = [str(text) for text in registry.foresee_dismissal(operator, clock.now())]
    assert "2 розпорядження переходять до: Євтушенко Марко." in said


def test_who_is_given_no_instructions_any_more_leaves_theirs_to_the_senior_manager(
    give: Give, operator: Employee, senior: Employee, director: Employee
) -> None:
    row = give(operator)
    give_order("transfer", operator, by=director, role="director")
    row.refresh_from_db()
    assert row.assignee == senior
