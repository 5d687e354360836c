"""Named queries on employees."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value

from fregat.lib import rights
from fregat.lib.keyboard import layout_readings
from fregat.lib.ordering import UkKey
from fregat.lib.rights import Role, Scope
from staff.employees import registry
from staff.employees.chains import led_by
from staff.employees.statuses import OrderState

if TYPE_CHECKING:
    from staff.employees.models import Employee, Order, Substitution


class EmployeeQuerySet(models.QuerySet["Employee"]):
    """Employees by state and by tie."""

    def employed(self) -> EmployeeQuerySet:
        """Those who may sign in."""
        return self.filter(is_active=True, dismissed_at=None)

    def heads(self) -> EmployeeQuerySet:
        """Heads of the contact centre, the last resort of every routing, oldest first."""
        return self.employed().filter(role=Role.HEAD).order_by("id")

    def team_of(self, senior: Employee, now: datetime) -> EmployeeQuerySet:
        """Who reports at `now` to this senior manager, or to one for whom they act, over others too (JD I.2)."""
        return self.filter(
            Q(subordinations__until=None) | Q(subordinations__until__gt=now),
            subordinations__senior__in=led_by(senior.pk, now),
            subordinations__since__lte=now,
        ).distinct()

    def visible_to(self, user: Employee, now: datetime) -> EmployeeQuerySet:
        """Whose record this person may see, or whose account (`employee.view`, `employee.account`).

        Nothing for who may not sign in. What of a record is seen says `permissions.parts_seen`.
        """
        if not user.is_active:
            return self.none()
        reach = rights.scopes(user.role, "employee.view", user.department)
        accounts = rights.scopes(user.role, "employee.account", user.department)
        if Scope.CENTRE in reach | accounts:
            return self.all()
        seen = Q(pk=user.pk) if Scope.OWN in reach else Q(pk=None)
        if Scope.TEAM in reach:
            everybody = self.model._default_manager.all()
            led = Q(pk__in=led_by(user.pk, now)) & ~Q(pk=user.pk)
            seen |= Q(pk__in=everybody.team_of(user, now).values("pk")) | led
        if Scope.ROUTED in reach:
            for widened in registry.widenings(user, now):
                seen |= Q(pk__in=widened)
        return self.filter(seen)

    def in_state(self, state: str) -> EmployeeQuerySet:
        """`employed`, `dismissed`, `no_account` (employed, and nobody has opened the account); else all."""
        unusable = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        if state == "employed":
            return self.employed()
        if state == "dismissed":
            return self.exclude(dismissed_at=None)
        return self.employed().filter(unusable) if state == "no_account" else self.all()

    def reporting_to(self, senior: str, now: datetime) -> EmployeeQuerySet:
        """Who reports at `now` to the senior manager with this sign-in name, without substitutions."""
        at = Q(subordinations__until=None) | Q(subordinations__until__gt=now)
        return self.filter(at, subordinations__since__lte=now, subordinations__senior__username=senior)

    def named(self, text: str, *, phones: bool = True) -> EmployeeQuerySet:
        """Every word begins a surname, name, patronymic or sign-in name, or (`phones`) is an extension or part
        of a work phone. Case, apostrophes and the other keyboard layout are forgiven.
        """
        rows = self
        # A word of signs alone has no key, and every key begins with nothing.
        words = [word for word in text.split() if any(char.isalnum() for char in word)]
        if not words:
            return self.none()
        for word in words[:_WORDS]:
            condition = _rings(word) if phones else Q(pk=None)
            for reading in layout_readings(word):
                condition |= _begins(reading)
            rows = rows.filter(condition)
        return rows

    def by_name(self) -> EmployeeQuerySet:
        """In the order of the Ukrainian alphabet."""
        return self.order_by("name_key", "first_name_key", "id")

    def after(self, last: Employee) -> EmployeeQuerySet:
        """Those who follow `last` in `by_name`."""
        same = Q(name_key=last.name_key, first_name_key=last.first_name_key, id__gt=last.pk)
        namesakes = Q(name_key=last.name_key, first_name_key__gt=last.first_name_key)
        return self.filter(Q(name_key__gt=last.name_key) | namesakes | same)


_WORDS = 5
"""So many words of a search are read."""
_DIGITS_MIN = 3


def _begins(word: str) -> Q:
    key = UkKey(Value(word))
    named = Q(name_key__startswith=key) | Q(first_name_key__startswith=key)
    return named | Q(patronymic__istartswith=word) | Q(username__istartswith=word)


def _rings(word: str) -> Q:
    digits = "".join(char for char in word if char.isdigit())
    if len(digits) < _DIGITS_MIN:
        return Q(pk=None)
    return Q(extension=digits) | Q(phone__contains=digits)


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    """Substitutions by time and by who sees them."""

    def visible_to(self, user: Employee) -> SubstitutionQuerySet:
        """All for the head and the director; for a senior manager those in which they take part."""
        reach = (
            rights.scopes(user.role, "substitution.view", user.department) if user.is_active else frozenset()
        )
        if Scope.CENTRE in reach:
            return self.all()
        mine = Q(senior=user) | Q(substitute=user)
        return self.filter(mine) if Scope.OWN in reach else self.none()

    def for_reading(self) -> SubstitutionQuerySet:
        """With the people of a line."""
        return self.select_related("senior", "substitute", "created_by")


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
