"""The read side of the room."""

from staff.employees.selectors.history import changes_of
from staff.employees.selectors.listing import list_people, narrowed, seniors_to_choose
from staff.employees.selectors.orders import get_order
from staff.employees.selectors.people import (
    about,
    acts_for,
    head,
    own_page,
    own_sessions,
    project_codes,
    senior_of,
    subordination_history,
    substitute_of,
    team_ids,
)
from staff.employees.selectors.record import get_employee, personal_record, photograph_of
from staff.employees.selectors.tree import subordination_tree

__all__ = [
    "about",
    "acts_for",
    "changes_of",
    "get_employee",
    "get_order",
    "head",
    "list_people",
    "narrowed",
    "own_page",
    "own_sessions",
    "personal_record",
    "photograph_of",
    "project_codes",
    "senior_of",
    "seniors_to_choose",
    "subordination_history",
    "subordination_tree",
    "substitute_of",
    "team_ids",
]
