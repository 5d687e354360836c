"""The start of the working day (JD I.6, B1). Plain rules on instants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


# --- The end -----------------------------------------------------------------------------------------

PROLONG_MAX = timedelta(hours=6)
"""A shift is prolonged by so much at most."""
QUARTER = timedelta(minutes=15)
"""The step of the ends that are offered."""
REASON_MAX = 2000


def early_seconds(ends_at: datetime, left_at: datetime | None) -> int:
    """Whole seconds between leaving and the planned end; 0 for who did not leave before it."""
    if left_at is None:
        return 0
    return max(0, int((instant(ends_at) - instant(left_at)).total_seconds()))


def end_fault(starts_at: datetime, planned: datetime, wished: datetime, now: datetime) -> str:
    """Why a shift cannot end at `wished`: a code of `labels.FAULTS`, or an empty string."""
    if instant(planned) <= instant(now):
        return "has_ended"
    if instant(wished) == instant(planned):
        return "same_end"
    if instant(wished) <= instant(now):
        return "passed"
    if instant(wished) <= instant(starts_at):
        return "before_start"
    return "much_longer" if instant(wished) > instant(planned) + PROLONG_MAX else ""


def ends(starts_at: datetime, planned: datetime, now: datetime) -> Iterator[datetime]:
    """The quarter-hours at which the shift could end instead, earliest first; the planned one is left out."""
    step = QUARTER.total_seconds()
    first = max(instant(starts_at), instant(now))
    at = datetime.fromtimestamp(first.timestamp() // step * step, tz=first.tzinfo) + QUARTER
    while at <= instant(planned) + PROLONG_MAX:
        if not end_fault(starts_at, planned, at, now):
            yield at
        at += QUARTER


# --- Systematic lateness -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lateness:
    """`times` times in `days` days, later than `minutes` minutes each, is systematic (JD IV.7)."""

    times: int
    days: int
    minutes: int


USUAL = Lateness(times=3, days=30, minutes=5)
"""In force until the head sets another rule."""
