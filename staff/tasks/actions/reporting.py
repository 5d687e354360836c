"""Done, says the one; accepted or returned, says the other (A8, JD II.13)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import files
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from staff.employees.models import Employee
from staff.tasks import rules, selectors
from staff.tasks.actions.ground import announce, check_move, in_words, locked, note, said, settle, tell, watch
from staff.tasks.labels import FAULT_SENTENCES, MOVE_REFUSALS
from staff.tasks.models import Assignment, Report
from staff.tasks.permissions import check_decide, check_report
from staff.tasks.statuses import State


@action
def report(
    *,
    by: Employee,
    assignment_id: int,
    text: str,
    proof: files.Accepted | None = None,
    now: datetime | None = None,
) -> Report:
    """Say that it is done and by what it can be seen; nothing is overdue while it waits to be accepted.

    Of two reports at once the second finds the first. Raises NotFound, NotAllowed, Invalid (`text`),
    Conflict (reported, accepted or withdrawn already).
    """
    assignment, now = locked(by, assignment_id, now)
    check_report(by, assignment, now)
    check_move(assignment, State.REPORTED)
    text = said("text", text, "report")
    kept = files.keep(proof, by=by, now=now) if proof else None
    row = Report.objects.create(assignment=assignment, by=by, at=now, text=text, proof=kept)
    _move(assignment, State.REPORTED)
    note(assignment, "reported", by=by, now=now, text=text)
    settle(assignment, now, by.pk)
    above = selectors.supervisors(assignment, now)
    tell(above, "instruction_reported", assignment, now, name=by.full_name)
    announce(assignment, *above)
    return row


@action
def accept(*, by: Employee, assignment_id: int, report_id: int, now: datetime | None = None) -> Assignment:
    """The report that was read is accepted: the person is done with it.

    `report_id`: the report that was on the screen; a newer one must be read first. Raises NotFound,
    NotAllowed (nobody accepts their own), Conflict.
    """
    assignment, now = locked(by, assignment_id, now)
    row = _answered(by, assignment, report_id, State.ACCEPTED, now)
    row.outcome, row.answered_at, row.answered_by = "accepted", now, by
    row.save(update_fields=["outcome", "answered_at", "answered_by"])
    assignment.closed_at, assignment.closed_by = now, by
    _move(assignment, State.ACCEPTED, "closed_at", "closed_by")
    note(assignment, "accepted", by=by, now=now)
    settle(assignment, now)
    tell([assignment.assignee], "instruction_accepted", assignment, now, by=by.full_name)
    announce(assignment, assignment.instruction.given_by)
    return assignment


@action
def return_report(
    *,
    by: Employee,
    assignment_id: int,
    report_id: int,
    reason: str,
    due_at: datetime | None = None,
    now: datetime | None = None,
) -> Assignment:
    """The report is returned with the reason; what is late already gets a new due time.

    Raises NotFound, NotAllowed, Invalid (`reason`, `due_at`), Conflict.
    """
    assignment, now = locked(by, assignment_id, now)
    row = _answered(by, assignment, report_id, State.RETURNED, now)
    reason = said("reason", reason, "reason")
    fault = rules.return_fault(assignment.due_at, due_at, now)
    if fault:
        raise Invalid.field("due_at", FAULT_SENTENCES[fault])
    row.outcome, row.answered_at, row.answered_by, row.reason = "returned", now, by, reason
    row.save(update_fields=["outcome", "answered_at", "answered_by", "reason"])
    if due_at is not None:
        assignment.due_at, assignment.overdue_at = due_at, None
    _move(assignment, State.RETURNED, "due_at", "overdue_at")
    values = {"due": assignment.due_at.isoformat()}
    note(assignment, "returned", by=by, now=now, text=reason, values=values)
    settle(assignment, now)
    due = in_words(assignment.due_at)
    tell([assignment.assignee], "instruction_returned", assignment, now, by=by.full_name, due=due)
    announce(assignment, assignment.instruction.given_by)
    return assignment


def _answered(by: Employee, assignment: Assignment, report_id: int, to: State, now: datetime) -> Report:
    """The report that waits, when it is the one that was read."""
    check_decide(by, assignment, now)
    check_move(assignment, to)
    row = assignment.waiting_report
    if row is None:
        raise Conflict(MOVE_REFUSALS[State.GIVEN], code="no_report")
    if row.pk != report_id:
        raise Conflict(FAULT_SENTENCES["newer_report"], code="newer_report")
    return row


def _move(assignment: Assignment, to: State, *fields: str) -> None:
    assignment.state = to.value
    assignment.save(update_fields=["state", *fields])
    watch(assignment)
