"""The only writers of breaks (JD I.7, B2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from fregat.lib import clock, jobs, live, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid
from shifts.attendance import selectors as attendance
from shifts.breaks import permissions, rules
from shifts.breaks.labels import FAULTS
from shifts.breaks.models import Break
from shifts.breaks.selectors import frame
from shifts.breaks.statuses import AHEAD, State, may_move
from shifts.roster.models import Shift
from staff.employees.models import Employee

CLOSING = "break_close"
"""Kind of the job that ends a break with its shift."""
_MOVED_ON = FAULTS["moved_on"]


@action
def ask(*, by: Employee, kind: str, starts_at: datetime, now: datetime | None = None) -> Break:
    """Ask for a break in the running shift, else in the next one; the senior manager is told.

    Raises NotAllowed, Invalid (`starts_at`, `kind`), Conflict (a second lunch, another break then).
    """
    permissions.check_ask(by)
    at = now or clock.now()
    mine = attendance.current_shift(by, at) or attendance.next_shift(by, at)
    if mine is None:
        raise Invalid.field("starts_at", FAULTS["no_shift"])
    shift: Shift = lock(Shift.objects.standing(), pk=mine.pk)
    now = now or clock.now()
    _check_time(kind, starts_at, shift, now)
    row = Break.objects.create(
        shift=shift, kind=kind, asked_for=starts_at, starts_at=starts_at, asked_at=now, state=State.ASKED,
        ends_at=starts_at + rules.LENGTHS[kind],
    )  # fmt: skip
    _tell(attendance.who_decides(by, now), row, "break_asked", now)
    _announce(row)
    return row


@action
def agree(
    *, by: Employee, break_id: int, starts_at: datetime | None = None, now: datetime | None = None
) -> Break:
    """Agree to the break, at its time or at another one; one that is agreed already is moved.

    Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    row, now = _locked(by, break_id, now)
    permissions.check_decide(by, row, now)
    at = starts_at or row.starts_at
    if row.is_agreed and at == row.starts_at:
        raise Invalid.field("starts_at", FAULTS["same_time"])
    _move(row, State.AGREED)
    _check_time(row.kind, at, row.shift, now)
    moved = at != row.starts_at
    row.starts_at, row.ends_at = at, at + rules.LENGTHS[row.kind]
    row.decided_by, row.decided_at, row.reason = by, now, ""
    row.save()
    _tell([row.shift.employee], row, "break_moved" if moved else "break_agreed", now)
    _announce(row)
    return row


@action
def refuse(*, by: Employee, break_id: int, reason: str, now: datetime | None = None) -> Break:
    """Not now, with the reason. Raises NotFound, NotAllowed, Invalid (no reason), Conflict."""
    row, now = _locked(by, break_id, now)
    permissions.check_decide(by, row, now)
    if not reason.strip():
        raise Invalid.field("reason", FAULTS["reason"])
    _move(row, State.REFUSED)
    row.decided_by, row.decided_at, row.reason = by, now, reason.strip()
    row.save()
    _tell([row.shift.employee], row, "break_refused", now)
    _announce(row)
    return row


@action
def withdraw(*, by: Employee, break_id: int, now: datetime | None = None) -> Break:
    """The employee needs it no more. Raises NotFound, NotAllowed, Conflict."""
    row, now = _locked(by, break_id, now)
    permissions.check_own(by, row)
    _move(row, State.WITHDRAWN)
    row.save()
    _announce(row)
    return row


@action
def begin(*, by: Employee, break_id: int, now: datetime | None = None) -> Break:
    """The break really begins: no new case until it ends. Raises NotFound, NotAllowed, Invalid, Conflict."""
    row, now = _locked(by, break_id, now)
    permissions.check_own(by, row)
    _move(row, State.RUNNING)
    if not attendance.is_on_shift(by, now):
        raise Invalid.field("starts_at", FAULTS["off_shift"])
    if fault := rules.begin_fault(row.starts_at, frame(row.shift), now):
        raise Invalid.field("starts_at", FAULTS[fault])
    row.begun_at = now
    row.save()
    jobs.schedule(CLOSING, row.pk, row.shift.ends_at)
    _announce(row)
    return row


@action
def end(*, by: Employee, break_id: int, now: datetime | None = None) -> Break:
    """Back at work. Raises NotFound, NotAllowed, Conflict."""
    row, now = _locked(by, break_id, now)
    permissions.check_own(by, row)
    _move(row, State.OVER)
    row.ended_at = now
    row.save()
    jobs.cancel(CLOSING, row.pk)
    _announce(row)
    return row


@action
def close(break_id: int, *, now: datetime | None = None) -> Break | None:
    """End the break that nobody ended, with its shift; None when there is nothing to end any more.

    Called by the job at the end of the shift. A shift that was prolonged has moved the job with it; one that
    finds the row earlier than its end moves itself. The row is locked without waiting (`fregat.lib.jobs`).
    """
    rows = Break.objects.filter(pk=break_id)
    shift = Shift.objects.select_for_update(nowait=True).filter(pk__in=rows.values("shift")).first()
    row = rows.select_related("shift__employee").select_for_update(of=("self",), nowait=True).first()
    if shift is None or row is None or row.state != State.RUNNING:
        return None
    now = now or clock.now()
    if not shift.is_cancelled and now < shift.ends_at:
        jobs.schedule(CLOSING, row.pk, shift.ends_at)
        return None
    return _close(row, min(shift.ends_at, now), now)


def follow_shift(shift: Shift, _by: Employee | None, now: datetime) -> None:
    """Effect of a changed shift: what does not fit any more is withdrawn, and its employee told; the break that
    runs ends with the shift, at the latest."""
    rows = Break.objects.select_for_update(of=("self",)).filter(
        shift=shift, state__in=AHEAD | {State.RUNNING}
    )
    for row in rows.select_related("shift__employee"):
        if row.state == State.RUNNING:
            _follow_running(row, shift, now)
            continue
        span = frame(shift)
        if not shift.is_cancelled and span.starts_at <= row.starts_at and row.ends_at <= span.check_at:
            continue
        row.state = State.WITHDRAWN
        row.save(update_fields=["state"])
        _tell([shift.employee], row, "break_dropped", now)
        _announce(row)


def _follow_running(row: Break, shift: Shift, now: datetime) -> None:
    if shift.is_cancelled:
        _close(row, now, now)
    else:
        jobs.schedule(CLOSING, row.pk, shift.ends_at)


def _close(row: Break, at: datetime, now: datetime) -> Break:
    row.state, row.ended_by_program = State.OVER, True
    row.ended_at = max(at, row.begun_at or at)
    row.save()
    jobs.cancel(CLOSING, row.pk)
    _tell([row.shift.employee], row, "break_closed", now)
    _tell(attendance.who_answers(row.shift.employee, now), row, "break_closed_of", now)
    _announce(row)
    return row


def _locked(by: Employee, break_id: int, now: datetime | None) -> tuple[Break, datetime]:
    """The break, its shift locked before it, and the moment after the locks."""
    rows = Break.objects.visible_to(by, now or clock.now())
    shift_id = rows.filter(pk=break_id).values_list("shift", flat=True).first()
    lock(Shift.objects.all(), pk=shift_id)
    row: Break = lock(rows, pk=break_id)
    return row, now or clock.now()


def _move(row: Break, to: State) -> None:
    if not may_move(row.state, to):
        raise Conflict(_MOVED_ON, code="moved_on")
    row.state = to


def _check_time(kind: str, starts_at: datetime, shift: Shift, now: datetime) -> None:
    if fault := rules.fault(kind, starts_at, frame(shift), now):
        raise Invalid.field("kind" if fault == "kind" else "starts_at", FAULTS[fault])


def _tell(people: Iterable[Employee], row: Break, kind: str, now: datetime) -> None:
    values = {
        "name": row.shift.employee.full_name, "at": f"{clock.local(row.starts_at):%H:%M}", "reason": row.reason,
    }  # fmt: skip
    notices.tell(people, kind, url=reverse("breaks:breaks"), values=values, now=now)


def _announce(row: Break) -> None:
    live.publish(f"employee:{row.shift.employee_id}", "break", row.pk)
    live.publish("board", "break", row.pk)
