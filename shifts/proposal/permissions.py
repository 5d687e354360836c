"""May this person?"""

from __future__ import annotations

from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from shifts.proposal.labels import FAULTS
from staff.employees.models import Employee


def check_make(by: Employee) -> None:
    """May have rosters proposed. Raises NotAllowed."""
    if not can_make(by):
        raise NotAllowed(FAULTS["not_yours"])


def can_make(by: Employee) -> bool:
    """The same as an answer."""
    return by.is_active and rights.lets(by, "proposal.make")
