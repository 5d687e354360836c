"""What the clock does here: each job takes an id and calls one action (fregat.lib.jobs)."""

from __future__ import annotations

from datetime import datetime

from cases.handover import actions, rules
from fregat.lib import jobs

# The actions read the clock under their locks: `now` of the sweep may be older than a row they find.


@jobs.handler("check_start")
def check_start(shift_id: int, now: datetime) -> None:
    """20 minutes before the end of a shift; those of the others that end with it begin too."""
    actions.start_check(shift_id)
    actions.start_due_checks()


@jobs.handler("shift_end")
def shift_end(shift_id: int, now: datetime) -> None:
    """At the end of a shift."""
    actions.end_shift(shift_id)


@jobs.handler("acceptance")
def acceptance(handover_id: int, now: datetime) -> None:
    """15 minutes after a case was given to its receiver."""
    actions.expire(handover_id)


@jobs.recurring("orphans", seconds=10)
def orphans(_subject: int, now: datetime) -> None:
    """Cases for which nobody on duty answers."""
    actions.rescue()


@jobs.recurring("shift_plan", seconds=30)
def shift_plan(_subject: int, now: datetime) -> None:
    """Shifts whose check or jobs are missing."""
    actions.follow_plan(now)


@jobs.recurring("watch", seconds=rules.LOOK_SECONDS)
def watch(_subject: int, now: datetime) -> None:
    """Every minute: does somebody on duty answer for every open case?"""
    actions.look()
