"""Named queries on whose working time one may see, and on changes of its end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from fregat.lib.rights import Scope, scopes
from shifts.roster.models import Shift
from shifts.roster.querysets import ShiftQuerySet
from staff.employees.models import Employee, SecurityEvent

if TYPE_CHECKING:
    from shifts.attendance.models import EndChange


def shifts_within(user: Employee, action: str, now: datetime) -> ShiftQuerySet:
    """Shifts that the matrix lets this person reach by the action; nothing for who may not sign in."""
    rows: ShiftQuerySet = Shift.objects.all()
    reach = scopes(user.role, action) if user.is_active else frozenset()
    if not reach:
        return rows.none()
    if Scope.CENTRE in reach:
        return rows
    seen = Q(pk=None)
    if Scope.OWN in reach:
        seen |= Q(employee=user)
    if Scope.TEAM in reach:
        seen |= Q(employee__in=Employee.objects.team_of(user, now).values("pk"))
    if Scope.ROUTED in reach:
        seen |= rows.beside_led_by(user, now)
    return rows.filter(seen)


def with_two_places(rows: ShiftQuerySet) -> ShiftQuerySet:
    """With `two_places_at`: when it was first noticed in the shift that its person is at two places at once.

    The moment alone: addresses and browsers are for who reads the events of security.
    """
    noticed = SecurityEvent.objects.filter(
        kind="second_place", account=OuterRef("employee"), at__gte=OuterRef("attendance__begun_at"),
        at__lt=OuterRef("ends_at"),
    )  # fmt: skip
    return rows.annotate(two_places_at=Subquery(noticed.order_by("at").values("at")[:1]))


class EndChangeQuerySet(models.QuerySet["EndChange"]):
    """Changes of the end of a shift by state and by who may know of them."""

    def asked(self) -> EndChangeQuerySet:
        """They wait for the other side."""
        return self.filter(state="asked")

    def within(self, user: Employee, action: str, now: datetime) -> EndChangeQuerySet:
        """What the matrix lets this person reach by the action."""
        return self.filter(shift__in=shifts_within(user, action, now).values("pk"))

    def waiting_for(self, user: Employee, now: datetime) -> EndChangeQuerySet:
        """Their word is the next one: asked of them as an employee, or by an employee for whom they answer."""
        rows = self.within(user, "end.decide", now).asked().exclude(asked_by=user)
        rows = rows.filter(shift__ends_at__gt=now, shift__cancelled_at=None)
        return rows.filter(Q(shift__employee=user) | Q(asked_by=F("shift__employee")))

    def visible_to(self, user: Employee, now: datetime) -> EndChangeQuerySet:
        """`end.view`."""
        return self.within(user, "end.view", now)
