"""Named queries on shifts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from fregat.lib.rights import Role, Scope, scopes
from shifts.roster import registry, rules
from shifts.roster.rights import ON_SHIFT_ONLY
from staff.employees import chains
from staff.employees.models import Employee, ProjectAssignment

if TYPE_CHECKING:
    from shifts.roster.models import PatternUse, RosterRule, Shift, Wish

NEXT = timedelta(hours=24)
"""How far ahead an operator sees who comes next on the same projects, and who leads."""


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Shifts by time; `now` is always given."""

    model: type[Shift]

    def standing(self) -> ShiftQuerySet:
        """What binds: published and not cancelled."""
        return self.filter(cancelled_at=None, published_at__isnull=False)

    def planned(self) -> ShiftQuerySet:
        """What stands in the roster, drafts among it."""
        return self.filter(cancelled_at=None)

    def drafts(self) -> ShiftQuerySet:
        """What is not published yet."""
        return self.filter(cancelled_at=None, published_at=None)

    def unconfirmed(self, now: datetime) -> ShiftQuerySet:
        """Changed after publication and not confirmed, as far as it is not over."""
        return self.filter(confirm_asked_at__isnull=False, confirmed_at=None, ends_at__gt=now)

    def running(self, now: datetime) -> ShiftQuerySet:
        """Planned over `now`, whether or not anybody signed in."""
        return self.standing().filter(starts_at__lte=now, ends_at__gt=now)

    def not_ended(self, now: datetime) -> ShiftQuerySet:
        """Running or to come."""
        return self.standing().filter(ends_at__gt=now)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> ShiftQuerySet:
        """Standing shifts that share a moment with the half-open span."""
        return self.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def planned_over(self, starts_at: datetime, ends_at: datetime) -> ShiftQuerySet:
        """The same with the drafts."""
        return self.planned().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def plannable_by(self, user: Employee, now: datetime) -> ShiftQuerySet:
        """Shifts of the people whom this person plans at any time: their drafts are seen too."""
        reach = scopes(user.role, "roster.edit") if user.is_active else frozenset()
        if Scope.CENTRE in reach:
            return self.all()
        return self.filter(_plannable(user, now, reach))

    def led_by(self, user: Employee, now: datetime) -> ShiftQuerySet:
        """Running leading shifts of the person, or of a senior manager for whom they act now, over others too."""
        return self.running(now).filter(employee__in=chains.led_by(user.pk, now), leads=True)

    def beside_led_by(self, user: Employee, now: datetime) -> Q:
        """Condition: the shift overlaps the one that this person leads now."""
        led = self.model._default_manager.all().led_by(user, now)
        return Q(Exists(led.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))))

    def visible_to(self, user: Employee, now: datetime) -> ShiftQuerySet:
        """What the matrix lets this person see (`roster.view`), drafts only of those whom they plan; nothing for
        who may not sign in."""
        reach = scopes(user.role, "roster.view") if user.is_active else frozenset()
        if not reach:
            return self.none()
        published, plans = Q(published_at__isnull=False), scopes(user.role, "roster.edit")
        if Scope.CENTRE in reach:
            return self.all() if Scope.CENTRE in plans else self.filter(published)
        seen = Q(employee=user)
        if Scope.TEAM in reach:
            # Senior managers see each other's shifts: one leads at a time.
            seen |= Q(employee__in=Employee.objects.team_of(user, now).values("pk")) | Q(
                employee__role=Role.SENIOR
            )
        if Scope.ROUTED in reach:
            seen |= self.beside_led_by(user, now)
        if Scope.PROJECT in reach and (user.role not in ON_SHIFT_ONLY or registry.is_on_shift(user, now)):
            mine = ProjectAssignment.objects.filter(employee=user).values("project")
            colleagues = ProjectAssignment.objects.filter(project__in=mine).values("employee")
            soon = Q(cancelled_at=None, ends_at__gt=now, starts_at__lt=now + NEXT)
            seen |= soon & (Q(employee__in=colleagues) | Q(leads=True))
        if not plans:
            return self.filter(seen, published)
        return self.filter(seen).filter(published | _plannable(user, now, plans))


def _plannable(user: Employee, now: datetime, reach: frozenset[Scope]) -> Q:
    seen = Q(employee=user) if Scope.OWN in reach else Q(pk__in=())
    if Scope.TEAM in reach:
        seen |= Q(employee__in=Employee.objects.team_of(user, now).values("pk"))
    return seen


class RosterRuleQuerySet(models.QuerySet["RosterRule"]):
    """Terms of the rules by day."""

    def terms_until(self, day: date) -> list[tuple[date, dict[rules.RuleKind, rules.Terms]]]:
        """All terms from their days on, up to a day; the first line is what the law says. One statement."""
        found = [(date.min, rules.terms_of_law())]
        for row in self.filter(since__lte=day).order_by("since", "pk"):
            terms = found[-1][1] | {rules.RuleKind(row.kind): rules.Terms(float(row.limit), row.on)}
            found.append((row.since, terms))
        return found

    def terms_on(self, day: date) -> dict[rules.RuleKind, rules.Terms]:
        """What holds on a day, every kind of it. One statement."""
        rows = self.filter(since__lte=day).order_by("kind", "-since").distinct("kind")
        found = {rules.RuleKind(row.kind): rules.Terms(float(row.limit), row.on) for row in rows}
        return rules.terms_of_law() | found


class PatternUseQuerySet(models.QuerySet["PatternUse"]):
    """Who works by which pattern."""

    def plannable_by(self, user: Employee, now: datetime) -> PatternUseQuerySet:
        """Of the people whom this person plans at any time."""
        reach = scopes(user.role, "roster.edit") if user.is_active else frozenset()
        rows = self.filter(employee__is_active=True)
        return rows if Scope.CENTRE in reach else rows.filter(_plannable(user, now, reach))


class WishQuerySet(models.QuerySet["Wish"]):
    """What people wish of days."""

    def standing(self) -> WishQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def within(self, first: date, until: date) -> WishQuerySet:
        """That touch the days from `first` to before `until`."""
        return self.standing().filter(first_day__lt=until, last_day__gte=first)

    def visible_to(self, user: Employee, now: datetime) -> WishQuerySet:
        """One's own, and those of the people whom one plans."""
        reach = scopes(user.role, "roster.edit") if user.is_active else frozenset()
        if Scope.CENTRE in reach:
            return self.all()
        return self.filter(Q(employee=user) | _plannable(user, now, reach))
