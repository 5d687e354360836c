"""The only writers of the room."""

from shifts.exchange.actions.asking import ask, withdraw
from shifts.exchange.actions.deciding import answer, decide
from shifts.exchange.actions.following import expire, follow_dismissal, follow_role, follow_shift

__all__ = [
    "answer",
    "ask",
    "decide",
    "expire",
    "follow_dismissal",
    "follow_role",
    "follow_shift",
    "withdraw",
]
