"""The only writers of the room: people, their ties, their projects, their sign-ins."""

from staff.employees.actions.access import (
    end_session,
    issue_token,
    open_account,
    set_preferences,
    withdraw_token,
)
from staff.employees.actions.exports import export_people
from staff.employees.actions.first import appoint_first
from staff.employees.actions.imports import apply_import, drop_import, upload_import
from staff.employees.actions.in_person import confirm_in_person
from staff.employees.actions.orders import (
    decline_proposal,
    give_effect,
    issue_order,
    propose_order,
    retry_order,
    revoke_order,
    sign_proposal,
    withdraw_proposal,
)
from staff.employees.actions.people import create_employee
from staff.employees.actions.places import note_place, note_second_place, note_second_places
from staff.employees.actions.projects import assign_project, unassign_project
from staff.employees.actions.record import change_work, set_photograph, set_projects
from staff.employees.actions.second_factor import reset_second_factor, second_factor_changed
from staff.employees.actions.security import note_locked_out, note_refused, note_security
from staff.employees.actions.substitutions import end_substitution, substitute, turn

__all__ = [
    "apply_import",
    "appoint_first",
    "assign_project",
    "change_work",
    "confirm_in_person",
    "create_employee",
    "decline_proposal",
    "drop_import",
    "end_session",
    "end_substitution",
    "export_people",
    "give_effect",
    "issue_order",
    "issue_token",
    "note_locked_out",
    "note_place",
    "note_refused",
    "note_second_place",
    "note_second_places",
    "note_security",
    "open_account",
    "propose_order",
    "reset_second_factor",
    "retry_order",
    "revoke_order",
    "second_factor_changed",
    "set_photograph",
    "set_preferences",
    "set_projects",
    "sign_proposal",
    "substitute",
    "turn",
    "unassign_project",
    "upload_import",
    "withdraw_proposal",
    "withdraw_token",
]
