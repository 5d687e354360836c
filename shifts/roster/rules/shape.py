"""When a shift may stand: lengths, edges, due times.

Arithmetic is on instants in UTC: from 20:00 to 08:00 there are 13 hours on the night when the clocks
go back and 11 when they go forward.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fregat.lib.rights import Role

CHECK_MINUTES = 20
"""The end-of-shift check begins so many minutes before the end (JD II.12)."""

SHORTEST = timedelta(minutes=1)
"""A shift may be cut down to what was left of it, so only an empty one is absurd."""
LONGEST = timedelta(hours=25)
"""A day and a night in one, even on the night that has an hour more; longer is a slip of the pen."""
FARTHEST = timedelta(days=400)
"""A year's roster and a month; a later date is a slip of the pen."""
BEGUN_LATELY = timedelta(hours=1)
"""How long after its beginning a shift may still be written in without a word why."""

WORKS_IN_SHIFTS = frozenset({Role.OPERATOR, Role.SENIOR, Role.HEAD, Role.DOCTOR})
"""Roles that have shifts (JD II.11); whoever is transferred to another one loses those planned."""

OF_THE_PAST = frozenset({"ends_in_past", "began_long_ago"})
"""Faults that the program itself may pass when it writes in what was (demonstration data)."""


@dataclass(frozen=True)
class Fault:
    """A refusal by rule: the field it is about and a code that `labels` words."""

    field: str
    code: str
    soft: bool = False
    """A reason overrides it."""


@dataclass(frozen=True)
class Plan:
    """What is asked of a shift."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    leads: bool = False


def works_in_shifts(role: str) -> bool:
    """Does somebody of this role work in shifts?"""
    return role in WORKS_IN_SHIFTS


def check_at(ends_at: datetime, minutes: int = CHECK_MINUTES) -> datetime:
    """When the end-of-shift check is due: an instant, `minutes` before the end (B4)."""
    return instant(ends_at) - timedelta(minutes=minutes)


def instant(moment: datetime) -> datetime:
    """The same instant in UTC, where subtraction tells the truth. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is not an instant")
    return moment.astimezone(UTC)


def length(starts_at: datetime, ends_at: datetime) -> timedelta:
    """The true duration."""
    return instant(ends_at) - instant(starts_at)


def plan_faults(plan: Plan, now: datetime) -> list[Fault]:
    """What is wrong with a new shift: absurd lengths and dates, an end or a beginning in the past."""
    faults = _shape_faults(plan, now)
    if not faults and plan.starts_at < now - BEGUN_LATELY:
        faults.append(Fault("starts_at", "began_long_ago", soft=True))
    return faults


def change_faults(old: Plan, new: Plan, now: datetime) -> list[Fault]:
    """What is wrong with changing `old` to `new`. A running shift is prolonged or cut short without ado:
    the desk needs it at once, and the history keeps who did it."""
    if old.ends_at <= now:
        return [Fault("", "has_ended")]
    faults = _shape_faults(new, now)
    if (
        not faults
        and old.starts_at > now
        and new.starts_at != old.starts_at
        and new.starts_at < now - BEGUN_LATELY
    ):
        faults.append(Fault("starts_at", "began_long_ago", soft=True))
    return faults


def _shape_faults(plan: Plan, now: datetime) -> list[Fault]:
    span = length(plan.starts_at, plan.ends_at)
    if span <= timedelta(0):
        return [Fault("ends_at", "ends_before_start")]
    if plan.ends_at <= now:
        return [Fault("ends_at", "ends_in_past")]
    if plan.starts_at > now + FARTHEST:
        return [Fault("starts_at", "too_far")]
    if span < SHORTEST:
        return [Fault("ends_at", "too_short")]
    if span > LONGEST:
        return [Fault("ends_at", "too_long")]
    return []


def standing_faults(faults: list[Fault], reason: str) -> list[Fault]:
    """Those that remain when a reason is given: it overrides the soft ones."""
    return [fault for fault in faults if not (fault.soft and reason)]
