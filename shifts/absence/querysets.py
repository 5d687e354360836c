"""Named queries on absences."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from fregat.lib.rights import Scope, scopes
from shifts.absence.statuses import STANDING
from shifts.roster.models import Shift
from staff.employees.models import Employee
from staff.employees.querysets import EmployeeQuerySet

if TYPE_CHECKING:
    from shifts.absence.models import Absence


def people_within(user: Employee, action: str, now: datetime) -> EmployeeQuerySet:
    """Whom the matrix lets this person reach by the action; nobody for who may not sign in."""
    rows: EmployeeQuerySet = Employee.objects.all()
    reach = scopes(user.role, action) if user.is_active else frozenset()
    if not reach:
        return rows.none()
    if Scope.CENTRE in reach:
        return rows
    seen = Q(pk=None)
    if Scope.OWN in reach:
        seen |= Q(pk=user.pk)
    if Scope.TEAM in reach:
        seen |= Q(pk__in=Employee.objects.team_of(user, now).values("pk"))
    if Scope.ROUTED in reach:
        shifts = Shift.objects.all()
        beside = shifts.standing().filter(shifts.beside_led_by(user, now)).exclude(employee=user)
        seen |= Q(pk__in=beside.values("employee"))
    return rows.filter(seen)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by state, time and by who may know of them."""

    def standing(self) -> AbsenceQuerySet:
        """Asked for or agreed."""
        return self.filter(state__in=STANDING)

    def over(self, day: date) -> AbsenceQuerySet:
        """Agreed ones that take in this day."""
        return self.filter(state="agreed", since__lte=day, until__gte=day)

    def concerning(self, day: date) -> AbsenceQuerySet:
        """Not over on this day, or with a missing certificate about which nothing is decided yet."""
        return self.filter(Q(until__gte=day) | Q(missing__decision=""))

    def waiting_for(self, user: Employee, now: datetime) -> AbsenceQuerySet:
        """Their agreement is the next word."""
        return self.within(user, "absence.decide", now).filter(state="asked").exclude(employee=user)

    def within(self, user: Employee, action: str, now: datetime) -> AbsenceQuerySet:
        """What the matrix lets this person reach by the action."""
        return self.filter(employee__in=people_within(user, action, now).values("pk"))

    def visible_to(self, user: Employee, now: datetime) -> AbsenceQuerySet:
        """`absence.view`."""
        return self.within(user, "absence.view", now)
