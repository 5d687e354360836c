"""Shifts on the personal record, and whose record the leader of a shift sees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from shifts.roster.models import Shift
from staff.employees.models import Employee

BEFORE = timedelta(days=14)
"""How far back the record shows shifts."""
SHOWN = 12


def shifts_of(viewer: Employee, employee: Employee, now: datetime) -> Mapping[str, Any]:
    """The running shift, the next ones and those of the last two weeks, within what the viewer sees. Two statements."""
    seen = Shift.objects.visible_to(viewer, now).standing().filter(employee=employee)
    return {
        "username": employee.username,
        "coming": list(seen.not_ended(now).order_by("starts_at")[:SHOWN]),
        "past": list(seen.filter(ends_at__lte=now, ends_at__gt=now - BEFORE).order_by("-starts_at")[:SHOWN]),
        "now": now,
    }


def beside_the_leader(user: Employee, now: datetime) -> QuerySet[Any]:
    """Ids of the people whose running shift overlaps the one that the user leads (JD I.5)."""
    shifts = Shift.objects.all()
    return shifts.running(now).filter(shifts.beside_led_by(user, now)).values("employee")
