"""What the clock does here: a job takes an id and calls one action (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from staff.tasks import actions


@jobs.handler("instruction_due")
def instruction_due(assignment_id: int, now: datetime) -> None:
    """At the due time of an assignment."""
    actions.rise(assignment_id)
