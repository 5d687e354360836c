"""The only writers of the room."""

from staff.tasks.actions.giving import give
from staff.tasks.actions.moving import (
    follow_dismissal,
    follow_role,
    foresee_dismissal,
    foresee_role,
    pass_on,
    withdraw,
)
from staff.tasks.actions.reporting import accept, report, return_report
from staff.tasks.actions.rising import rise

__all__ = [
    "accept",
    "follow_dismissal",
    "follow_role",
    "foresee_dismissal",
    "foresee_role",
    "give",
    "pass_on",
    "report",
    "return_report",
    "rise",
    "withdraw",
]
