"""What makes a case dangerous: a table of codes with weights, worst first. Plain Python, `now` is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

QUIET = timedelta(minutes=60)
"""An open case on which nothing is planned and nothing has happened for so long is at risk."""
SOON = timedelta(minutes=15)
"""A promise or task due within this is about to be broken."""
COMING = timedelta(minutes=30)
"""How long before a shift its person is already shown on the board (B1: the sign-in window)."""


@dataclass(frozen=True)
class CaseFacts:
    """What the danger of an open case is judged by."""

    on_duty: bool
    """Its responsible person is on duty."""
    escalation_due: datetime | None
    """When the first open escalation must be acknowledged."""
    risen: bool
    """An escalation has risen to the head."""
    next_due: datetime | None
    """When its first open task is due."""
    last_at: datetime
    """When something last happened on it."""
    not_accepted: bool
    """It was handed over and nobody has accepted it yet."""
    provisional: bool


@dataclass(frozen=True)
class Risk:
    """One danger: code, weight (the heavier the worse), tone of its badge."""

    code: str
    weight: int
    tone: str
    holds: Callable[[CaseFacts, datetime], bool]


RISKS: tuple[Risk, ...] = (
    Risk("orphan", 100, "bad", lambda facts, now: not facts.on_duty),
    Risk("risen", 90, "bad", lambda facts, now: facts.risen),
    Risk("task_overdue", 70, "bad", lambda facts, now: facts.next_due is not None and facts.next_due < now),
    Risk("escalated", 60, "warn", lambda facts, now: facts.escalation_due is not None and not facts.risen),
    Risk("not_accepted", 50, "warn", lambda facts, now: facts.not_accepted),
    Risk("task_soon", 40, "warn", lambda facts, now: bool(facts.next_due and now <= facts.next_due <= now + SOON)),
    Risk("quiet", 30, "warn", lambda facts, now: facts.next_due is None and facts.last_at < now - QUIET),
    Risk("provisional", 10, "info", lambda facts, now: facts.provisional),
)  # fmt: skip

AT_RISK = 30
"""From this weight on a case stands on the board."""


def risks(facts: CaseFacts, now: datetime) -> tuple[Risk, ...]:
    """The dangers of an open case, worst first."""
    return tuple(risk for risk in RISKS if risk.holds(facts, now))


def weight(found: tuple[Risk, ...]) -> int:
    """How dangerous a case is: its worst danger decides, further ones only break ties."""
    return found[0].weight * 10 + len(found) if found else 0


PRESENCES = ("takes", "away", "finishing", "late", "coming")
"""Where somebody may be in the working day, as the board sums it up."""


def presence(begun_at: datetime | None, starts_at: datetime, now: datetime, ready: str) -> str:
    """A person on the board: `coming`, `late`, or how ready they are for a new call: `takes`, `away`, `finishing`."""
    if begun_at is None:
        return "coming" if now < starts_at else "late"
    return ready
