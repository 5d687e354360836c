"""The only writers of the room."""

from shifts.absence.actions.asking import agree, ask, record, refuse, withdraw
from shifts.absence.actions.certificates import bring, explain, judge, miss
from shifts.absence.actions.covering import cover

__all__ = [
    "agree",
    "ask",
    "bring",
    "cover",
    "explain",
    "judge",
    "miss",
    "record",
    "refuse",
    "withdraw",
]
