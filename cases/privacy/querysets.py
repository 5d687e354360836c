"""Named queries on the access log, each starting from what a person may see of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from fregat.lib import rights
from fregat.lib.rights import Scope
from staff.employees import selectors as staff

if TYPE_CHECKING:
    from cases.privacy.models import AccessLog
    from staff.employees.models import Employee


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    """Looks."""

    def visible_to(self, user: Employee, now: datetime) -> AccessLogQuerySet:
        """Looks that the person may read about: own, of the own team, or all (the matrix, `log.view`)."""
        scopes = rights.scopes_of(user, "log.view")
        if Scope.CENTRE in scopes:
            return self
        people = {user.pk} if Scope.OWN in scopes else set()
        if Scope.TEAM in scopes:
            people |= staff.team_ids(user, now)
        return self.filter(employee__in=people) if people else self.none()

    def of(self, employee_id: int) -> AccessLogQuerySet:
        """What one employee looked at (index `log_by_employee`)."""
        return self.filter(employee=employee_id)

    def at_any_of(self, uuids: Iterable[UUID]) -> AccessLogQuerySet:
        """Looks at any of these persons, cases or policies (indexes `log_by_object`, `log_by_person`)."""
        wanted = list(uuids)
        return self.filter(Q(objects_seen__overlap=wanted) | Q(persons__overlap=wanted))
