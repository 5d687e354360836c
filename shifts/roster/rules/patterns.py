"""Patterns: a sequence of days, nights and days off that goes round (JD II.11, B3).

Written as people say it: `Д Д Н Н - -`, `Д9-18 Д9-18 Д9-18 Д9-18 Д9-18 - -`, `5Д 2-`, in either alphabet. A sequence of
seven that begins on a Monday is a week. A star makes the shift a leading one: `Д* Н* - -`.
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
    r"(?:(?P<from>\d{1,2}(?::\d\d)?)[-–](?P<to>\d{1,2}(?::\d\d)?))?(?P<leads>\*)?"
)


@dataclass(frozen=True)
class Step:
    """One day of a pattern; `kind` empty: off."""

    kind: str
    starts: time | None = None
    ends: time | None = None
    leads: bool = False


@dataclass(frozen=True)
class Planned:
    """A shift that a pattern makes."""

    day: date
    span: Span
    leads: bool = False


@dataclass
class Made:
    """What a pattern makes of a month: shifts, days left as they are and why, rules that it breaks."""

    shifts: list[Planned] = field(default_factory=list)
    planned: list[date] = field(default_factory=list)
    """Days on which something stands already."""
    unavailable: list[date] = field(default_factory=list)
    led_by_other: list[date] = field(default_factory=list)
    """Days on which the shift was to lead, and somebody else leads already: it is made, and does not lead."""
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
    return " ".join(
        f"{signs[step.kind]}{_hours(step)}{'*' if step.leads else ''}" if step.kind else "-" for step in steps
    )


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
    led: Sequence[Span] | None = None,
) -> Made:
    """What these days come to beside what stands already: nothing that overlaps it, lies in the past, or falls on
    a day that the person has said they cannot work.

    `led`: when somebody leads already; None for a person who may not lead, whose shifts do not either.
    """
    made = Made()
    for day, step in days:
        starts, ends = USUAL[step.kind]
        starts_at, ends_at = usual_span(day, step.starts or starts, step.ends or ends)
        if starts_at <= now:
            continue
        if _over(standing, starts_at, ends_at):
            made.planned.append(day)
        elif day in unavailable:
            made.unavailable.append(day)
        else:
            leads = step.leads and led is not None
            if leads and _over(led or (), starts_at, ends_at):
                made.led_by_other.append(day)
                leads = False
            made.shifts.append(Planned(day, Span(starts_at, ends_at, step.kind), leads))
    after = sorted([*standing, *(one.span for one in made.shifts)], key=lambda span: span.starts_at)
    made.broken = worse(broken_through(standing, timeline), broken_through(after, timeline))
    return made


def _over(spans: Iterable[Span], starts_at: datetime, ends_at: datetime) -> bool:
    return any(span.starts_at < ends_at and span.ends_at > starts_at for span in spans)


def _step(found: re.Match[str]) -> Step:
    kind, leads = _LETTERS[found["letter"]], bool(found["leads"])
    if not kind and (found["from"] or leads):
        raise ValueError("pattern_unreadable")
    if not found["from"]:
        return Step(kind, leads=leads)
    starts, ends = _time(found["from"]), _time(found["to"])
    if starts == ends:
        raise ValueError("pattern_unreadable")
    usual = (starts, ends) == USUAL[kind]
    return Step(kind, leads=leads) if usual else Step(kind, starts, ends, leads)


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
