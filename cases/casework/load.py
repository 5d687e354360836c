"""How many calls a quarter-hour usually brings: for agreeing to breaks (B2), for the roster's coverage (B3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from statistics import mean

from django.db.models import Count, IntegerField, Min, Q
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, ExtractMinute, Floor

from cases.casework.models import Case
from fregat.lib import clock

# PostgreSQL's EXTRACT is no whole number, nor is a fifteenth of it.
_QUARTER = Floor(ExtractMinute("opened_at", tzinfo=clock.KYIV) / 15, output_field=IntegerField())

WEEKS = 4
"""So many recent weeks are looked at for a break."""
FORECAST_WEEKS = 8
"""So many for the roster, each weekday apart."""
YEAR = timedelta(weeks=52)
SEASON_LEAST = 50
"""Fewer calls a year ago say nothing of the season."""
SEASON_BOUNDS = (0.5, 2.0)
"""A season changes the forecast by no more than this."""


def quarter_hours(now: datetime) -> Mapping[int, float]:
    """Quarter-hour of the day in Kyiv (0…95) → calls registered an hour, the mean of `WEEKS` weeks. One statement."""
    days = 7 * WEEKS
    rows = (
        Case.objects.filter(opened_at__gte=now - timedelta(days=days), opened_at__lt=now)
        .order_by()
        .annotate(hour=ExtractHour("opened_at", tzinfo=clock.KYIV))
        .annotate(quarter=_QUARTER)
        .values_list("hour", "quarter")
        .annotate(Count("id"))
    )
    return {hour * 4 + quarter: 4 * count / days for hour, quarter, count in rows}


def expected(days: Sequence[date], now: datetime) -> Mapping[date, Sequence[float]]:
    """Day → calls expected in each of its 96 quarter-hours. Three statements, however many days.

    The smoothed mean of the same weekday over `FORECAST_WEEKS` weeks, or over as many as there is history, times the
    season: how the weeks around the same date a year ago stood to those before them.
    """
    since = now - timedelta(weeks=FORECAST_WEEKS)
    calls = Case.objects.filter(opened_at__gte=since, opened_at__lt=now).order_by()
    rows = (
        calls.annotate(
            weekday=ExtractIsoWeekDay("opened_at", tzinfo=clock.KYIV),
            hour=ExtractHour("opened_at", tzinfo=clock.KYIV),
        )
        .annotate(quarter=_QUARTER)
        .values_list("weekday", "hour", "quarter")
        .annotate(Count("id"))
    )
    usual: dict[int, list[float]] = {}
    for weekday, hour, quarter, count in rows:
        usual.setdefault(weekday, [0.0] * 96)[hour * 4 + quarter] = count
    if not days or not usual:
        return {}
    factor = _season(days[0], now) / _weeks_known(since, now)
    smooth = {weekday: _smoothed(counts) for weekday, counts in usual.items()}
    return {day: [factor * count for count in smooth.get(day.isoweekday(), [])] for day in days}


def _smoothed(counts: Sequence[float]) -> list[float]:
    """Each quarter-hour the mean of the five around it: that a call came at 15:05 and not at 15:20 is chance."""
    return [mean(counts[max(0, place - 2) : place + 3]) for place in range(len(counts))]


def _weeks_known(since: datetime, now: datetime) -> int:
    """How many weeks of history there are, at most `FORECAST_WEEKS`: a house that is new divides by less."""
    first = Case.objects.filter(opened_at__gte=since, opened_at__lt=now).aggregate(at=Min("opened_at"))["at"]
    return min(FORECAST_WEEKS, ceil((now - first) / timedelta(weeks=1)))


def _season(day: date, now: datetime) -> float:
    """How many times as many calls as in the weeks before are usual around this date."""
    middle = now - YEAR + timedelta(days=(day - clock.local(now).date()).days)
    around = Q(opened_at__gte=middle - timedelta(weeks=2), opened_at__lt=middle + timedelta(weeks=2))
    before = Q(opened_at__gte=now - YEAR - timedelta(weeks=FORECAST_WEEKS), opened_at__lt=now - YEAR)
    found = Case.objects.filter(around | before).aggregate(
        around=Count("id", filter=around), before=Count("id", filter=before)
    )
    if min(found.values()) < SEASON_LEAST:
        return 1.0
    ratio = (found["around"] / 4) / (found["before"] / FORECAST_WEEKS)
    return min(max(ratio, SEASON_BOUNDS[0]), SEASON_BOUNDS[1])
