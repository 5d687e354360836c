"""Jobs of the room."""

from __future__ import annotations

from datetime import datetime

from cases.imports import actions
from fregat.lib import jobs


@jobs.handler("import_step")
def import_step(subject: int, now: datetime) -> None:
    """One step of the work on a list."""
    actions.do_step(step_id=subject, now=now)


@jobs.recurring("forget_old_lists", seconds=3600)
def forget_old_lists(_subject: int, now: datetime) -> None:
    """Rows of lists that are older than a month."""
    actions.forget_old(now=now)
