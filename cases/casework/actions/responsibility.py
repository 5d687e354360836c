"""Who answers for a case: taken over, assigned, passed on by the program. Never none, never two, no gap (B5)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.casework import permissions, registry, rules
from cases.casework.actions.ground import (
    announce,
    check_version,
    locked_case,
    save_change,
    signed,
    tell_time_line,
)
from cases.casework.models import Case, Escalation, Responsibility, Task
from cases.casework.statuses import ENDED
from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from staff.employees import selectors as employees
from staff.employees.models import Employee


def begin_responsibility(case: Case, *, by: Employee | None, now: datetime) -> None:
    """The first row of the chain, with the case itself."""
    Responsibility(case=case, employee_id=case.responsible_id, since=now, reason="registered", by=by).save(
        force_insert=True
    )


def pass_case(
    *,
    case: Case,
    to: Employee,
    reason: str,
    text: str = "",
    by: Employee | None = None,
    now: datetime,
) -> None:
    """Make `to` answer for the case from `now` on. The caller's transaction has locked the case.

    `reason` is a code of `labels.RESPONSIBILITY_LABELS`. Does nothing when `to` answers for it already.
    """
    if case.responsible_id == to.pk:
        return
    before = case.responsible
    row = Responsibility.objects.get(case=case, until=None)
    instant = rules.next_instant(now, row.since)
    row.until = instant
    row.save(update_fields=["until"])
    Responsibility(case=case, employee=to, since=instant, reason=reason, text=text, by=by).save(
        force_insert=True
    )
    announce_to = before.pk
    case.responsible = to
    with signed(by):
        save_change(case, "responsible")
    values = {"from": before.full_name, "to": to.full_name, "username": to.username, "reason": reason}
    tell_time_line(case, "responsible", by=by, now=instant, values=values, text=text)
    registry.responsibility_changed(case, reason, instant)
    live.publish(f"employee:{announce_to}", "desk", case.number)
    announce(case)


def _check_receiver(case: Case, to: Employee, now: datetime) -> None:
    """The state of things lets `to` answer for the case. Raises Conflict."""
    name = {"name": to.full_name}
    if case.status in ENDED:
        raise Conflict(_("The case has ended. Reopen it first."), code="ended")
    if not permissions.may_answer(to, case.insurer_id):
        raise Conflict(_("%(name)s does not work on this project.") % name, code="not_of_project")
    if rules.must_be_on_duty(case.status) and not attendance.is_on_duty(to, now):
        raise Conflict(_("%(name)s is not on duty now.") % name, code="off_shift")
    if case.responsible_id == to.pk:
        raise Conflict(_("%(name)s answers for this case already.") % name, code="already")


@action
def assign_case(
    *,
    by: Employee | None,
    number: str,
    to: Employee,
    reason: str,
    version: int | None = None,
    now: datetime | None = None,
) -> Case:
    """Give the case to `to`; to oneself is taking it over. The reason is recorded.

    Raises NotFound, NotAllowed, Stale, Invalid (no reason, `to` has left), Conflict (off duty, another project).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    if by is not None:
        permissions.check_assign(by, case, to, now)
    check_version(case, version)
    errors = {}
    if not reason.strip():
        errors["reason"] = _("Say why the case changes hands.")
    if not to.is_active:
        errors["to"] = _("There is no such employee, or they do not work here any more.")
    if errors:
        raise Invalid(errors)
    _check_receiver(case, to, now)
    code = "taken_over" if by is not None and by.pk == to.pk else "assigned"
    pass_case(case=case, to=to, reason=code, text=reason.strip(), by=by, now=now)
    return case


def leave_staff(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Effect of a dismissal, in its transaction (A3).

    Open cases go to the senior manager on duty, all others to the employee's senior manager; the head is
    the last resort of both. Tasks that waited for the employee wait for whoever answers for the case; what
    they were told and have not acknowledged is told to the senior manager on duty.
    """
    senior = employees.senior_of(employee, now)
    leader = attendance.leader(now)
    cases = Case.objects.filter(responsible=employee).for_reading().select_for_update(of=("self",))
    for case in cases.order_by("id"):
        wanted = leader if rules.must_be_on_duty(case.status) else senior
        pass_case(case=case, to=_other(wanted, employee), reason="dismissed", by=by, now=now)
    Task.objects.filter(assignee=employee, done_at=None).update(assignee=None)
    told = Escalation.objects.open().filter(addressee=employee)
    told.update(addressee=_other(leader, employee))


def _other(wanted: Employee | None, leaving: Employee) -> Employee:
    """`wanted` when they stay, else the head (another one than who leaves)."""
    if wanted is not None and wanted.pk != leaving.pk and wanted.is_active:
        return wanted
    others = Employee.objects.heads().exclude(pk=leaving.pk)
    return others.first() or employees.head()


def answering_after(case: Case, by: Employee | None, now: datetime) -> Employee:
    """Who answers for a case that becomes open again: its person when on duty, else who opened it, else the leader."""
    if case.responsible.is_active and attendance.is_on_duty(case.responsible, now):
        return case.responsible
    if by is not None and by.role != Role.CLIENT and attendance.is_on_duty(by, now):
        return by
    return attendance.leader(now) or employees.head()
