"""A shift of somebody who is away passes to a colleague in one action (B7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from shifts.absence import permissions, selectors
from shifts.absence.actions.ground import days, locked, tell
from shifts.absence.labels import FAULTS
from shifts.absence.models import Cover
from shifts.attendance.models import Attendance
from shifts.roster import actions as roster
from shifts.roster.labels import span
from shifts.roster.models import Shift
from staff.employees.models import Employee

_SOON = timedelta(minutes=1)
"""A shift that runs is cut off so soon: an end in the past the roster refuses."""


@action
def cover(
    *, by: Employee, absence_id: int, shift_id: int, employee: Employee, now: datetime | None = None
) -> Cover:
    """The colleague works instead: the shift is cancelled with the reason, and one like it planned for them.

    One that runs and was begun is cut off in a minute instead, and the colleague begins then: its cases are handed
    over as at any end. The roster's own rules and rights are asked for both.
    Raises NotFound, NotAllowed, Invalid (`shift`, `employee`), Conflict (the roster has changed meanwhile).
    """
    row, now = locked(by, absence_id, now)
    permissions.check_cover(by, row, now)
    shift = selectors.shifts_to_cover(row, now).filter(pk=shift_id).first()
    if shift is None or shift.ends_at <= now + _SOON:
        raise Invalid.field("shift", FAULTS["no_shift"])
    if employee.pk not in selectors.free_and_qualified(row, shift):
        raise Conflict(FAULTS["not_free"], code="not_free")
    reason = _("%(name)s is away: %(days)s") % {"name": row.employee.full_name, "days": days(row)}
    starts_at, ends_at = shift.starts_at, shift.ends_at
    if _was_begun(shift, now):
        starts_at = now + _SOON
        changes = {"ends_at": starts_at}
        roster.change_shift(by=by, shift_id=shift.pk, changes=changes, reason=reason, now=now)
    else:
        roster.cancel_shift(by=by, shift_id=shift.pk, reason=reason, now=now)
    made = roster.plan_shift(
        by=by, employee=employee, starts_at=starts_at, ends_at=ends_at, kind=shift.kind, leads=shift.leads,
        reason=reason, now=now,
    )  # fmt: skip
    found = Cover.objects.create(absence=row, given_up=shift, taken_over=made, by=by, at=now)
    tell([employee], row, "shift_taken_over", now, shift=span(made.starts_at, made.ends_at))
    return found


def _was_begun(shift: Shift, now: datetime) -> bool:
    return shift.starts_at < now and Attendance.objects.filter(shift=shift).exists()
