"""How far an absence is, and where each state leads. Plain tables."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """States of an absence (B7)."""

    ASKED = "asked"
    AGREED = "agreed"
    """Agreed to, or of a kind that nobody has to agree to (sickness)."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What the director says about a certificate that was not brought (JD IV.10)."""

    EXCUSED = "excused"
    BREACH = "breach"


STANDING = frozenset({State.ASKED, State.AGREED})
"""What counts: two of one person never lie over each other."""

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.AGREED, State.REFUSED, State.WITHDRAWN}),
    State.AGREED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def may_move(state: str, to: str) -> bool:
    """Does the table know this way?"""
    return to in TRANSITIONS.get(State(state), frozenset())
