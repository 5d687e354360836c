"""What the clock does here (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import jobs
from staff.employees import actions


@jobs.handler("order_effect")
def order_effect(order_id: int, now: datetime) -> None:
    """At the moment for which an order was signed."""
    actions.give_effect(order_id)


@jobs.recurring("second_places", seconds=30)
def second_places(_subject: int, now: datetime) -> None:
    """Who uses two browsers at once without having just signed in."""
    actions.note_second_places(now=now)


@jobs.handler(actions.substitutions.TURN_JOB)
def substitution_turn(substitution_id: int, now: datetime) -> None:
    """When a substitution begins, and when it ends."""
    actions.turn(substitution_id, now)
