"""Working time and rest: what the Labour Code of Ukraine and the centre ask of a person's roster.

Source: Кодекс законів про працю України (322-VIII).
- Art. 50: at most 40 hours a week; art. 61: where work never stops the hours are summed, and it is the
  accounting period (here a calendar month) whose normal number of hours must not be exceeded.
- Art. 54: night is from 22:00 to 06:00. The code shortens a night shift by an hour except where work never stops,
  and sets no largest number; the centre's own limit of night hours and of nights in a row is a rule beside it.
- Art. 59: the rest between shifts is at least twice the time worked in the shift before it, lunch included, and
  nobody works two shifts in a row.
- Art. 70: the uninterrupted rest of a week is at least 42 hours. Under martial law an employer may shorten it to
  24 (2136-IX, art. 6), the week may grow to 60 hours at critical infrastructure, and holidays (art. 73) take
  nothing from the norm: for that the limits are data, each from its day on.

All of them are soft: a reason, kept with the shift, overrides them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shifts.roster.rules.shape import length
from shifts.roster.rules.usual import next_month
from shifts.roster.rules.walls import day_span

NIGHT_FROM, NIGHT_TO = time(22), time(6)
WORKING_DAYS = 5
"""Days of the week by which the norm of a month is counted: Monday to Friday (art. 52)."""
_WEEK = timedelta(days=7)
_REACH = timedelta(days=8)
"""How far around its month a shift can touch a rule: a week's rest and a shift's length."""


class RuleKind(StrEnum):
    """What is asked."""

    REST = "rest"
    MONTH = "month_hours"
    WEEK = "week_rest"
    NIGHT = "night_hours"
    NIGHTS = "nights_in_a_row"


@dataclass(frozen=True)
class Terms:
    """The terms of a rule from a day on. `limit` is in the unit of its kind (see `LAW`)."""

    limit: float
    on: bool = True


@dataclass(frozen=True)
class Law:
    """A kind: what holds when nobody has said otherwise, and between what the limit may be set."""

    limit: float
    lowest: float
    highest: float
    article: str = ""
    """Of the Labour Code; empty for the centre's own rule."""


LAW: Mapping[RuleKind, Law] = {
    RuleKind.REST: Law(2, 0.5, 5, "59"),  # times the shift before
    RuleKind.MONTH: Law(40, 20, 60, "50, 61"),  # hours a week on average over the month
    RuleKind.WEEK: Law(42, 24, 72, "70"),  # hours without a shift
    RuleKind.NIGHT: Law(96, 8, 240),  # hours between 22:00 and 06:00 in a month
    RuleKind.NIGHTS: Law(3, 1, 14),  # night shifts
}


@dataclass(frozen=True)
class Span:
    """A shift in a person's roster."""

    starts_at: datetime
    ends_at: datetime
    kind: str = "day"


@dataclass(frozen=True)
class Work:
    """One person's shifts in order, and the rules that hold for them."""

    spans: Sequence[Span]
    terms: Mapping[RuleKind, Terms]
    zone: str = "Europe/Kyiv"

    def day(self, moment: datetime) -> date:
        """The day on the centre's wall clock."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True)
class Broken:
    """A rule that is not kept: which, at which shift, what there is and what is needed.

    `at` is the shift that breaks it; `key` is the same for the same fault before and after a change.
    """

    kind: RuleKind
    key: tuple[RuleKind, date | datetime]
    at: Span
    have: float
    need: float
    """Hours; for nights in a row their number."""

    @property
    def over(self) -> float:
        """How badly it is broken."""
        return abs(self.have - self.need)


Timeline = Sequence[tuple[date, Mapping[RuleKind, Terms]]]
"""Terms of every kind, each from its day on, earliest first."""


def terms_of_law() -> dict[RuleKind, Terms]:
    """What holds when nobody has changed anything."""
    return {kind: Terms(law.limit) for kind, law in LAW.items()}


def fault_in_terms(kind: str, limit: float) -> str:
    """Why these terms cannot be set: a code of `labels`, or nothing."""
    law = LAW.get(kind)  # type: ignore[call-overload]
    if law is None:
        return "unknown_rule"
    return "" if law.lowest <= limit <= law.highest else "limit_out_of_range"


def surroundings(
    starts_at: datetime, ends_at: datetime, zone: str = "Europe/Kyiv"
) -> tuple[datetime, datetime]:
    """The span of time whose shifts can break a rule together with one from `starts_at` to `ends_at`."""
    place = ZoneInfo(zone)
    first = starts_at.astimezone(place).date().replace(day=1)
    last = next_month(ends_at.astimezone(place).date())
    since, until = day_span(first, zone)[0], day_span(last, zone)[0]
    return since - _REACH, until + _REACH


def broken(work: Work) -> list[Broken]:
    """Every rule that these shifts do not keep, by time. Time around them counts as free."""
    found: list[Broken] = []
    if not work.spans:
        return found
    for kind, check in _CHECKS.items():
        terms = work.terms[kind]
        if terms.on:
            found += check(work, terms.limit)
    return sorted(found, key=lambda one: (one.at.starts_at, one.kind))


def broken_through(spans: Sequence[Span], timeline: Timeline, zone: str = "Europe/Kyiv") -> list[Broken]:
    """The same where the terms change meanwhile: each fault by the terms of its day."""
    found: list[Broken] = []
    for index, (since, terms) in enumerate(timeline):
        until = timeline[index + 1][0] if index + 1 < len(timeline) else date.max
        work = Work(spans, terms, zone)
        if (
            spans
            and since < until
            and work.day(spans[-1].starts_at) >= since
            and work.day(spans[0].starts_at) < until
        ):
            found += [one for one in broken(work) if since <= work.day(one.at.starts_at) < until]
    return found


def worse(before: Iterable[Broken], after: Iterable[Broken]) -> list[Broken]:
    """What a change breaks, or breaks worse than it was."""
    was = {one.key: one.over for one in before}
    return [one for one in after if one.over > was.get(one.key, 0)]


def norm(month: date, week_hours: float) -> float:
    """Normal hours of a month by its calendar: a fifth of the week's for each day from Monday to Friday."""
    return working_days(month) * week_hours / WORKING_DAYS


def working_days(month: date) -> int:
    """Days from Monday to Friday in the month of this day."""
    first = month.replace(day=1)
    days = (next_month(first) - first).days
    return sum((first + timedelta(days=index)).weekday() < WORKING_DAYS for index in range(days))


def night_length(starts_at: datetime, ends_at: datetime, zone: str = "Europe/Kyiv") -> timedelta:
    """How much of the span lies in the night, by instants: a night of the clock change has 7 or 9 hours."""
    place, found = ZoneInfo(zone), timedelta(0)
    day = starts_at.astimezone(place).date() - timedelta(days=1)
    while day <= ends_at.astimezone(place).date():
        begins = datetime.combine(day, NIGHT_FROM, place).astimezone(UTC)
        ends = datetime.combine(day + timedelta(days=1), NIGHT_TO, place).astimezone(UTC)
        found += max(min(ends, ends_at) - max(begins, starts_at), timedelta(0))
        day += timedelta(days=1)
    return found


# --- The checks ----------------------------------------------------------------------------------------


def _rest(work: Work, times: float) -> Iterator[Broken]:
    for before, span in zip(work.spans, work.spans[1:], strict=False):
        need = _hours(length(before.starts_at, before.ends_at)) * times
        have = _hours(length(before.ends_at, span.starts_at))
        if have < need:
            yield Broken(RuleKind.REST, (RuleKind.REST, span.starts_at), span, have, need)


def _month_hours(work: Work, week_hours: float) -> Iterator[Broken]:
    for month, spans in _by_month(work):
        have = sum(_hours(length(span.starts_at, span.ends_at)) for span in spans)
        need = norm(month, week_hours)
        if have > need:
            yield Broken(RuleKind.MONTH, (RuleKind.MONTH, month), spans[-1], have, need)


def _night_hours(work: Work, limit: float) -> Iterator[Broken]:
    for month, spans in _by_month(work):
        have = sum(_hours(night_length(span.starts_at, span.ends_at, work.zone)) for span in spans)
        if have > limit:
            last = next(span for span in reversed(spans) if night_length(span.starts_at, span.ends_at))
            yield Broken(RuleKind.NIGHT, (RuleKind.NIGHT, month), last, have, limit)


def _week_rest(work: Work, limit: float) -> Iterator[Broken]:
    """A rest of so many hours belongs to the week that holds its middle; one of the longest may serve two weeks."""
    gaps, half = list(_gaps(work.spans)), timedelta(hours=limit / 2)
    weeks: dict[date, Span] = {}
    for span in work.spans:
        day = work.day(span.starts_at)
        weeks[day - timedelta(days=day.weekday())] = span
    for monday, last in weeks.items():
        since, until = day_span(monday, work.zone, 7)
        if any(
            begins + half <= ends - half and begins + half < until and ends - half >= since
            for begins, ends in gaps
        ):
            continue
        longest = max(_hours(_belongs(begins, ends, since, until)) for begins, ends in gaps)
        yield Broken(RuleKind.WEEK, (RuleKind.WEEK, monday), last, longest, limit)


def _belongs(begins: datetime, ends: datetime, since: datetime, until: datetime) -> timedelta:
    """The part of a rest that belongs to a week: all of it when the week holds its middle."""
    if since <= begins + (ends - begins) / 2 < until:
        return ends - begins
    return min(ends, until) - max(begins, since)


def _nights_in_a_row(work: Work, limit: float) -> Iterator[Broken]:
    count, before = 0, None
    for span in work.spans:
        day = work.day(span.starts_at)
        if span.kind != "night":
            continue
        count = count + 1 if before is not None and day - before <= timedelta(days=1) else 1
        before = day
        if count > limit:
            yield Broken(RuleKind.NIGHTS, (RuleKind.NIGHTS, span.starts_at), span, count, limit)


_CHECKS = {
    RuleKind.REST: _rest,
    RuleKind.MONTH: _month_hours,
    RuleKind.WEEK: _week_rest,
    RuleKind.NIGHT: _night_hours,
    RuleKind.NIGHTS: _nights_in_a_row,
}


def _gaps(spans: Sequence[Span]) -> Iterator[tuple[datetime, datetime]]:
    """Free time between the shifts, with a week before the first and after the last."""
    ends = spans[0].starts_at - _WEEK
    for span in spans:
        yield ends, span.starts_at
        ends = span.ends_at
    yield ends, ends + _WEEK


def _by_month(work: Work) -> Iterable[tuple[date, list[Span]]]:
    """A shift belongs to the month in which it begins."""
    found: dict[date, list[Span]] = {}
    for span in work.spans:
        found.setdefault(work.day(span.starts_at).replace(day=1), []).append(span)
    return found.items()


def _hours(length: timedelta) -> float:
    return length.total_seconds() / 3600
