"""The read side: what a day needs and has, a fortnight at a glance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fregat.lib import clock
from fregat.lib.rights import Role
from shifts.coverage import registry, rules
from shifts.coverage.models import ServiceGoal
from shifts.roster.models import Shift
from shifts.roster.rules import day_span

_QUARTER = timedelta(minutes=rules.QUARTER)

DAYS = 14
"""The days at a glance."""
ANSWERING = (Role.OPERATOR, Role.DOCTOR)
"""Who takes calls on shift (C7)."""


@dataclass(frozen=True)
class Day:
    """A day at a glance."""

    day: date
    short: float
    """Hours of work that are lacking."""


@dataclass(frozen=True)
class Page:
    """`/roster/coverage/`."""

    day: date
    spans: Sequence[rules.Span]
    days: Sequence[Day]
    goal: rules.Goal
    goals: Sequence[ServiceGoal]

    @property
    def calls(self) -> float:
        """Expected on the day."""
        return sum(span.calls * (span.after - span.first) / 4 for span in self.spans)

    @property
    def knows(self) -> bool:
        """There is a history to expect anything from."""
        return any(span.calls for span in self.spans)


def page(day: date, first: date, now: datetime) -> Page:
    """The day, and the fortnight that begins with `first`. Three statements, and those of the demand."""
    days = [first + timedelta(days=number) for number in range(DAYS)]
    wanted = sorted({day, *days})
    goals = list(ServiceGoal.objects.select_related("set_by"))
    demand, planned = registry.demand(wanted, now), _planned(wanted)
    judged = {one: _judged(one, demand, planned, _goal(goals, one)) for one in wanted}
    glance = [Day(one, sum(quarter.short for quarter in judged[one]) / 4) for one in days]
    return Page(day, rules.spans(judged[day]), glance, _goal(goals, day), goals)


def needed(days: Sequence[date], now: datetime) -> dict[date, list[int]]:
    """People that each quarter-hour of these days needs by the goal of its day. One statement, and the demand's."""
    goals = list(ServiceGoal.objects.all())
    demand = registry.demand(days, now)
    found = {}
    for day in days:
        calls, goal = demand.get(day) or [0.0] * rules.QUARTERS, _goal(goals, day)
        found[day] = [rules.needed(round(expected, 3), goal) for expected in calls]
    return found


def needs(days: Sequence[date], now: datetime) -> dict[datetime, int]:
    """The same by the beginning of each quarter-hour."""
    by_day = needed(days, now)
    return {at: people for day in days for at, people in zip(_quarters(day), by_day[day], strict=True)}


def _judged(
    day: date, demand: Mapping[date, Sequence[float]], planned: Mapping[date, Sequence[int]], goal: rules.Goal
) -> list[rules.Quarter]:
    calls = demand.get(day) or [0.0] * rules.QUARTERS
    pairs = zip(calls, planned[day], strict=True)
    return [rules.judge(number, expected, people, goal) for number, (expected, people) in enumerate(pairs)]


def _goal(goals: Iterable[ServiceGoal], day: date) -> rules.Goal:
    """The latest set from that day or before; the rows come latest first."""
    return next((row.as_rule for row in goals if row.since <= day), rules.Goal())


def _planned(days: Sequence[date]) -> dict[date, list[int]]:
    """People planned in each quarter-hour, by whole quarter-hours: who comes at 8:10 is there from 8:15."""
    zone = str(clock.KYIV)
    since, until = day_span(days[0], zone)[0], day_span(days[-1], zone)[1]
    shifts = Shift.objects.overlapping(since, until).filter(employee__role__in=ANSWERING)
    edges = [(a, b) for a, b in shifts.values_list("starts_at", "ends_at") if b - a >= _QUARTER]
    begun, ended = sorted(a for a, _b in edges), sorted(b for _a, b in edges)
    return {
        day: [bisect_right(begun, at) - bisect_left(ended, at + _QUARTER) for at in _quarters(day)]
        for day in days
    }


def _quarters(day: date) -> list[datetime]:
    """The beginnings of the 96 quarter-hours of the wall clock, as instants."""
    start = datetime.combine(day, time(), clock.KYIV)
    return [(start + _QUARTER * number).astimezone(UTC) for number in range(rules.QUARTERS)]
