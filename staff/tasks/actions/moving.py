"""An instruction is withdrawn, or somebody else has to do it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fregat.lib.db import action
from fregat.lib.errors import Conflict, Sentence
from fregat.lib.rights import may
from staff.employees import selectors as staff
from staff.employees.actions.rows import lock as lock_people
from staff.employees.models import Employee
from staff.tasks.actions.ground import announce, check_move, in_words, locked, note, said, settle, tell, watch
from staff.tasks.labels import MOVE_REFUSALS
from staff.tasks.models import Assignment
from staff.tasks.permissions import Reach, can, check_give_to, check_pass_on, check_withdraw
from staff.tasks.statuses import OPEN, State


@action
def withdraw(
    *,
    by: Employee,
    assignment_id: int,
    reason: str,
    everybody: bool = False,
    now: datetime | None = None,
) -> Assignment:
    """It need not be done any more; with `everybody` by none of those to whom it was given.

    Raises NotFound, NotAllowed, Invalid (`reason`), Conflict (accepted or withdrawn already).
    """
    assignment, now = locked(by, assignment_id, now)
    check_withdraw(by, assignment, now)
    reason = said("reason", reason, "reason")
    check_move(assignment, State.WITHDRAWN)
    rows = [assignment]
    if everybody:
        others = Assignment.objects.filter(instruction=assignment.instruction_id, state__in=OPEN)
        others = others.exclude(pk=assignment.pk).select_related("instruction__given_by", "assignee")
        waiting = others.select_for_update(of=("self",)).order_by("pk")
        rows += [row for row in waiting if can(check_withdraw, by, row, now)]
    for row in rows:
        _withdraw(row, by, reason, now)
    return assignment


def _withdraw(row: Assignment, by: Employee, reason: str, now: datetime) -> None:
    row.state, row.closed_at, row.closed_by = State.WITHDRAWN.value, now, by
    row.save(update_fields=["state", "closed_at", "closed_by"])
    watch(row)
    note(row, "withdrawn", by=by, now=now, text=reason)
    settle(row, now)
    told = [] if row.assignee_id == by.pk else [row.assignee]
    tell(told, "instruction_withdrawn", row, now, by=by.full_name)
    announce(row, row.instruction.given_by)


@action
def pass_on(
    *, by: Employee, assignment_id: int, to: Employee, reason: str = "", now: datetime | None = None
) -> Assignment:
    """Somebody else does it, by the same time. A report that waits must be answered first.

    Raises NotFound, NotAllowed, Conflict (nothing is to be done; the person has it already).
    """
    (to,) = lock_people(to)
    assignment, now = locked(by, assignment_id, now)
    check_pass_on(by, assignment, now)
    if assignment.state == State.REPORTED or not assignment.is_open:
        raise Conflict(MOVE_REFUSALS[assignment.state], code=f"is_{assignment.state}")
    if assignment.assignee_id == to.pk:
        raise Conflict(_("%(name)s has to do it already.") % {"name": to.full_name}, code="has_it")
    check_give_to(Reach(by, "instruction.give", now), to)
    reason = said("reason", reason, "reason") if reason.strip() else ""
    _pass(assignment, to, "passed_on", by=by, now=now, text=reason)
    return assignment


def _pass(
    row: Assignment, to: Employee, kind: str, *, by: Employee | None, now: datetime, text: str = ""
) -> None:
    before, row.assignee = row.assignee, to
    row.save(update_fields=["assignee"])
    values = {"from": before.full_name, "to": to.full_name}
    note(row, kind, by=by, now=now, text=text, values=values)
    settle(row, now, before.pk)
    tell([to], "instruction_passed", row, now, name=before.full_name, due=in_words(row.due_at))
    announce(row, before, row.instruction.given_by)


def follow_dismissal(employee: Employee, by: Employee | None, now: datetime) -> None:
    """What a dismissed person had to do goes to their senior manager, without one to the head (A3).

    Called inside the dismissal, with the person locked: nobody can give them anything more. A report that
    waits stays: it is answered as before, and when returned it is the senior manager who goes on.
    """
    _inherit(employee, "dismissed", by, now)


def follow_role(employee: Employee, before: str, by: Employee | None, now: datetime) -> None:
    """Whoever comes into a role that is given no instructions leaves theirs to the senior manager too."""
    if not may(employee.role, "instruction.report"):
        _inherit(employee, "passed_on", by, now)


def foresee_dismissal(employee: Employee, now: datetime) -> list[Sentence]:
    """What `follow_dismissal` would pass on, in words (two statements)."""
    count = Assignment.objects.open().filter(assignee=employee).count()
    if not count:
        return []
    said = ngettext(
        "%(count)s instruction goes to %(name)s.", "%(count)s instructions go to %(name)s.", count
    )
    return [said % {"count": count, "name": _heir(employee, now).full_name}]


def foresee_role(employee: Employee, role: str, now: datetime) -> list[Sentence]:
    """What `follow_role` would pass on if the employee got this role."""
    return [] if may(role, "instruction.report") else foresee_dismissal(employee, now)


def _heir(employee: Employee, now: datetime) -> Employee:
    return staff.senior_of(employee, now) or staff.head()


def _inherit(employee: Employee, kind: str, by: Employee | None, now: datetime) -> None:
    rows = Assignment.objects.open().filter(assignee=employee).select_related("instruction__given_by")
    listed = list(rows.select_for_update(of=("self",)).order_by("pk"))
    receiver = _heir(employee, now) if listed else employee
    if receiver.pk == employee.pk:
        return
    for row in listed:
        row.assignee = employee
        _pass(row, receiver, kind, by=by, now=now)
