"""May this person?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from staff.employees.models import Employee


def check_goal(by: Employee) -> None:
    """May set the service level. Raises NotAllowed."""
    if not rights.lets(by, "coverage.goal"):
        raise NotAllowed(_("The service level is set by the head of the contact centre."))
