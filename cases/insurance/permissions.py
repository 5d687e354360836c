"""May this person? Objects are asked by `visible_to`; here is on what ground they are seen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.insurance.rights import ON_SHIFT_ONLY
from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Scope
from shifts.attendance.selectors import is_on_duty

if TYPE_CHECKING:
    from staff.employees.models import Employee


def ground_of(user: Employee, action: str) -> str:
    """The ground for the access log: the project one works on, or the whole centre."""
    return "centre" if Scope.CENTRE in rights.scopes(user.role, action) else "project"


def check_rules(user: Employee) -> None:
    """May edit and publish the rules of programmes. Raises NotAllowed."""
    if not rights.may(user.role, "rules.edit"):
        raise NotAllowed(
            _("The head of the contact centre and the administrator keep the rules of programmes.")
        )


def can_rules(user: Employee) -> bool:
    """The same as yes or no."""
    return rights.may(user.role, "rules.edit")


def closed_now(user: Employee, now: datetime) -> bool:
    """Are persons closed to this employee because they are off shift (B1)?"""
    return user.role in ON_SHIFT_ONLY and not is_on_duty(user, now)
