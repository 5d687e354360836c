"""Named queries on requests."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from fregat.lib.rights import Scope, scopes
from shifts.exchange.statuses import OPEN, State
from shifts.roster.models import Shift
from staff.employees.models import Employee

if TYPE_CHECKING:
    from shifts.exchange.models import Exchange


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Requests by state, by shift and by who may know of them."""

    def open(self) -> ExchangeQuerySet:
        """An answer is awaited."""
        return self.filter(state__in=OPEN)

    def of_shifts(self, *ids: int) -> ExchangeQuerySet:
        """About one of these shifts, given or wanted."""
        return self.filter(Q(shift__in=ids) | Q(wanted__in=ids))

    def of_person(self, employee_id: int) -> ExchangeQuerySet:
        """That somebody asks, or is asked."""
        return self.filter(Q(giver=employee_id) | Q(colleague=employee_id))

    def to_answer(self, user: Employee) -> ExchangeQuerySet:
        """That wait for this colleague's word."""
        return self.filter(colleague=user, state=State.ASKED)

    def visible_to(self, user: Employee, now: datetime) -> ExchangeQuerySet:
        """`exchange.view`: one's own, and of whomever one leads."""
        reach = scopes(user.role, "exchange.view") if user.is_active else frozenset()
        if Scope.CENTRE in reach:
            return self.all()
        seen = Q(pk=None)
        if Scope.OWN in reach:
            seen |= Q(giver=user) | Q(colleague=user)
        giver, colleague = _led(user, reach, now)
        return self.filter(seen | giver | colleague)

    def decidable_by(self, user: Employee, now: datetime) -> ExchangeQuerySet:
        """`exchange.decide`: both people lie within, and the user is neither of them."""
        reach = scopes(user.role, "exchange.decide") if user.is_active else frozenset()
        rows = self.exclude(giver=user).exclude(colleague=user)
        if Scope.CENTRE in reach:
            return rows
        giver, colleague = _led(user, reach, now)
        return rows.filter(giver, colleague)


def _led(user: Employee, reach: frozenset[Scope], now: datetime) -> tuple[Q, Q]:
    """Conditions: this person plans the giver, and the colleague, for the time of the shifts."""
    giver, colleague = Q(pk=None), Q(pk=None)
    if Scope.TEAM in reach:
        team = Employee.objects.team_of(user, now).values("pk")
        giver, colleague = Q(giver__in=team), Q(colleague__in=team)
    if Scope.ROUTED in reach:
        beside = _beside(user, now, "shift") & (Q(wanted=None) | _beside(user, now, "wanted"))
        giver, colleague = giver | beside, colleague | beside
    return giver, colleague


def _beside(user: Employee, now: datetime, name: str) -> Q:
    """Condition: this shift overlaps the one that the user leads now."""
    led = Shift.objects.all().led_by(user, now)
    over = {"starts_at__lt": OuterRef(f"{name}__ends_at"), "ends_at__gt": OuterRef(f"{name}__starts_at")}
    return Q(Exists(led.filter(**over)))
