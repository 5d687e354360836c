"""The start of the working day (JD I.6, B1). Plain rules on instants."""

from __future__ import annotations

from datetime import datetime, timedelta

from shifts.roster.rules import instant

SIGN_IN_MINUTES = 30
"""Sign-in so long before the planned start begins the shift."""


def opens_at(starts_at: datetime, minutes: int = SIGN_IN_MINUTES) -> datetime:
    """From when on a sign-in or a request begins the shift."""
    return instant(starts_at) - timedelta(minutes=minutes)


def begins(starts_at: datetime, ends_at: datetime, now: datetime, minutes: int = SIGN_IN_MINUTES) -> bool:
    """Does a request at `now` begin the shift? From `minutes` before its start until its end, half-open."""
    return opens_at(starts_at, minutes) <= now < ends_at


def late_seconds(starts_at: datetime, begun_at: datetime) -> int:
    """Whole seconds after the planned start; 0 when in time."""
    return max(0, int((instant(begun_at) - instant(starts_at)).total_seconds()))
