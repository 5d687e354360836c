"""What the clock does here (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from staff.documents import actions


@jobs.recurring("documents_remind", seconds=600)
def documents_remind(_subject: int, now: datetime) -> None:
    """From the morning on, once a day for each person and text: what is not signed or acknowledged yet."""
    actions.remind()
