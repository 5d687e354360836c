"""What is counted, and how a share stands to its target. Plain tables; days are of the centre's calendar.

A figure counts things that happened, each on one day; a share says how many of them went as they should.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Figure:
    """One figure: its code and, for a share, the target in per cent until the head sets another."""

    code: str
    target: int | None = None
    never: bool = False
    """A number of what must not happen at all."""
    centre: bool = False
    """Of the whole centre, not of anybody's work: for those who see all of it."""

    @property
    def is_share(self) -> bool:
        """Counted against what there was; else a plain number."""
        return self.target is not None


FIGURES: tuple[Figure, ...] = (
    Figure("registered"),
    Figure("lapses", never=True),
    Figure("escalations", 95),
    Figure("promises", 95),
    Figure("handovers", 95),
    Figure("checks", 100),
    Figure("coverage", 95, centre=True),
    Figure("punctual", 95),
    Figure("came", 100),
    Figure("breaks", 90),
)
"""In the order of the page: the work, what must be known at once, what was promised, how the watch is kept."""

BY_CODE = {figure.code: figure for figure in FIGURES}

QUARTER = timedelta(minutes=15)

NEAR = 5
"""A share that misses its target by at most so many points is near it."""


@dataclass(frozen=True)
class Count:
    """What there was, and how much of it went as it should."""

    total: int = 0
    met: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.total + other.total, self.met + other.met)

    @property
    def share(self) -> float | None:
        """In per cent with one decimal, rounded down: 99.96 is not all; None: nothing was to be counted."""
        return self.met * 1000 // self.total / 10 if self.total else None


@dataclass(frozen=True)
class Day:
    """One day of a figure, and the target that held on it."""

    day: date
    count: Count
    target: int | None


def state(figure: Figure, count: Count, target: int | None) -> str:
    """`met`, `near`, `missed`; empty when there is nothing to say."""
    if figure.never:
        return "missed" if count.total else "met"
    share = count.share
    if target is None or share is None:
        return ""
    if share >= target:
        return "met"
    return "near" if share >= target - NEAR else "missed"


def total(days: Iterable[Day]) -> Count:
    """All days together."""
    return sum((day.count for day in days), Count())


def month_days(first: date, today: date) -> list[date]:
    """The days of the month that begins with `first`, none after `today`."""
    last = min(next_month(first) - timedelta(days=1), today)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def quarters_over(after: datetime, now: datetime) -> list[datetime]:
    """The beginnings of the quarter-hours since `after` that are over at `now`, the first first."""
    first = after.astimezone(UTC)
    number = int((now - first) / QUARTER)
    return [first + QUARTER * each for each in range(number)]


def floor(moment: datetime) -> datetime:
    """The beginning of the quarter-hour of a moment: the zone is whole quarter-hours from UTC."""
    moment = moment.astimezone(UTC)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def target_on(day: date, targets: Iterable[tuple[date, int]], default: int | None) -> int | None:
    """The target that held on a day: the latest set from that day or before, else the one of the table."""
    return max(((since, value) for since, value in targets if since <= day), default=(day, default))[1]
