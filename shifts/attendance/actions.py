"""The only writers of attendance: signing in begins the shift (JD I.6)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import clock, live
from fregat.lib.db import action
from shifts.attendance import rules, selectors
from shifts.attendance.models import Attendance
from shifts.roster.models import Shift
from staff.employees.models import Employee


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
        if made:
            _announce(shift)
    return found[0] if found else None


def follow_shift(shift: Shift, _by: Employee | None, now: datetime) -> None:
    """Effect of a changed shift: lateness follows its start, and a beginning that no longer fits is undone.

    A shift that was begun and is then moved to another day has not been begun there: the next request
    in its new window begins it.
    """
    attendance = Attendance.objects.select_for_update().filter(shift=shift).first()
    if attendance is None or shift.is_cancelled:
        return
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
