"""Security events as the administrator reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from fregat.lib import clock
from staff.employees.labels import SECURITY_EVENTS, SECURITY_GROUPS
from staff.employees.models import Employee, SecurityEvent

PAGE = 50


@dataclass(frozen=True)
class Events:
    """One page of them, the newest first."""

    rows: list[SecurityEvent]
    more: bool


def security_events(filters: Mapping[str, Any], *, after: int | None = None) -> Events:
    """Those that the filters leave. One statement."""
    rows = SecurityEvent.objects.filter(_narrowed(filters)).select_related("account", "by").order_by("-pk")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    listed = list(rows[: PAGE + 1])
    return Events(listed[:PAGE], len(listed) > PAGE)


def people_of_security() -> list[Employee]:
    """Whose accounts there are, in the order of the alphabet. One statement."""
    return list(Employee.objects.all().by_name())


def _narrowed(filters: Mapping[str, Any]) -> Q:
    found = Q()
    kind = filters.get("kind")
    if kind in SECURITY_GROUPS:
        found &= Q(kind__in=[code for code, row in SECURITY_EVENTS.items() if row.group == kind])
    if filters.get("person"):
        found &= Q(account__username=filters["person"]) | Q(by__username=filters["person"])
    if filters.get("address"):
        found &= Q(address=filters["address"])
    if filters.get("since"):
        found &= Q(at__gte=_midnight(filters["since"]))
    if filters.get("until"):
        found &= Q(at__lt=_midnight(filters["until"] + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.KYIV)
