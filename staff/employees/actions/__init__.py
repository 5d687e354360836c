"""The only writers of the room: people, their ties, their projects, their sign-ins."""

from staff.employees.actions.access import (
    end_session,
    issue_token,
    open_account,
    set_preferences,
    withdraw_token,
)
from staff.employees.actions.dismissal import dismiss
from staff.employees.actions.in_person import confirm_in_person
from staff.employees.actions.orders import give_effect, issue_order, revoke_order
from staff.employees.actions.people import create_employee, transfer
from staff.employees.actions.projects import assign_project, unassign_project
from staff.employees.actions.ties import subordinate, substitute

__all__ = [
    "assign_project",
    "confirm_in_person",
    "create_employee",
    "dismiss",
    "end_session",
    "give_effect",
    "issue_order",
    "issue_token",
    "open_account",
    "revoke_order",
    "set_preferences",
    "subordinate",
    "substitute",
    "transfer",
    "unassign_project",
    "withdraw_token",
]
