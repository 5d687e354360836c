"""Done, says the one; accepted or returned, says the other (A8, JD II.13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fregat.lib import clock, notices
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job, StoredFile
from staff.employees import actions as staff
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment, Report
from tests.cast import give_order
from tests.staff.tasks.conftest import proof, told, waiting

pytestmark = pytest.mark.django_db
Give = Callable[..., Assignment]


def accept(by: Employee, row: Assignment, report_id: int | None = None) -> Assignment:
    return actions.accept(by=by, assignment_id=row.pk, report_id=report_id or waiting(row))


def send_back(by: Employee, row: Assignment, reason: str = "Бракує двох.", **more: Any) -> Assignment:
    report_id = more.pop("report_id", None) or waiting(row)
    return actions.return_report(by=by, assignment_id=row.pk, report_id=report_id, reason=reason, **more)


def report(by: Employee, row: Assignment, text: str = "Зроблено.", **more: Any) -> Report:
    return actions.report(by=by, assignment_id=row.pk, text=text, **more)


def steps(row: Assignment) -> list[str]:
    return list(row.events.values_list("kind", flat=True))


def test_the_operator_reports_with_a_proof_and_the_senior_manager_accepts(
    give: Give, operator: Employee, senior: Employee
) -> None:
    row = give(operator)
    sent = report(operator, row, "Звірено.", proof=proof())
    assert sent.proof.name == "акт.pdf"
    assert told(senior) == ["instruction_reported"]
    done = accept(senior, row)
    assert (done.state, done.closed_by) == ("accepted", senior)
    assert told(operator) == ["instruction_given", "instruction_accepted"]
    assert steps(row) == ["given", "reported", "accepted"]


def test_a_returned_report_can_be_given_again_and_both_stay(
    give: Give, operator: Employee, senior: Employee
) -> None:
    row = give(operator)
    report(operator, row, "Звірено десять.")
    assert send_back(senior, row).state == "returned"
    assert told(operator)[-1] == "instruction_returned"
    report(operator, row, "Звірено дванадцять.")
    accept(senior, row)
    assert list(row.reports.values_list("outcome", "reason")) == [
        ("returned", "Бракує двох."),
        ("accepted", ""),
    ]
    assert steps(row) == ["given", "reported", "returned", "reported", "accepted"]


def test_what_is_returned_late_needs_a_new_time(give: Give, operator: Employee, senior: Employee) -> None:
    row = give(operator, hours=-1)
    report(operator, row)
    with pytest.raises(Invalid) as refused:
        send_back(senior, row)
    assert set(refused.value.errors) == {"due_at"}
    with pytest.raises(Invalid):
        send_back(senior, row, due_at=clock.now() - timedelta(minutes=5))
    tomorrow = clock.now() + timedelta(days=1)
    assert send_back(senior, row, due_at=tomorrow).due_at == tomorrow
    assert Job.objects.get(kind="instruction_due", subject_id=row.pk, done_at=None).due_at == tomorrow


def test_a_return_needs_a_reason(reported: Assignment, senior: Employee) -> None:
    with pytest.raises(Invalid) as refused:
        send_back(senior, reported, " ")
    assert set(refused.value.errors) == {"reason"}


def test_a_report_needs_words(give: Give, operator: Employee) -> None:
    row = give(operator)
    with pytest.raises(Invalid) as refused:
        report(operator, row, "\n", proof=proof())
    assert set(refused.value.errors) == {"text"}
    assert not StoredFile.objects.exists()


def test_nothing_is_reported_twice(reported: Assignment, operator: Employee, senior: Employee) -> None:
    with pytest.raises(Conflict):
        report(operator, reported)
    accept(senior, reported)
    with pytest.raises(Conflict):
        report(operator, reported)


def test_nothing_is_answered_twice(reported: Assignment, senior: Employee, head: Employee) -> None:
    report_id = waiting(reported)
    accept(senior, reported)
    with pytest.raises(Conflict):
        accept(head, reported, report_id=report_id)
    with pytest.raises(Conflict):
        send_back(head, reported, report_id=report_id)


def test_a_report_that_was_not_read_is_not_accepted(
    reported: Assignment, operator: Employee, senior: Employee, head: Employee
) -> None:
    seen = waiting(reported)
    send_back(head, reported)
    report(operator, reported, "Нове.")
    with pytest.raises(Conflict) as refused:
        accept(senior, reported, report_id=seen)
    assert refused.value.code == "newer_report"


def test_only_the_one_who_has_to_do_it_reports(
    give: Give, operator: Employee, operator2: Employee, senior: Employee, head: Employee
) -> None:
    row = give(operator)
    for person in (senior, head):
        with pytest.raises(NotAllowed):
            report(person, row)
    with pytest.raises(NotFound):
        report(operator2, row)


def test_nobody_accepts_their_own_report(give: Give, head: Employee, senior: Employee) -> None:
    row = give(senior, by=head)
    report(senior, row)
    with pytest.raises(NotAllowed) as refused:
        accept(senior, row)
    assert refused.value.code == "own_act"
    accept(head, row)


def test_what_the_head_has_ordered_the_head_accepts(
    give: Give, head: Employee, operator: Employee, senior: Employee
) -> None:
    row = give(operator, by=head)
    report(operator, row)
    assert told(head) == ["instruction_reported"]
    with pytest.raises(NotAllowed):
        accept(senior, row)
    accept(head, row)


def test_an_operator_and_another_senior_manager_answer_nothing(
    reported: Assignment, operator: Employee, senior2: Employee
) -> None:
    with pytest.raises(NotAllowed):
        accept(operator, reported)
    with pytest.raises(NotFound):
        accept(senior2, reported)


def test_a_substitute_answers_and_is_told(
    give: Give, operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    now = clock.now()
    staff.substitute(
        by=director, senior=senior, substitute=senior2, since=now, until=now + timedelta(days=1), now=now
    )
    row = give(operator)
    report(operator, row)
    assert told(senior2)[-1] == "instruction_reported"
    accept(senior2, row)


def test_when_the_giver_is_gone_the_senior_manager_of_the_person_answers(
    give: Give, operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    row = give(operator)
    give_order("dismissal", senior, by=director, successor=senior2)
    report(operator, row)
    assert told(senior2)[-1] == "instruction_reported"
    accept(senior2, row)


def test_the_database_refuses_two_acceptances_and_an_answer_without_its_author(
    reported: Assignment, senior: Employee, operator: Employee
) -> None:
    accept(senior, reported)
    first = reported.reports.get()
    broken = (
        {"outcome": "accepted", "answered_at": clock.now(), "answered_by": senior},
        {"outcome": "returned", "answered_at": clock.now(), "answered_by": senior, "reason": ""},
        {"outcome": "returned", "answered_at": clock.now(), "answered_by": None, "reason": "ні"},
        {"outcome": "returned", "answered_at": clock.now(), "answered_by": operator, "reason": "ні"},
    )
    for values in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(assignment=reported, by=operator, at=clock.now(), text="ще", **values)
    for values in ({"closed_at": None}, {"state": "given"}, {"closed_by": None}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=reported.pk).update(**values)
    assert reported.reports.get() == first


def test_the_bell_counts_no_more_what_was_done(give: Give, operator: Employee, senior: Employee) -> None:
    row = give(operator)
    assert notices.unread(operator) == 1
    report(operator, row)
    assert (notices.unread(operator), notices.unread(senior)) == (0, 1)
    accept(senior, row)
    assert (notices.unread(operator), notices.unread(senior)) == (1, 0)
