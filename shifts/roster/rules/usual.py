"""The usual shifts of the centre, which one key plans, and the month as the piece of a roster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from shifts.roster.rules.walls import WALL, readings, recomputed

USUAL: Mapping[str, tuple[time, time]] = {"day": (time(8), time(20)), "night": (time(20), time(8))}
"""Kind → from when to when; an end not after the beginning is on the next day."""


def usual_span(day: date, starts: time, ends: time, zone: str = "Europe/Kyiv") -> tuple[datetime, datetime]:
    """The instants of a shift that begins on a day at these wall times. In a repeated hour the first is meant."""
    last = day if ends > starts else day + timedelta(days=1)
    return _instant(day, starts, zone), _instant(last, ends, zone)


def _instant(day: date, at: time, zone: str) -> datetime:
    local = datetime.combine(day, at).strftime(WALL)
    moments = readings(local, zone)
    return moments[0] if moments else recomputed(local, zone, datetime.max.replace(tzinfo=UTC))


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
