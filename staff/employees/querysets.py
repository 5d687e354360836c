"""Named queries on employees."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q

from fregat.lib import rights
from fregat.lib.rights import Role, Scope
from staff.employees import registry
from staff.employees.statuses import OrderState

if TYPE_CHECKING:
    from staff.employees.models import Employee, Order


class EmployeeQuerySet(models.QuerySet["Employee"]):
    """Employees by state and by tie."""

    def employed(self) -> EmployeeQuerySet:
        """Those who may sign in."""
        return self.filter(is_active=True, dismissed_at=None)

    def heads(self) -> EmployeeQuerySet:
        """Heads of the contact centre, the last resort of every routing, oldest first."""
        return self.employed().filter(role=Role.HEAD).order_by("id")

    def team_of(self, senior: Employee, now: datetime) -> EmployeeQuerySet:
        """Who reports at `now` to this senior manager, or to one for whom they act (JD I.2)."""
        tie = "subordinations__"
        acts = f"{tie}senior__substituted__"
        return self.filter(
            Q(**{f"{tie}until": None}) | Q(**{f"{tie}until__gt": now}),
            Q(**{f"{tie}senior": senior})
            | Q(**{f"{acts}substitute": senior, f"{acts}since__lte": now, f"{acts}until__gt": now}),
            **{f"{tie}since__lte": now},
        ).distinct()


class EmployeeManager(BaseUserManager.from_queryset(EmployeeQuerySet)):  # type: ignore[misc]
    """Makes employees; there is no superuser to make."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Employee:
        """A new employee with a hashed password."""
        employee: Employee = self.model(username=username, **fields)
        employee.set_password(password)
        employee.save(using=self._db)
        return employee


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders by state and by who may see them."""

    def waiting(self) -> OrderQuerySet:
        """Signed, for a moment that has not come or at which they could not take effect."""
        return self.filter(state=OrderState.WAITING)

    def visible_to(self, user: Employee, now: datetime) -> OrderQuerySet:
        """What `user` may know of: by the scopes of `order.view`, and what they proposed themselves.

        The director sees all. What is only intended about a person is not shown to that person: an order
        about them opens to them when it takes effect.
        """
        scopes = rights.scopes_of(user, "order.view")
        if not user.is_active or not scopes:
            return self.none()
        if user.role == Role.DIRECTOR:
            return self.all()
        happened = Q(took_effect_at__isnull=False)
        about_others = Q(employee=None) | ~Q(employee=user)
        known = Q(proposed_by=user) | (Q(employee=user) | Q(concerned__contains=[user.pk])) & happened
        known |= Q(kind__in=registry.open_order_kinds()) & happened
        if Scope.CENTRE in scopes:
            known |= about_others
        elif Scope.TEAM in scopes:
            team = get_user_model().objects.team_of(user, now).filter(pk=OuterRef("employee_id"))
            known |= Exists(team) & about_others
        return self.filter(known)
