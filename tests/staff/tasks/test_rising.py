"""What is not done in time rises to the senior manager by itself, once (A8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from fregat.lib import clock, jobs
from fregat.lib.models import Job
from staff.employees import actions as staff
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment
from tests.cast import give_order
from tests.staff.tasks.conftest import told, waiting

pytestmark = pytest.mark.django_db
Give = Callable[..., Assignment]


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep does the job of this room alone."""
    monkeypatch.setattr(jobs, "_handlers", {"instruction_due": jobs._handlers["instruction_due"]})
    monkeypatch.setattr(jobs, "_periods", {})


def overdue(person: Employee) -> int:
    return told(person).count("instruction_overdue")


def test_it_rises_once_when_its_time_is_over(give: Give, operator: Employee, senior: Employee) -> None:
    row = give(operator, hours=-1)
    assert jobs.sweep() == 1
    row.refresh_from_db()
    assert row.overdue_at is not None
    assert (overdue(senior), overdue(operator)) == (1, 0)
    assert jobs.sweep() == 0
    assert actions.rise(row.pk) is False
    assert overdue(senior) == 1


def test_nothing_rises_before_its_time(give: Give, operator: Employee, senior: Employee) -> None:
    row = give(operator, hours=1)
    assert jobs.sweep() == 0
    assert actions.rise(row.pk) is False
    assert overdue(senior) == 0


@pytest.mark.parametrize("how", ["reported", "withdrawn"])
def test_what_was_reported_or_withdrawn_in_time_does_not_rise(
    give: Give, operator: Employee, senior: Employee, how: str
) -> None:
    row = give(operator, hours=-1)
    if how == "reported":
        actions.report(by=operator, assignment_id=row.pk, text="Зроблено.")
    else:
        actions.withdraw(by=senior, assignment_id=row.pk, reason="Не треба.")
    assert jobs.sweep() == 0
    assert actions.rise(row.pk) is False
    assert overdue(senior) == 0


def test_what_was_returned_with_a_new_time_rises_again_after_it(
    give: Give, operator: Employee, senior: Employee
) -> None:
    row = give(operator, hours=-1)
    jobs.sweep()
    actions.report(by=operator, assignment_id=row.pk, text="Зроблено.")
    soon = clock.now() + timedelta(minutes=1)
    actions.return_report(
        by=senior, assignment_id=row.pk, report_id=waiting(row), reason="Не все.", due_at=soon
    )
    assert jobs.sweep() == 0
    assert actions.rise(row.pk, now=soon) is True
    assert overdue(senior) == 2


def test_it_rises_to_the_senior_manager_of_the_person_and_to_who_gave_it(
    give: Give, operator: Employee, senior: Employee, senior2: Employee, head: Employee, director: Employee
) -> None:
    give(operator, by=head, hours=-1)
    give_order("senior_change", operator, by=director, senior=senior2)
    jobs.sweep()
    assert (overdue(senior2), overdue(head), overdue(senior)) == (1, 1, 0)


def test_while_the_senior_manager_is_substituted_the_substitute_is_told_too(
    give: Give, operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    now = clock.now()
    give(operator, hours=-1)
    staff.substitute(
        by=director, senior=senior, substitute=senior2, since=now, until=now + timedelta(days=1), now=now
    )
    jobs.sweep()
    assert (overdue(senior), overdue(senior2)) == (1, 1)


def test_a_job_that_is_early_waits_for_the_time(give: Give, operator: Employee) -> None:
    row = give(operator, hours=1)
    jobs.schedule("instruction_due", row.pk, clock.now() - timedelta(seconds=1))
    jobs.sweep()
    job = Job.objects.get(kind="instruction_due", subject_id=row.pk)
    assert (job.due_at, job.done_at) == (row.due_at, None)


def test_the_job_of_what_is_gone_does_nothing(db: Any) -> None:
    assert actions.rise(2_000_000_000) is False
