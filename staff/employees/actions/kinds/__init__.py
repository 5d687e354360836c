"""What each kind of the director's orders does to people (JD I.3-5, A3)."""

from staff.employees import registry
from staff.employees.actions.kinds.appointment import APPOINTMENT
from staff.employees.actions.kinds.revocation import REVOCATION


def register() -> None:
    """Hand the room's own kinds to the registry."""
    for kind in (APPOINTMENT, REVOCATION):
        registry.add_order_kind(kind)
