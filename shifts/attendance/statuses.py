"""How far a wish to end a shift at another time is, and where each state leads. Plain tables."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """States of a change of the end (B1)."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.AGREED, State.REFUSED, State.WITHDRAWN}),
    State.AGREED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def may_move(state: str, to: str) -> bool:
    """Does the table know this way?"""
    return to in TRANSITIONS.get(State(state), frozenset())
