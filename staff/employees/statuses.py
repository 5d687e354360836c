"""States of an order and the ways between them: one table (A3); states of an import."""

from __future__ import annotations

from enum import StrEnum


class OrderState(StrEnum):
    """Where an order stands. It is never deleted: `revoked` by another order is its end."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    WAITING = "waiting"
    IN_FORCE = "in_force"
    REVOKED = "revoked"


TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    # A draft by whoever may propose; the director signs it or declines it, its author may take it back.
    OrderState.PROPOSED: frozenset(
        {OrderState.WAITING, OrderState.IN_FORCE, OrderState.DECLINED, OrderState.WITHDRAWN}
    ),
    OrderState.WITHDRAWN: frozenset(),
    OrderState.DECLINED: frozenset(),
    # Signed, for a later moment.
    OrderState.WAITING: frozenset({OrderState.IN_FORCE, OrderState.REVOKED}),
    OrderState.IN_FORCE: frozenset({OrderState.REVOKED}),
    OrderState.REVOKED: frozenset(),
}

SIGNED = frozenset({OrderState.WAITING, OrderState.IN_FORCE, OrderState.REVOKED})
"""An order in one of these has its number and date, and its text does not change any more."""


class ImportState(StrEnum):
    """Where an import of employees stands: looked at, then one of the two ends."""

    PREVIEW = "preview"
    DONE = "done"
    DROPPED = "dropped"
