"""Whose pages hear of changes of the staff."""

from __future__ import annotations

from collections.abc import Iterable

from fregat.lib import rights
from fregat.lib.rights import Scope
from staff.employees.models import Employee


def live_channels(user: Employee) -> Iterable[str]:
    """The whole staff is told to those alone who see all of it: a sign-in name is news of its own."""
    if Scope.CENTRE in rights.scopes(user.role, "employee.list", user.department):
        yield "staff"
    if rights.may(user.role, "security.view"):
        yield "security"
