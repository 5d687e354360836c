"""How far a break is, and where each state leads. Plain tables."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """States of a break (B2)."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    OVER = "over"


AHEAD = frozenset({State.ASKED, State.AGREED})
"""Not begun yet."""
STANDING = AHEAD | {State.RUNNING, State.OVER}
"""What counts as a break of the shift."""

TRANSITIONS: Mapping[State, frozenset[State]] = {
    # Agreed to anew: the senior manager moves it.
    State.ASKED: frozenset({State.AGREED, State.REFUSED, State.WITHDRAWN}),
    State.AGREED: frozenset({State.AGREED, State.REFUSED, State.WITHDRAWN, State.RUNNING}),
    State.RUNNING: frozenset({State.OVER}),
    State.OVER: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def may_move(state: str, to: str) -> bool:
    """Does the table know this way?"""
    return to in TRANSITIONS.get(State(state), frozenset())
