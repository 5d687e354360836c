"""Colleagues in the global search: those whose shifts the person may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from fregat.lib.rights import Role
from fregat.lib.search import Hit
from shifts.roster.models import Shift
from staff.employees.labels import ROLE_LABELS
from staff.employees.models import Employee
from staff.employees.search import sees_everybody

LIMIT = 5


def colleagues(user: Employee, text: str, now: datetime, request: Any) -> Iterator[Hit]:
    """By the beginning of the surname, the name, or the sign-in name; leads to the person's week. One query.

    Whoever sees the whole staff is led to the records instead (`staff.employees.search`).
    """
    if sees_everybody(user):
        return iter(())
    seen = Shift.objects.visible_to(user, now).values("employee")
    named = Q(last_name__istartswith=text) | Q(first_name__istartswith=text) | Q(username__istartswith=text)
    rows = Employee.objects.employed().filter(named, pk__in=seen).order_by("name_key", "first_name", "id")
    return (_hit(employee) for employee in rows[:LIMIT])


def _hit(employee: Employee) -> Hit:
    facts = (str(ROLE_LABELS[Role(employee.role)]), employee.phone)
    return Hit(
        url=f"{reverse('roster:roster')}?person={employee.username}",
        title=employee.full_name,
        subtitle=" · ".join(fact for fact in facts if fact),
        group="employee",
        icon="user-round",
    )
