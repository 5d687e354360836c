"""May this person? Whose work do they see in the figures?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Scope
from staff.employees import selectors as staff
from staff.employees.models import Employee


def check_target(by: Employee) -> None:
    """May set targets. Raises NotAllowed."""
    if not rights.lets(by, "figure.target"):
        raise NotAllowed(_("Targets are set by the head of the contact centre."))


def whose(user: Employee, now: datetime) -> frozenset[int] | None:
    """Ids of the employees whose work is counted for this reader; None: everybody's."""
    scopes = rights.scopes_of(user, "figure.view")
    if Scope.CENTRE in scopes:
        return None
    return frozenset(staff.team_ids(user, now)) if Scope.TEAM in scopes else frozenset()
