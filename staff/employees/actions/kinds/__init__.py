"""What each kind of the director's orders does to people (JD I.3-5, A3)."""

from staff.employees import registry
from staff.employees.actions.kinds.appointment import APPOINTMENT
from staff.employees.actions.kinds.dismissal import DISMISSAL
from staff.employees.actions.kinds.revocation import REVOCATION
from staff.employees.actions.kinds.senior import SENIOR_CHANGE
from staff.employees.actions.kinds.transfer import TRANSFER


def register() -> None:
    """Hand the room's own kinds to the registry."""
    for kind in (APPOINTMENT, TRANSFER, SENIOR_CHANGE, DISMISSAL, REVOCATION):
        registry.add_order_kind(kind)
