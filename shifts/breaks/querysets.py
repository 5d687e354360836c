"""Named queries on breaks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from fregat.lib.rights import Scope, scopes
from shifts.breaks.statuses import STANDING, State
from shifts.roster.models import Shift
from staff.employees.models import Employee

if TYPE_CHECKING:
    from shifts.breaks.models import Break


class BreakQuerySet(models.QuerySet["Break"]):
    """Breaks by state and by who may know of them."""

    def standing(self) -> BreakQuerySet:
        """Asked, agreed, running or over: of a shift that stands."""
        return self.filter(state__in=STANDING, shift__cancelled_at=None)

    def running(self, now: datetime) -> BreakQuerySet:
        """Begun and not ended, of a shift that runs."""
        return self.filter(
            state=State.RUNNING, shift__cancelled_at=None, shift__starts_at__lte=now, shift__ends_at__gt=now
        )

    def within(self, user: Employee, action: str, now: datetime) -> BreakQuerySet:
        """What the matrix lets this person reach by the action; nothing for who may not sign in."""
        reach = scopes(user.role, action) if user.is_active else frozenset()
        if not reach:
            return self.none()
        if Scope.CENTRE in reach:
            return self.all()
        seen = Q(pk=None)
        if Scope.OWN in reach:
            seen |= Q(shift__employee=user)
        if Scope.TEAM in reach:
            seen |= Q(shift__employee__in=Employee.objects.team_of(user, now).values("pk"))
        if Scope.ROUTED in reach:
            led = Shift.objects.all()
            seen |= Q(shift__in=led.filter(led.beside_led_by(user, now)).values("pk"))
        return self.filter(seen)

    def visible_to(self, user: Employee, now: datetime) -> BreakQuerySet:
        """`break.view`."""
        return self.within(user, "break.view", now)
