"""The read side of the room."""

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

__all__ = [
    "about",
    "acts_for",
    "get_order",
    "head",
    "own_page",
    "own_sessions",
    "project_codes",
    "senior_of",
    "subordination_history",
    "substitute_of",
    "team_ids",
]
