"""What the clock does here: a job takes an id and calls one action (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from shifts.absence import actions
from shifts.absence.actions.ground import DUE


@jobs.handler(DUE)
def certificate_due(absence_id: int, now: datetime) -> None:
    """At the due time of a certificate."""
    actions.miss(absence_id)
