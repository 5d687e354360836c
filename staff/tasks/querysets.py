"""Named queries on assignments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from fregat.lib.rights import Scope, may, scopes
from staff.employees.models import Employee
from staff.tasks import registry
from staff.tasks.rules import BOUND_BY_LEADER
from staff.tasks.statuses import OPEN, UNDONE

if TYPE_CHECKING:
    from staff.tasks.models import Assignment


def bound_on_shift(user: Employee, now: datetime) -> set[int]:
    """Ids of those on the shift that this person leads now; empty for who leads nobody."""
    if not registry.leads(user, now):
        return set()
    rows = Employee.objects.employed().filter(pk__in=registry.on_shift(now), role__in=BOUND_BY_LEADER)
    return set(rows.exclude(pk=user.pk).values_list("pk", flat=True))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by state and by who may know of them."""

    def open(self) -> AssignmentQuerySet:
        """Somebody still has to do something."""
        return self.filter(state__in=OPEN)

    def late(self, now: datetime) -> AssignmentQuerySet:
        """Not done in time."""
        return self.filter(state__in=UNDONE, due_at__lte=now)

    def visible_to(self, user: Employee, now: datetime) -> AssignmentQuerySet:
        """What the matrix lets this person see (`instruction.view`); nothing for who may not sign in."""
        reach = scopes(user.role, "instruction.view") if user.is_active else frozenset()
        if not reach:
            return self.none()
        if Scope.CENTRE in reach:
            return self.all()
        seen = Q(assignee=user)
        if may(user.role, "instruction.give"):
            seen |= Q(instruction__given_by=user)
        if Scope.TEAM in reach:
            seen |= Q(assignee__in=Employee.objects.team_of(user, now).values("pk"))
        if Scope.ROUTED in reach:
            seen |= Q(assignee__in=bound_on_shift(user, now))
        return self.filter(seen)
