"""Named queries on the access log and on broken glass, each starting from what a person may see of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from cases.privacy.statuses import State
from fregat.lib import rights
from fregat.lib.rights import Scope
from staff.employees import selectors as staff

if TYPE_CHECKING:
    from cases.privacy.models import AccessLog, BrokenGlass, Disclosure, Finding
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


class BrokenGlassQuerySet(models.QuerySet["BrokenGlass"]):
    """Glasses that were broken."""

    def visible_to(self, user: Employee, now: datetime) -> BrokenGlassQuerySet:
        """Own ones, those of one's team, or all (the matrix, `glass.view`)."""
        scopes = rights.scopes_of(user, "glass.view")
        if Scope.CENTRE in scopes:
            return self
        people = {user.pk} if Scope.OWN in scopes else set()
        if Scope.TEAM in scopes:
            people |= staff.team_ids(user, now)
        return self.filter(employee__in=people) if people else self.none()

    def unreviewed(self) -> BrokenGlassQuerySet:
        """Those that nobody has judged yet."""
        return self.filter(reviewed_at=None)

    def since(self, moment: datetime) -> BrokenGlassQuerySet:
        """Broken at `moment` or later."""
        return self.filter(opened_at__gte=moment)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """What left the house."""

    def visible_to(self, user: Employee, now: datetime) -> DisclosureQuerySet:
        """Own ones, those of one's team, or all (the matrix, `disclosure.view`)."""
        scopes = rights.scopes_of(user, "disclosure.view")
        if Scope.CENTRE in scopes:
            return self
        people = {user.pk} if Scope.OWN in scopes else set()
        if Scope.TEAM in scopes:
            people |= staff.team_ids(user, now)
        return self.filter(by__in=people) if people else self.none()


class ConsentQuerySet(models.QuerySet[Any]):
    """Consents of the insurers, and requests for them: by project."""

    def visible_to(self, user: Employee, now: datetime) -> ConsentQuerySet:
        """Those of the employee's projects, or all (the matrix, `consent.view`)."""
        scopes = rights.scopes_of(user, "consent.view")
        if Scope.CENTRE in scopes:
            return self
        if Scope.PROJECT not in scopes:
            return self.none()
        return self.filter(project__in=user.assignments.values("project"))

    def of_case(self, project: str, case_uuid: UUID) -> ConsentQuerySet:
        """Those that say something of this case: its own, and those of the whole project."""
        return self.filter(Q(case_uuid=case_uuid) | Q(case_uuid=None), project=project)

    def standing(self) -> ConsentQuerySet:
        """Consents that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def open(self) -> ConsentQuerySet:
        """Requests that nobody has answered."""
        return self.filter(answered_at=None)


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings."""

    def visible_to(self, user: Employee) -> FindingQuerySet:
        """All for whoever examines or oversees; one's own once somebody has taken it up, so as to explain it."""
        if Scope.CENTRE in rights.scopes_of(user, "finding.view"):
            return self
        return self.filter(employee=user.pk).exclude(state=State.NEW)

    def open(self) -> FindingQuerySet:
        """Not decided yet."""
        return self.filter(decided_at=None)
