"""When a break may be (JD I.7, B2). Plain rules on instants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shifts.roster.rules import instant

LENGTHS = {"lunch": timedelta(minutes=60), "short": timedelta(minutes=15)}
"""Kinds of break and how long each is: the lunch break is one hour (JD I.7)."""
LUNCH = "lunch"
QUARTER = timedelta(minutes=15)
"""The step of the load and of the times that are offered."""
GRACE = timedelta(minutes=10)
"""So much before its agreed time a break may begin."""
REASON_MAX = 2000


class Ready(StrEnum):
    """How ready somebody is for a case."""

    TAKES = "takes"
    AWAY = "away"
    FINISHING = "finishing"
    """The check at the end of the shift has begun (B4)."""
    OFF = "off"


class Work(StrEnum):
    """What somebody may be offered."""

    CALL = "call"
    """A new case: the next call."""
    CASE = "case"
    """A case that is open already and passes on."""


OFFERED: Mapping[Work, frozenset[Ready]] = {
    Work.CALL: frozenset({Ready.TAKES}),
    Work.CASE: frozenset({Ready.TAKES, Ready.FINISHING}),
}
"""Who is offered what: the one table. Cases go to the head, the last resort, however ready (`selectors.why_not`)."""


def ready(check_at: datetime | None, now: datetime, *, away: bool) -> Ready:
    """How ready somebody is whose check begins at `check_at`; None: they are not on duty."""
    if check_at is None:
        return Ready.OFF
    if away:
        return Ready.AWAY
    return Ready.FINISHING if instant(now) >= instant(check_at) else Ready.TAKES


def is_offered(work: Work, state: Ready) -> bool:
    """Does the table let somebody who is so ready be offered this?"""
    return state in OFFERED[work]


@dataclass(frozen=True)
class Frame:
    """The shift that a break lies in."""

    starts_at: datetime
    ends_at: datetime
    check_at: datetime
    """When the end-of-shift check begins: from then on nobody is away."""


def fault(kind: str, starts_at: datetime, frame: Frame, now: datetime) -> str:
    """Why the break may not begin at `starts_at`: a code of `labels.FAULTS`, or an empty string."""
    if kind not in LENGTHS:
        return "kind"
    start, end = instant(starts_at), instant(starts_at) + LENGTHS[kind]
    if start < instant(now) - QUARTER:
        return "past"
    if start < instant(frame.starts_at) or end > instant(frame.ends_at):
        return "outside"
    return "last_minutes" if end > instant(frame.check_at) else ""


def begin_fault(starts_at: datetime, frame: Frame, now: datetime) -> str:
    """Why an agreed break may not be begun now."""
    if instant(now) < instant(starts_at) - GRACE:
        return "early"
    return "last_minutes" if instant(now) >= instant(frame.check_at) else ""


def overrun(begun_at: datetime, kind: str, now: datetime) -> timedelta:
    """How much longer than agreed; zero within the hour."""
    return max(timedelta(), instant(now) - instant(begun_at) - LENGTHS[kind])


def quarters(frame: Frame, now: datetime) -> Iterator[datetime]:
    """The quarter-hours of the shift at which a short break could still begin, from the one that runs now."""
    step = QUARTER.total_seconds()
    at = instant(max(instant(frame.starts_at), instant(now)))
    at = datetime.fromtimestamp(at.timestamp() // step * step, tz=at.tzinfo)
    while at + QUARTER <= instant(frame.check_at):
        yield at
        at += QUARTER
