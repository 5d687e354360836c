"""The director's orders: proposed, issued, given effect at their moment, revoked; never deleted (JD I.3-4, A3)."""

from staff.employees.actions.orders.effect import give_effect, retry_order
from staff.employees.actions.orders.issuing import issue_order, revoke_order
from staff.employees.actions.orders.proposals import (
    decline_proposal,
    propose_order,
    sign_proposal,
    withdraw_proposal,
)

__all__ = [
    "decline_proposal",
    "give_effect",
    "issue_order",
    "propose_order",
    "retry_order",
    "revoke_order",
    "sign_proposal",
    "withdraw_proposal",
]
