"""What the clock does here: a job takes an id and calls one action (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from shifts.breaks import actions


@jobs.handler(actions.CLOSING)
def break_close(break_id: int, now: datetime) -> None:
    """At the end of the shift: nobody has ended the break."""
    actions.close(break_id)
