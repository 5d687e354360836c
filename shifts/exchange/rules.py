"""When a shift may be given away, until when a request waits. Plain rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shifts.attendance.rules import opens_at
from shifts.roster.rules import instant

REASON_MAX = 2000
NEAR = timedelta(days=31)
"""Shifts so near the own one are offered for an exchange."""


def expires_at(starts: Iterable[datetime], minutes: int) -> datetime:
    """Until when a request about shifts that start then may be decided: until the first of them can be begun
    by signing in, `minutes` before its start."""
    return opens_at(min(instant(moment) for moment in starts), minutes)


def fault_of_shift(
    *, cancelled: bool, draft: bool, starts_at: datetime, now: datetime, minutes: int
) -> str | None:
    """Why a shift cannot go to anybody: a code of `labels.FAULTS`."""
    if cancelled:
        return "cancelled"
    if draft:
        return "draft"
    return "begins" if now >= expires_at([starts_at], minutes) else None
