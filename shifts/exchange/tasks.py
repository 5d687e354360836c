"""What the clock does here: a job takes an id and calls one action (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from shifts.exchange import actions
from shifts.exchange.actions.ground import EXPIRES


@jobs.handler(EXPIRES)
def expires(exchange_id: int, now: datetime) -> None:
    """When the first shift of a request is about to begin."""
    actions.expire(exchange_id)
