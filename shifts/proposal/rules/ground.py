"""What is asked of the program: people, shifts that could be planned, the need. And what it answers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shifts.roster.rules import (
    USUAL,
    RuleKind,
    Span,
    Terms,
    Timeline,
    broken_through,
    next_month,
    norm,
    usual_span,
    worse,
)

QUARTER = timedelta(minutes=15)
DAY_HOURS = 8
"""Hours that a working day of an absence takes from the norm of the month."""
Shape = tuple[str, time, time]
"""Kind, from when, to when: a shift of a day."""
USUAL_SHAPES: tuple[Shape, ...] = tuple((kind, *times) for kind, times in USUAL.items())


@dataclass(frozen=True)
class Slot:
    """A shift that could be planned."""

    day: date
    span: Span


@dataclass(frozen=True)
class Person:
    """Somebody for whom shifts are proposed."""

    id: int
    target: float
    """Hours of the month that would be fair."""
    standing: tuple[Span, ...] = ()
    """What is planned for them already, around the month too: it stays."""
    away: frozenset[date] = frozenset()
    """Days of absence, and those that they have said they cannot work."""
    wishes: Mapping[date, str] = field(default_factory=dict)
    """Day → `off`, `day`, `night`."""
    skills: frozenset[str] = frozenset()
    """Projects, and languages as `lang:en`."""
    answers: bool = True
    """Takes calls: counts against the need."""
    leading: tuple[tuple[datetime, datetime], ...] = ()
    """When they may lead a shift; a shift is led as a whole (ADR 0006)."""

    def may_lead(self, span: Span) -> bool:
        """From its beginning to its end?"""
        return any(since <= span.starts_at and span.ends_at <= until for since, until in self.leading)


@dataclass(frozen=True)
class Planned:
    """A shift that stands already, whoever works it."""

    starts_at: datetime
    ends_at: datetime
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """A month to be proposed."""

    month: date
    people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    quarters: tuple[datetime, ...]
    needed: tuple[int, ...]
    """People in each of the quarter-hours."""
    planned: tuple[Planned, ...] = ()
    timeline: Timeline = ()
    zone: str = "Europe/Kyiv"
    led: tuple[tuple[datetime, datetime], ...] = ()
    """When somebody leads already, whoever it is."""

    @property
    def unled(self) -> list[int]:
        """Places of the quarter-hours in which people are needed and nobody leads yet (JD I.5: somebody must)."""
        led = covering(self.led, self.quarters)
        return [at for at, need in enumerate(self.needed) if need and not led[at]]

    @property
    def strictest(self) -> dict[RuleKind, Terms]:
        """The strictest terms of each rule that hold in the month or near it: a proposal keeps them all."""
        first, last = self.month - timedelta(days=8), next_month(self.month) + timedelta(days=8)
        found: dict[RuleKind, Terms] = {}
        for index, (since, terms) in enumerate(self.timeline):
            until = self.timeline[index + 1][0] if index + 1 < len(self.timeline) else date.max
            if since < last and until > first:
                for kind, one in terms.items():
                    found[kind] = _stricter(kind, found.get(kind), one)
        return found

    def day(self, moment: datetime) -> date:
        """The day on the centre's wall clock."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


Chosen = Sequence[tuple[int, int]]
"""Person (their place in the question), slot (its place)."""


@dataclass(frozen=True)
class Answer:
    """What was found, and how good it is."""

    chosen: tuple[tuple[int, int], ...]
    cost: float
    """The lower the better; see `solver`."""
    bound: float
    """No roster costs less."""
    first: float
    """Seconds until the first answer."""
    best: float
    """Seconds until this one."""
    leading: tuple[tuple[int, int], ...] = ()
    """Those of the chosen that lead."""

    @property
    def is_best(self) -> bool:
        """Nothing better is possible, to a hundredth."""
        return self.cost <= self.bound * 1.01 + 1


def slots_of(month: date, shapes: Sequence[Shape], now: datetime, zone: str = "Europe/Kyiv") -> list[Slot]:
    """The shifts of these shapes that begin in the month and have not begun."""
    found, day = [], month
    while day < next_month(month):
        for kind, starts, ends in shapes:
            span = Span(*usual_span(day, starts, ends, zone), kind)
            if span.starts_at > now:
                found.append(Slot(day, span))
        day += timedelta(days=1)
    return found


def covering(spans: Sequence[tuple[datetime, datetime]], quarters: Sequence[datetime]) -> list[list[int]]:
    """Which of the spans cover each quarter-hour whole."""
    found: list[list[int]] = [[] for _quarter in quarters]
    for index, (starts_at, ends_at) in enumerate(spans):
        first, after = bisect_left(quarters, starts_at), bisect_right(quarters, ends_at - QUARTER)
        for at in range(first, after):
            found[at].append(index)
    return found


def target(month: date, week_hours: float, pattern_hours: float | None, days_away: frozenset[date]) -> float:
    """Fair hours of a month: the norm, or the pattern's when that is less (part time), without the working days of
    absence."""
    hours = norm(month, week_hours)
    if pattern_hours:
        hours = min(hours, pattern_hours)
    lost = sum(1 for day in days_away if day.replace(day=1) == month and day.weekday() < 5)
    return max(0.0, hours - lost * DAY_HOURS)


def can_work(question: Question, person: Person, slot: Slot) -> bool:
    """Is the person there on all days that the shift touches?"""
    last = question.day(slot.span.ends_at - timedelta(microseconds=1))
    return slot.day not in person.away and last not in person.away


def spans_of(question: Question, chosen: Chosen) -> dict[int, list[Span]]:
    """Everybody's shifts with those chosen, in order, by the person's place."""
    found = {place: list(person.standing) for place, person in enumerate(question.people)}
    for place, slot in chosen:
        found[place].append(question.slots[slot].span)
    return {place: sorted(spans, key=lambda span: span.starts_at) for place, spans in found.items()}


def breaks(question: Question, person: Person, spans: Sequence[Span]) -> list[RuleKind]:
    """Which rules these shifts break that what stands alone kept: asked of the roster's own rules."""
    before = broken_through(person.standing, question.timeline, question.zone)
    return [one.kind for one in worse(before, broken_through(spans, question.timeline, question.zone))]


def _stricter(kind: RuleKind, one: Terms | None, other: Terms) -> Terms:
    if one is None or not one.on:
        return other
    if not other.on:
        return one
    least = kind in {RuleKind.REST, RuleKind.WEEK}
    return one if (one.limit >= other.limit) is least else other
