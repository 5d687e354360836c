"""What the clock does here (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from shifts.proposal import actions


@jobs.handler(actions.SEEKING)
def proposal_go_on(proposal_id: int, now: datetime) -> None:
    """A piece of the search."""
    actions.go_on(proposal_id, now)
