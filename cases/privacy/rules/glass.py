"""Broken glass: reading one person or case outside one's scope, for a stated reason (E1, security: BG)."""

from __future__ import annotations

from datetime import datetime, timedelta

OPEN_FOR = timedelta(minutes=30)
"""So long the record can be read."""
REVIEW_WITHIN = timedelta(hours=72)
"""So long until somebody else has judged it."""
WORDS_MIN = 15
"""Characters that the reason in one's own words has at least: «потрібно» explains nothing."""

REASONS = ("life", "caller", "doctor", "complaint", "duty")
"""Why: life in danger; the caller insists that we help them; a doctor or hospital asks; a complaint is examined;
a duty by law or by the director."""
JUSTIFIED, UNJUSTIFIED = "justified", "unjustified"
OUTCOMES = (JUSTIFIED, UNJUSTIFIED)


def opening_fault(*, off_duty: bool, used_today: int, daily: int) -> str:
    """Why the person may break no glass now: a code, or nothing.

    `off_duty`: of a role that works on shift only, and not on duty; `used_today`: broken since midnight in
    Kyiv, also in vain; `daily`: the most of them.
    """
    if off_duty:
        return "off_duty"
    return "too_often" if used_today >= daily else ""


def review_fault(*, own: bool, reviewed: bool) -> str:
    """Why it cannot be judged: a code, or nothing. Nobody judges their own."""
    if own:
        return "own"
    return "reviewed" if reviewed else ""


def is_open(*, until: datetime, closed_at: datetime | None, now: datetime) -> bool:
    """Can the record be read at `now`? Half-open: at `until` itself not any more."""
    return closed_at is None and now < until
