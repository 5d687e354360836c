"""Patterns: a sequence of days, nights and days off that goes round (JD II.11, B3).

Written as people say it: `Д Д Н Н - -`, `Д9-18 Д9-18 Д9-18 Д9-18 Д9-18 - -`, `5Д 2-`, in either alphabet. A sequence of
seven that begins on a Monday is a week.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shifts.roster.rules.labour import Broken, Span, Timeline, broken_through, worse
from shifts.roster.rules.shape import length
from shifts.roster.rules.usual import USUAL, usual_span

LONGEST_PATTERN = 56
"""Days of a sequence: eight weeks."""
_LETTERS = {
    "d": "day", "д": "day", "n": "night", "н": "night", "-": "", "–": "", "—": "", "о": "", "o": "", "в": "",
}  # fmt: skip
_STEP = re.compile(
    r"(?P<times>\d{1,2})?(?P<letter>[dдnнoов–—-])"
    r"(?:(?P<from>\d{1,2}(?::\d\d)?)[-–](?P<to>\d{1,2}(?::\d\d)?))?"
)


@dataclass(frozen=True)
class Step:
    """One day of a pattern; `kind` empty: off."""

    kind: str
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True)
class Planned:
    """A shift that a pattern makes."""

    day: date
    span: Span


@dataclass
class Made:
    """What a pattern makes of a month: shifts, days left as they are and why, rules that it breaks."""

    shifts: list[Planned] = field(default_factory=list)
    planned: list[date] = field(default_factory=list)
    """Days on which something stands already."""
    unavailable: list[date] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    @property
    def hours(self) -> float:
        """Of the shifts made, true hours."""
        return sum(length(one.span.starts_at, one.span.ends_at).total_seconds() for one in self.shifts) / 3600


def read_pattern(text: str) -> list[Step]:
    """The steps of a written pattern. Raises ValueError with a code of `labels.FAULTS`."""
    steps: list[Step] = []
    for word in text.lower().replace(",", " ").split():
        found = _STEP.fullmatch(word)
        if found is None:
            raise ValueError("pattern_unreadable")
        steps += [_step(found)] * int(found["times"] or 1)
        if len(steps) > LONGEST_PATTERN:
            raise ValueError("pattern_too_long")
    if not any(step.kind for step in steps):
        raise ValueError("pattern_empty")
    return steps


def write_pattern(steps: Iterable[Step], signs: Mapping[str, str]) -> str:
    """The same pattern in one way of writing; `signs`: the letters of the kinds."""
    return " ".join(f"{signs[step.kind]}{_hours(step)}" if step.kind else "-" for step in steps)


def days_of(steps: Sequence[Step], starts_on: date, first: date, until: date) -> Iterator[tuple[date, Step]]:
    """The working days of a pattern that begins on a day, from `first` to before `until`."""
    day = max(first, starts_on)
    while day < until:
        step = steps[(day - starts_on).days % len(steps)]
        if step.kind:
            yield day, step
        day += timedelta(days=1)


def make(
    days: Iterable[tuple[date, Step]],
    standing: Sequence[Span],
    unavailable: frozenset[date],
    timeline: Timeline,
    now: datetime,
) -> Made:
    """What these days come to beside what stands already: nothing that overlaps it, lies in the past, or falls on
    a day that the person has said they cannot work."""
    made = Made()
    for day, step in days:
        starts, ends = USUAL[step.kind]
        starts_at, ends_at = usual_span(day, step.starts or starts, step.ends or ends)
        if starts_at <= now:
            continue
        if any(span.starts_at < ends_at and span.ends_at > starts_at for span in standing):
            made.planned.append(day)
        elif day in unavailable:
            made.unavailable.append(day)
        else:
            made.shifts.append(Planned(day, Span(starts_at, ends_at, step.kind)))
    after = sorted([*standing, *(one.span for one in made.shifts)], key=lambda span: span.starts_at)
    made.broken = worse(broken_through(standing, timeline), broken_through(after, timeline))
    return made


def _step(found: re.Match[str]) -> Step:
    kind = _LETTERS[found["letter"]]
    if not found["from"]:
        return Step(kind)
    if not kind:
        raise ValueError("pattern_unreadable")
    starts, ends = _time(found["from"]), _time(found["to"])
    if starts == ends:
        raise ValueError("pattern_unreadable")
    return Step(kind) if (starts, ends) == USUAL[kind] else Step(kind, starts, ends)


def _time(text: str) -> time:
    hour, _colon, minute = text.partition(":")
    try:
        return time(int(hour) % 24 if hour == "24" else int(hour), int(minute or 0))
    except ValueError:
        raise ValueError("pattern_unreadable") from None


def _hours(step: Step) -> str:
    if step.starts is None or step.ends is None:
        return ""
    return "-".join(
        f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour) for at in (step.starts, step.ends)
    )
