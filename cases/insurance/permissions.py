"""May this person? Objects are asked by `visible_to`; here is on what ground they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fregat.lib import rights
from fregat.lib.rights import Scope

if TYPE_CHECKING:
    from staff.employees.models import Employee


def ground_of(user: Employee, action: str) -> str:
    """The ground for the access log: the project one works on, or the whole centre."""
    return "centre" if Scope.CENTRE in rights.scopes(user.role, action) else "project"
