"""Employees in the global search, for those who see the whole staff; leads to the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from fregat.lib import rights
from fregat.lib.rights import Scope
from fregat.lib.search import Hit
from staff.employees.models import Employee

LIMIT = 5


def sees_everybody(user: Employee) -> bool:
    """Does this person see the records of the whole staff?"""
    return Scope.CENTRE in rights.scopes(user.role, "employee.view", user.department)


def people(user: Employee, text: str, now: datetime, request: Any) -> Iterator[Hit]:
    """By the beginnings of the names, the sign-in name, the phone. One query."""
    if not sees_everybody(user):
        return iter(())
    rows = Employee.objects.visible_to(user, now).employed().named(text).by_name()
    return (_hit(employee) for employee in rows[:LIMIT])


def _hit(employee: Employee) -> Hit:
    facts = (str(employee.get_role_display()), employee.phone)
    return Hit(
        url=reverse("employees:record", args=[employee.username]),
        title=employee.full_name,
        subtitle=" · ".join(fact for fact in facts if fact),
        group="employee",
        icon="user-round",
    )
