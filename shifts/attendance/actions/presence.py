"""The only writers of attendance: signing in begins the shift (JD I.6), its end is written when it is over."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse

from fregat.lib import clock, live, notices
from fregat.lib.db import action
from shifts.attendance import rules, selectors
from shifts.attendance.models import Attendance
from shifts.roster.models import Shift
from staff.employees.models import Employee

AT_ONCE = 200
"""The most shifts whose end one sweep writes."""


@action
def begin(
    *, employee: Employee, now: datetime | None = None, address: str | None = None
) -> Attendance | None:
    """Begin the shift in whose window `now` falls, and the adjacent one whose window has opened (B1).

    Idempotent: the second of two requests finds the first one's row. The shifts are locked, so a change
    of the times and the beginning do not cross. Returns the attendance of the shift that counts now
    (begun by this call or before), or None when no window is open.
    """
    shifts = selectors.open_shifts(employee, now or clock.now()).select_for_update(of=("self",))
    waiting = list(shifts)
    instant = now or clock.now()
    found: list[Attendance] = []
    for shift in waiting:
        if not rules.begins(shift.starts_at, shift.ends_at, instant, _window_minutes()):
            continue
        late = rules.late_seconds(shift.starts_at, instant)
        attendance, made = Attendance.objects.get_or_create(
            shift=shift, defaults={"begun_at": instant, "late_seconds": late, "address": address or None}
        )
        found.append(attendance)
        if attendance.left_at is not None and attendance.ended_at is None:
            attendance.left_at = None
            attendance.save(update_fields=["left_at"])
            _announce(shift)
        if made:
            _announce(shift)
    return found[0] if found else None


@action
def leave(
    *, employee: Employee, session_key: str | None = None, now: datetime | None = None
) -> Attendance | None:
    """Signed out of the last place while the shift runs: noted, and whoever answers for the shift is told (B1).

    Coming back takes the note away; the cases stay with their person until the shift ends, which the senior
    manager may bring nearer. `session_key`: of the sign-in that is being ended. None when there is nothing to
    note: off shift, or signed in elsewhere still.
    """
    mine = selectors.current_shift(employee, now or clock.now())
    if mine is None:
        return None
    shift = Shift.objects.select_for_update().get(pk=mine.pk)
    now = now or clock.now()
    keys = UserSession.objects.filter(user=employee).exclude(session_key=session_key).values("session_key")
    if Session.objects.filter(session_key__in=keys, expire_date__gt=now).exists():
        return None
    row: Attendance = Attendance.objects.get(shift=shift)
    if row.ended_at is not None or shift.is_cancelled or not row.begun_at <= now < shift.ends_at:
        return None
    row.left_at = now
    row.save(update_fields=["left_at"])
    values = {
        "name": employee.full_name, "at": f"{clock.local(now):%H:%M}", "until": f"{clock.local(shift.ends_at):%H:%M}",
    }  # fmt: skip
    url = reverse("attendance:shift")
    notices.tell(selectors.who_decides(employee, now), "signed_out_early", url=url, values=values, now=now)
    _announce(shift)
    return row


@action
def finish(*, now: datetime | None = None) -> int:
    """Write the real end of the shifts that are over. Returns how many; one statement when there are none.

    Recurring: a sweep that was missed is made up for by the next one. A row that somebody holds waits for it.
    """
    now = now or clock.now()
    rows = Attendance.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at=None, shift__ends_at__lte=now, shift__cancelled_at=None
    )
    done = 0
    for row in rows.select_related("shift").order_by("shift__ends_at", "pk")[:AT_ONCE]:
        _finish(row, row.shift.ends_at)
        done += 1
    return done


def _finish(row: Attendance, ends_at: datetime) -> None:
    left = row.left_at if row.left_at is not None and row.left_at < ends_at else None
    row.ended_at = max(left or ends_at, row.begun_at)
    row.early_seconds = rules.early_seconds(ends_at, left)
    row.save(update_fields=["ended_at", "early_seconds"])


def follow_shift(shift: Shift, _by: Employee | None, now: datetime) -> None:
    """Effect of a changed shift: lateness follows its start, and a beginning that no longer fits is undone.

    A shift that was begun and is then moved to another day has not been begun there: the next request
    in its new window begins it.
    """
    attendance = Attendance.objects.select_for_update().filter(shift=shift).first()
    if attendance is None:
        return
    if shift.is_cancelled:
        if attendance.ended_at is None:
            _finish(attendance, now)
        return
    if attendance.ended_at is not None and shift.ends_at > now:
        # Written by the program into time to come: it goes on.
        attendance.ended_at, attendance.early_seconds = None, 0
        attendance.save(update_fields=["ended_at", "early_seconds"])
    if attendance.begun_at < rules.opens_at(shift.starts_at, _window_minutes()):
        attendance.delete()
        return
    late = rules.late_seconds(shift.starts_at, attendance.begun_at)
    if late != attendance.late_seconds:
        attendance.late_seconds = late
        attendance.save(update_fields=["late_seconds"])


def _window_minutes() -> int:
    return int(selectors.window().total_seconds() // 60)


def _announce(shift: Shift) -> None:
    live.publish(f"employee:{shift.employee_id}", "shift", shift.pk)
    live.publish(f"employee:{shift.employee_id}", live.RIGHTS)
    live.publish("board", "shift")
