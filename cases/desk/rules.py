"""What makes a case dangerous: a table of codes with weights, worst first. Plain Python, `now` is given."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

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


# --- Night mode for a lone operator -----------------------------------------------------------------
NIGHT_FROM, MORNING = time(22), time(8)
"""Night on the centre's clock; `MORNING` is also when what can wait is taken up, by the clock of the event's place."""
WOKEN_ONCE = timedelta(minutes=10)
"""Nobody is woken twice for one case within this."""
WOKEN_SHOWN = timedelta(hours=12)
"""How long the page tells who was woken and whether they have confirmed."""
AT_ONCE = frozenset({"orphan", "risen", "task_overdue", "escalated", "not_accepted", "task_soon"})
"""Dangers that nobody leaves until the morning."""
GRAVE_HELP = frozenset({"hospital"})
"""Kinds of help that are arranged at any hour."""


def is_night(wall: time) -> bool:
    """Is it night on this wall clock?"""
    return wall >= NIGHT_FROM or wall < MORNING


def until_morning(now: datetime, zone: tzinfo) -> datetime:
    """The next 08:00 on the clock of this zone, in UTC, by true time when the clock is changed that night."""
    today = now.astimezone(zone).date()
    ahead = (
        datetime.combine(today + timedelta(days=days), MORNING, zone).astimezone(UTC) for days in range(3)
    )
    return next(instant for instant in ahead if instant > now)


def cannot_wait(
    codes: Collection[str], helps: Collection[str], due_at: datetime | None, morning: datetime
) -> bool:
    """A danger, grave help, or a task due before it is morning there."""
    return bool(AT_ONCE.intersection(codes) or GRAVE_HELP.intersection(helps)) or (
        due_at is not None and due_at < morning
    )


def is_alone(mine: Collection[str], others: Collection[Collection[str]], *, night: bool) -> bool:
    """`mine`: the operator's projects, `others`: those of every other operator on duty.

    Alone with one of the projects at night, or the only operator on duty at any hour.
    """
    covered = {code for projects in others for code in projects}
    return not others or (night and bool(set(mine) - covered))
