"""The room's jobs: thin, each takes an id and calls one action."""

from __future__ import annotations

from datetime import datetime

from cases.casework import actions
from cases.casework.actions.escalations import OVERDUE
from fregat.lib import jobs


def escalation_overdue(subject_id: int, now: datetime) -> None:
    """An escalation's time is over: it rises to the head unless somebody acknowledged it meanwhile."""
    actions.raise_overdue(escalation_id=subject_id, now=now)


def register() -> None:
    """Take over the room's kinds of jobs."""
    jobs.handler(OVERDUE)(escalation_overdue)
