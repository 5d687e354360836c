"""One cell of the month: the usual day, the usual night, or nothing."""

from __future__ import annotations

from datetime import date, datetime

from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from shifts.roster import labels, permissions, rules
from shifts.roster.actions import parts
from shifts.roster.actions.shifts import cancel_shift, change_shift, plan_shift
from shifts.roster.models import Shift
from staff.employees.models import Employee


@action
def put(*, by: Employee, employee: Employee, day: date, kind: str, now: datetime | None = None) -> None:
    """Make the person's draft of a day the usual shift of a kind, or nothing (`kind` empty).

    Raises NotAllowed and Invalid as `plan_shift`; Conflict when the day has a published shift: that one is changed
    in its form, with a word why.
    """
    parts.lock_people(employee.pk)
    now = now or clock.now()
    permissions.check_plans_for(by, employee, now)
    if kind and kind not in rules.USUAL:
        raise Invalid.field("kind", labels.FAULTS["unknown_kind"])
    since, until = rules.day_span(day, clock.KYIV.key)
    rows = list(Shift.objects.planned().filter(employee=employee, starts_at__gte=since, starts_at__lt=until))
    if any(not row.is_draft for row in rows):
        raise Conflict(labels.FAULTS["published_cell"], code="published")
    if not kind:
        for row in rows:
            cancel_shift(by=by, shift_id=row.pk, reason="", now=now)
        return
    starts_at, ends_at = rules.usual_span(day, *rules.USUAL[kind])
    if len(rows) == 1:
        changes = {"starts_at": starts_at, "ends_at": ends_at, "kind": kind}
        change_shift(by=by, shift_id=rows[0].pk, changes=changes, now=now)
        return
    for row in rows:
        cancel_shift(by=by, shift_id=row.pk, reason="", now=now)
    plan_shift(
        by=by, employee=employee, starts_at=starts_at, ends_at=ends_at, kind=kind, draft=True, now=now
    )  # fmt: skip
