"""What the clock does here (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from cases.figures import actions
from fregat.lib import jobs


@jobs.recurring("quarters", seconds=300)
def quarters(_subject: int, now: datetime) -> None:
    """Every five minutes: quarter-hours that are over are kept."""
    actions.keep_quarters(now=now)
