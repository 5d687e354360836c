"""Shifts follow the rules of their zone."""

from __future__ import annotations

from datetime import datetime, timedelta

from fregat.lib import clock
from fregat.lib.db import action
from shifts.roster import rules
from shifts.roster.actions import parts
from shifts.roster.models import Shift

_AT_ONCE = timedelta(minutes=1)
"""A running shift whose end has passed by the new rules ends so soon: its cases are handed over as at any end."""


@action
def recompute(*, now: datetime | None = None) -> list[Shift]:
    """Give shifts that have not ended the instants that their wall times have under the zone's rules of today.

    A running one began when it began; people go home by the clock on the wall, so its end follows, and the check
    and the handover with it. Run after an update of the zone data. Returns the shifts that moved. Those that move
    later are written from the last to the first and the others the other way round, so that neighbours do not meet
    on the way.
    """
    now = now or clock.now()
    rows = Shift.objects.planned().filter(ends_at__gt=now).select_for_update(of=("self",))
    moved: list[tuple[Shift, rules.Plan]] = []
    for shift in rows.select_related("employee").order_by("starts_at", "id"):
        starts_at = _by_the_wall(shift.local_start, shift.zone, shift.starts_at)
        ends_at = _by_the_wall(shift.local_end, shift.zone, shift.ends_at)
        if shift.starts_at <= now:
            starts_at, ends_at = shift.starts_at, max(ends_at, now + _AT_ONCE)
        if (starts_at, ends_at) != (shift.starts_at, shift.ends_at):
            moved.append((shift, rules.Plan(starts_at, ends_at, shift.kind, shift.leads)))
    later = [pair for pair in reversed(moved) if pair[1].starts_at > pair[0].starts_at]
    earlier = [pair for pair in moved if pair[1].starts_at <= pair[0].starts_at]
    for shift, plan in [*later, *earlier]:
        shift.starts_at, shift.ends_at = plan.starts_at, plan.ends_at
        shift.version += 1
        shift.save(update_fields=["starts_at", "ends_at", "version"])
        parts.announce(shift, None, now)
    return [shift for shift, _plan in moved]


def _by_the_wall(local: str, zone: str, planned: datetime) -> datetime:
    """One that still shows its wall time stays to the second: a shift may have been cut off in the middle of a
    minute."""
    return planned if rules.wall(planned, zone) == local else rules.recomputed(local, zone, planned)
