"""The life of a version of a document: a table, nothing else (JD X.2, A4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    ORDERED = "ordered"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


WAYS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ORDERED}),
    # The order takes effect, or is revoked before its day.
    State.ORDERED: frozenset({State.IN_FORCE, State.REVOKED}),
    State.IN_FORCE: frozenset({State.SUPERSEDED, State.REVOKED}),
    # The order behind the later version is revoked: this one holds again.
    State.SUPERSEDED: frozenset({State.IN_FORCE}),
    State.REVOKED: frozenset(),
}

SIGNED_IN_THESE = frozenset({State.ORDERED, State.IN_FORCE})
"""A version is signed once its order is issued, also before the day from which it holds."""

FINAL_TEXT = frozenset(State) - {State.DRAFT}
"""From its order on nobody changes a word of it."""


def may_become(state: str, to: State) -> bool:
    """Does the table know this way?"""
    return state in set(State) and to in WAYS[State(state)]
