"""The last step in the drafts taken back, by the history that the database keeps."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext

from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict
from shifts.roster import labels, permissions
from shifts.roster.actions import parts
from shifts.roster.models import Shift, ShiftEvent
from staff.employees.models import Employee

BACK = timedelta(hours=1)
"""How long ago a step may lie that is taken back."""
_FIELDS = (
    "starts_at",
    "ends_at",
    "kind",
    "leads",
    "local_start",
    "local_end",
    "cancelled_at",
    "cancelled_by_id",
    "reason",
)


@action
def undo(*, by: Employee, now: datetime | None = None) -> int:
    """Take back what `by` did last in drafts; a second time brings it again. Returns how many shifts it was.

    A step is what one request wrote. Raises NotAllowed; Conflict when there is none, or when somebody has changed
    one of its shifts since, or published it.
    """
    permissions.check_plans_at_all(by)
    now = now or clock.now()
    recent = ShiftEvent.objects.filter(pgh_context__user=by.pk, pgh_created_at__gt=now - BACK)
    last = recent.order_by("-pgh_id").first()
    if last is None or last.pgh_context_id is None:
        raise Conflict(labels.FAULTS["nothing_to_undo"], code="nothing_to_undo")
    step = ShiftEvent.objects.filter(pgh_context_id=last.pgh_context_id)
    ids = set(step.values_list("pgh_obj_id", flat=True))
    parts.lock_people(*Shift.objects.filter(pk__in=ids).values_list("employee", flat=True).distinct())
    rows = list(Shift.objects.filter(pk__in=ids).select_for_update(of=("self",)))
    first = step.order_by("pgh_id").values_list("pgh_id", flat=True)[0]
    later = ShiftEvent.objects.filter(pgh_obj_id__in=ids, pgh_id__gt=first).exclude(
        pgh_context_id=last.pgh_context_id
    )
    if later.exists() or any(not row.is_draft for row in rows):
        raise Conflict(labels.FAULTS["changed_since"], code="changed_since")
    before = ShiftEvent.objects.filter(pgh_obj_id__in=ids, pgh_id__lt=first).order_by("pgh_obj_id", "-pgh_id")
    stood = {event.pgh_obj_id: event for event in before.distinct("pgh_obj_id")}
    for row in rows:
        _restore(row, stood.get(row.pk), by, now)
    # First what frees a time, then what takes it.
    for gone in (True, False):
        part = [row for row in rows if row.is_cancelled is gone]
        Shift.objects.bulk_update(part, [name.removesuffix("_id") for name in _FIELDS], batch_size=500)
    Shift.objects.filter(pk__in=ids).update(version=F("version") + 1)
    live.publish("board", "shift")
    return len(rows)


def _restore(row: Shift, event: ShiftEvent | None, by: Employee, now: datetime) -> None:
    """As it stood before the step; what the step made is withdrawn."""
    if event is None:
        row.cancelled_at, row.cancelled_by, row.reason = now, by, gettext("Draft withdrawn")
        return
    for name in _FIELDS:
        setattr(row, name, getattr(event, name))
