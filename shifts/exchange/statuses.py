"""How far a request is, why one falls by itself, and where each state leads. Plain tables."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """States of a request (B3)."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    """The colleague agrees; the senior manager has not decided yet."""
    DONE = "done"
    """Agreed by everybody: the roster has changed."""
    DECLINED = "declined"
    """The colleague does not."""
    REFUSED = "refused"
    """The senior manager does not."""
    WITHDRAWN = "withdrawn"
    FALLEN = "fallen"
    """What it was about is not there any more."""


class Fall(StrEnum):
    """Why a request fell by itself."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    BEGINS = "begins"
    """Its first shift is about to begin, and nobody has decided."""
    DISMISSED = "dismissed"
    TRANSFERRED = "transferred"


OPEN = frozenset({State.ASKED, State.ACCEPTED})
"""Somebody's word is awaited; a shift stands in one of these at most."""

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.FALLEN}),
    State.ACCEPTED: frozenset({State.DONE, State.REFUSED, State.WITHDRAWN, State.FALLEN}),
    **dict.fromkeys(
        (State.DONE, State.DECLINED, State.REFUSED, State.WITHDRAWN, State.FALLEN), frozenset[State]()
    ),
}


def may_move(state: str, to: str) -> bool:
    """Does the table know this way?"""
    return to in TRANSITIONS.get(State(state), frozenset())
