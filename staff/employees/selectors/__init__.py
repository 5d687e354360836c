"""The read side of the room."""

from staff.employees.selectors.exports import last_exports
from staff.employees.selectors.history import changes_of
from staff.employees.selectors.imports import get_import, last_imports, orders_of, shown_lines
from staff.employees.selectors.listing import list_people, narrowed, seniors_to_choose
from staff.employees.selectors.orders import (
    Foreseen,
    Register,
    foresee,
    foresee_revocation,
    get_order,
    has_team,
    order_page,
    orders_card,
    people_for_orders,
    people_in_orders,
    register,
    senior_managers,
    to_decide,
)
from staff.employees.selectors.people import (
    about,
    acting_for,
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
from staff.employees.selectors.places import at_two_places, places_in_use
from staff.employees.selectors.record import get_employee, personal_record, photograph_of
from staff.employees.selectors.security import people_of_security, security_events
from staff.employees.selectors.substitutions import (
    get_substitution,
    list_substitutions,
    people_of_substitutions,
)
from staff.employees.selectors.tree import subordination_tree

__all__ = [
    "Foreseen",
    "Register",
    "about",
    "acting_for",
    "acts_for",
    "at_two_places",
    "changes_of",
    "foresee",
    "foresee_revocation",
    "get_employee",
    "get_import",
    "get_order",
    "get_substitution",
    "has_team",
    "head",
    "last_exports",
    "last_imports",
    "list_people",
    "list_substitutions",
    "narrowed",
    "order_page",
    "orders_card",
    "orders_of",
    "own_page",
    "own_sessions",
    "people_for_orders",
    "people_in_orders",
    "people_of_security",
    "people_of_substitutions",
    "personal_record",
    "photograph_of",
    "places_in_use",
    "project_codes",
    "register",
    "security_events",
    "senior_managers",
    "senior_of",
    "seniors_to_choose",
    "shown_lines",
    "subordination_history",
    "subordination_tree",
    "substitute_of",
    "team_ids",
    "to_decide",
]
