"""How far one person is with an instruction, and where each state leads. Plain tables."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """States of an assignment."""

    GIVEN = "given"
    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


UNDONE = frozenset({State.GIVEN, State.RETURNED})
"""The person still has to do it: only these become overdue."""
OPEN = UNDONE | {State.REPORTED}
"""Somebody still has to do something."""
CLOSED = frozenset(State) - OPEN

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.GIVEN: frozenset({State.REPORTED, State.WITHDRAWN}),
    State.REPORTED: frozenset({State.ACCEPTED, State.RETURNED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.REPORTED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
