"""What the clock does here (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from cases.knowledge import actions
from fregat.lib import jobs


@jobs.recurring("articles_remind", seconds=300)
def articles_remind(_subject: int, now: datetime) -> None:
    """Once for each person and version: who is on shift and has not read what was asked of them long ago."""
    actions.remind_late()
