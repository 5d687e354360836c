"""Targets are set (F5); quarter-hours that are over are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from cases.figures import rules
from cases.figures.models import Target, WatchedQuarter
from cases.figures.permissions import check_target
from cases.figures.selectors import present
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.attendance.models import Attendance
from shifts.coverage import selectors as coverage
from staff.employees.models import Employee

CATCH_UP = timedelta(days=2)
"""After a longer absence the quarter-hours before it stay unknown."""


@action
def set_target(
    *,
    by: Employee,
    figure: str,
    value: int,
    since: date,
    team: Employee | None = None,
    now: datetime | None = None,
) -> Target:
    """From the day `since` on, `value` per cent are expected of the figure. What was expected before stays so.

    `team`: the senior manager for whose team it is set; a team without one of its own follows the centre's.

    Raises NotAllowed, Invalid (`figure`, `value`, `since`), Conflict (one from that day is set already).
    """
    check_target(by, team)
    now = now or clock.now()
    errors = {}
    if figure not in rules.BY_CODE or not rules.BY_CODE[figure].is_share:
        errors["figure"] = _("This figure has no target.")
    elif rules.BY_CODE[figure].centre and team is not None:
        errors["figure"] = _("This figure is of the whole centre; a team has no target of its own.")
    if not 0 <= value <= 100:
        errors["value"] = _("A target is a share from 0 to 100 per cent.")
    if since < clock.local(now).date():
        errors["since"] = _("A day that has passed was judged by its target: choose today or a later day.")
    if errors:
        raise Invalid(errors)
    row: Target = Target.objects.create(
        figure=figure, value=value, since=since, team=team, set_by=by, set_at=now
    )
    return row


@action
def keep_quarters(*, now: datetime | None = None, back: timedelta = CATCH_UP) -> int:
    """Write down the quarter-hours that are over: how many people each needed, how many were there.

    Those of the last `back` that are missing, so that a program that was away forgets none. A quarter-hour is
    written once: its figures are those of the time. Before anybody began a shift there is nothing to keep.
    Returns how many were written. Two statements when there is nothing to write, else five and those of the
    demand.
    """
    now = now or clock.now()
    last = WatchedQuarter.objects.aggregate(last=Max("starts_at"))["last"]
    first = Attendance.objects.filter(begun_at__lte=now).aggregate(first=Min("begun_at"))["first"]
    if first is None:
        return 0
    since = max(rules.floor(now - back), rules.floor(first))
    over = rules.quarters_over(max(since, last + rules.QUARTER) if last else since, now)
    if not over:
        return 0
    days = sorted({clock.local(at).date() for at in over})
    needed, there = coverage.needed(days, now), present(over)
    rows = [WatchedQuarter(starts_at=at, needed=_of(needed, at), there=count) for at, count in there.items()]
    WatchedQuarter.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _of(needed: Mapping[date, Sequence[int]], at: datetime) -> int:
    local = clock.local(at)
    return needed[local.date()][local.hour * 4 + local.minute // 15]
