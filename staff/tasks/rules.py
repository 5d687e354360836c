"""What the state of an instruction allows: plain comparisons, `now` is given, answers are codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from fregat.lib.rights import Role
from staff.tasks.statuses import TRANSITIONS, UNDONE, State

FARTHEST = timedelta(days=366)
"""A due time farther ahead is a slip of the pen."""
TEXT_MAX = 4000
"""The longest instruction, report or reason, in characters."""

INSTRUCTED_BY_NOBODY = frozenset({Role.DIRECTOR, Role.HEAD})
"""Roles above every giver of instructions."""
BOUND_BY_LEADER = frozenset({Role.OPERATOR, Role.DOCTOR})
"""Who on a shift is bound by the orders of whoever leads it (JD I.5; a doctor on shift works as an operator)."""


def due_fault(due_at: datetime, now: datetime) -> str | None:
    """Why nothing can be due then, as a code; None when it can."""
    if due_at <= now:
        return "due_past"
    return "due_far" if due_at > now + FARTHEST else None


def return_fault(due_at: datetime, new_due_at: datetime | None, now: datetime) -> str | None:
    """Why a report cannot be returned with this due time: what is returned is due ahead, not before."""
    if new_due_at is not None:
        return due_fault(new_due_at, now)
    return "due_passed" if due_at <= now else None


def move_fault(state: str, to: State) -> str | None:
    """Why the assignment cannot come to `to`: the code is the state it is in. None when it can."""
    return None if to in TRANSITIONS[State(state)] else state


def rises(state: str, due_at: datetime, overdue_at: datetime | None, now: datetime) -> bool:
    """Does it rise to the senior manager now? Once, when its time is over and nothing was reported (A8)."""
    return state in UNDONE and overdue_at is None and due_at <= now


def is_late(state: str, due_at: datetime, now: datetime) -> bool:
    """Should it have been done by now?"""
    return state in UNDONE and due_at <= now
