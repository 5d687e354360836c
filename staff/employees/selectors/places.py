"""Sign-ins that are in use, and who has two of them in different browsers (JD IV.9)."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT

from staff.employees import rules
from staff.employees.models import Employee


def _in_use(now: datetime) -> QuerySet[UserSession]:
    """Sign-ins used in the last minutes that nobody has ended, whose browser is known."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    rows = UserSession.objects.filter(Exists(alive), data__has_key="device")
    found: QuerySet[UserSession] = rows.filter(last_seen_at__gt=now - rules.PLACE_IN_USE)
    return found


def places_in_use(employee: Employee, now: datetime) -> list[UserSession]:
    """The person's sign-ins that are in use, the earliest first. One statement."""
    return list(_in_use(now).filter(user=employee).order_by("created_at", "pk"))


def at_two_places(now: datetime) -> list[Employee]:
    """Who has sign-ins in use in two browsers or more. One statement."""
    several = (
        _in_use(now)
        .values("user")
        .annotate(devices=Count(KT("data__device"), distinct=True))
        .filter(devices__gt=1)
        .values("user")
    )
    return list(Employee.objects.employed().filter(pk__in=several).order_by("pk"))
