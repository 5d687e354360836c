"""Whose shifts a page shows, and whom one may choose."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from fregat.lib.errors import NotFound
from fregat.lib.rights import Role, Scope, scopes
from shifts.roster.models import Shift
from shifts.roster.permissions import Editable
from staff.employees.models import Employee
from staff.employees.querysets import EmployeeQuerySet

ON_SHIFTS = (Role.OPERATOR, Role.SENIOR, Role.DOCTOR)
"""Roles that have a row in the roster although nothing is planned for them."""


def get_shift(user: Employee, pk: int, *, now: datetime) -> Shift:
    """The one gate to a shift. Raises NotFound for a shift that this person may not see."""
    rows = Shift.objects.visible_to(user, now).select_related("employee")
    shift: Shift | None = rows.filter(pk=pk).first()
    if shift is None:
        raise NotFound()
    return shift


def people_to_plan(user: Employee, now: datetime) -> list[Employee]:
    """Those for whom this person can plan a shift, in Ukrainian order; all while leading a shift."""
    editable = Editable(user, now)
    rows = Employee.objects.employed().filter(role__in=[*ON_SHIFTS, Role.HEAD])
    if not editable.everybody and not editable.led:
        rows = rows.filter(pk__in=editable.people)
    return list(rows.order_by("name_key", "first_name", "id"))


def people_to_choose(user: Employee) -> list[Employee]:
    """Those to whom, or to whose teams, the roster can be narrowed; nobody for who sees few anyway."""
    if not scopes(user.role, "roster.view") & {Scope.TEAM, Scope.CENTRE}:
        return []
    return list(
        Employee.objects.employed().filter(role__in=ON_SHIFTS).order_by("name_key", "first_name", "id")
    )


def narrowed(people: EmployeeQuerySet, team: str, person: str, now: datetime) -> EmployeeQuerySet:
    """The people of a senior manager's team (with that manager), or one person; all without a filter."""
    if team:
        senior = Employee.objects.filter(username=team).first()
        members = Employee.objects.team_of(senior, now).values("pk") if senior else []
        people = people.filter(Q(pk__in=members) | Q(username=team))
    return people.filter(username=person) if person else people


def expected(user: Employee, editable: Editable) -> Q:
    """Condition: has a row although nothing may be planned for them: whom the person plans, and oneself."""
    employed = Q(is_active=True, role__in=ON_SHIFTS)
    if Scope.CENTRE in scopes(user.role, "roster.view"):
        return employed
    return Q(is_active=True, pk__in={*editable.people, user.pk})
