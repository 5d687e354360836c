"""Named queries on employees."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q

from fregat.lib.rights import Role

if TYPE_CHECKING:
    from staff.employees.models import Employee


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
