"""An absence is asked for or written in, agreed to, refused, taken back (B7)."""

from __future__ import annotations

from datetime import date, datetime

from fregat.lib import clock, jobs, live
from fregat.lib.db import action
from fregat.lib.errors import Invalid, NotAllowed
from fregat.lib.rights import Role, may
from shifts.absence import permissions, rules, selectors
from shifts.absence.actions.ground import DUE, locked, move, tell, who_agrees
from shifts.absence.labels import FAULTS
from shifts.absence.models import Absence, AbsenceKind
from shifts.absence.statuses import State
from staff.employees.models import Employee


@action
def ask(
    *, by: Employee, kind: str, since: date, until: date, words: str = "", now: datetime | None = None
) -> Absence:
    """Ask to be away, or say that one is: sickness needs nobody's agreement and is on record at once.

    `since` and `until` are days of Kyiv, both included. Raises NotAllowed, Invalid (`kind`, `since`, `until`),
    Conflict (another absence in these days).
    """
    if not by.is_active or not may(by.role, "absence.ask"):
        raise NotAllowed()
    now = now or clock.now()
    row = _new(by, by, kind, since, until, words, now)
    if row.is_asked:
        tell(who_agrees(by, now), row, "absence_asked", now)
    else:
        _recorded(row, now)
    return row


@action
def record(
    *, by: Employee, employee: Employee, kind: str, since: date, until: date, words: str = "",
    now: datetime | None = None,
) -> Absence:  # fmt: skip
    """Write in the absence of somebody who has said so by telephone: it is agreed with that.

    Raises NotAllowed, Invalid, Conflict as `ask` does.
    """
    now = now or clock.now()
    permissions.check_decide(by, employee, now)
    row = _new(by, employee, kind, since, until, words, now, agreed=True)
    tell([employee], row, "absence_written", now, by=by.full_name)
    _recorded(row, now, but=by)
    return row


@action
def agree(*, by: Employee, absence_id: int, now: datetime | None = None) -> Absence:
    """Raises NotFound, NotAllowed, Conflict."""
    row, now = locked(by, absence_id, now)
    permissions.check_decide(by, row.employee, now)
    move(row, State.AGREED)
    row.decided_by, row.decided_at = by, now
    row.save()
    tell([row.employee], row, "absence_agreed", now)
    return row


@action
def refuse(*, by: Employee, absence_id: int, reason: str, now: datetime | None = None) -> Absence:
    """Not agreed, with the reason. Raises NotFound, NotAllowed, Invalid (`reason`), Conflict."""
    row, now = locked(by, absence_id, now)
    permissions.check_decide(by, row.employee, now)
    if not reason.strip():
        raise Invalid.field("reason", FAULTS["reason"])
    move(row, State.REFUSED)
    row.decided_by, row.decided_at, row.answer = by, now, reason.strip()
    row.save()
    tell([row.employee], row, "absence_refused", now)
    return row


@action
def withdraw(*, by: Employee, absence_id: int, now: datetime | None = None) -> Absence:
    """The employee takes back what nobody has agreed to yet. Raises NotFound, NotAllowed, Conflict."""
    row, now = locked(by, absence_id, now)
    permissions.check_own(by, row)
    move(row, State.WITHDRAWN)
    row.save()
    live.publish("board", "shift")
    return row


def _new(
    by: Employee, employee: Employee, kind: str, since: date, until: date, words: str, now: datetime,
    *, agreed: bool = False,
) -> Absence:  # fmt: skip
    found = AbsenceKind.objects.filter(code=kind).first()
    if found is None:
        raise Invalid.field("kind", FAULTS["kind"])
    if fault := rules.fault(since, until, clock.local(now).date()):
        raise Invalid.field(fault[0], FAULTS[fault[1]])
    # Nobody stands above the director.
    free = not found.to_agree or (employee.role == Role.DIRECTOR and by.pk == employee.pk)
    days = found.certificate_days
    row = Absence.objects.create(
        employee=employee, kind=found, since=since, until=until, words=words.strip(), asked_by=by, asked_at=now,
        state=State.AGREED if agreed or free else State.ASKED,
        decided_by=by if agreed else None, decided_at=now if agreed else None,
        certificate_due_at=None if days is None else rules.certificate_due(until, days, clock.KYIV.key),
    )  # fmt: skip
    if row.certificate_due_at is not None:
        jobs.schedule(DUE, row.pk, row.certificate_due_at)
    return row


def _recorded(row: Absence, now: datetime, *, but: Employee | None = None) -> None:
    """Whoever answers learns how many shifts need somebody else."""
    told = [one for one in who_agrees(row.employee, now) if but is None or one.pk != but.pk]
    tell(told, row, "absence_recorded", now, shifts=selectors.shifts_to_cover(row, now).count())
