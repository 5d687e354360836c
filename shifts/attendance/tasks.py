"""What the clock does here (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from shifts.attendance import actions


@jobs.recurring("attendance_ends", seconds=30)
def attendance_ends(_subject: int, now: datetime) -> None:
    """Shifts that are over, whose real end is not written yet."""
    actions.finish(now=now)
