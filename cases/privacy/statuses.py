"""How a finding is examined: taken up, explained by whoever looked, found justified or a breach."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Of a finding."""

    NEW = "new"
    TAKEN_UP = "taken_up"
    EXPLAINED = "explained"
    JUSTIFIED = "justified"
    BREACH = "breach"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.TAKEN_UP}),
    State.TAKEN_UP: frozenset({State.EXPLAINED, State.JUSTIFIED, State.BREACH}),
    State.EXPLAINED: frozenset({State.JUSTIFIED, State.BREACH}),
    State.JUSTIFIED: frozenset(),
    State.BREACH: frozenset(),
}

DECIDED = frozenset({State.JUSTIFIED, State.BREACH})
"""Ends of the examination."""


def may_move(state: str, to: str) -> bool:
    """Does the table know this way?"""
    return to in TRANSITIONS.get(State(state), frozenset())
