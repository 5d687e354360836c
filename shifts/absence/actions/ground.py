"""What the actions of the room share: the lock, the words of the days, whom to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from fregat.lib import clock, live, notices
from fregat.lib.db import lock
from fregat.lib.errors import Conflict
from shifts.absence.labels import FAULTS
from shifts.absence.models import Absence
from shifts.absence.statuses import State, may_move
from shifts.attendance import selectors as attendance
from staff.employees.models import Employee

DUE = "certificate_due"
"""Kind of the job at the due time of a certificate."""


def locked(by: Employee, absence_id: int, now: datetime | None) -> tuple[Absence, datetime]:
    """The absence, if `by` may see it, and the moment after the lock. Raises NotFound."""
    rows = Absence.objects.visible_to(by, now or clock.now())
    row: Absence = lock(rows.select_related("employee", "kind"), pk=absence_id)
    return row, now or clock.now()


def move(row: Absence, to: State) -> None:
    """Along the table. Raises Conflict."""
    if not may_move(row.state, to):
        raise Conflict(FAULTS["moved_on"], code="moved_on")
    row.state = to


def days(row: Absence) -> str:
    """`23.11.2026–27.11.2026`, or the one day."""
    first, last = f"{row.since:%d.%m.%Y}", f"{row.until:%d.%m.%Y}"
    return first if first == last else f"{first}–{last}"


def tell(people: Iterable[Employee], row: Absence, kind: str, now: datetime, **values: object) -> None:
    """A notice about the absence; open pages hear of it."""
    said = {"name": row.employee.full_name, "days": days(row), **values}
    url = reverse("absence:absence", args=[row.pk])
    notices.tell(people, kind, url=url, values=said, now=now)
    live.publish(f"employee:{row.employee_id}", "absence", row.pk)
    live.publish("board", "shift")


def who_agrees(employee: Employee, now: datetime) -> list[Employee]:
    """The senior manager and whoever acts for them; for everybody else the heads, for the heads the directors."""
    found = [one for one in attendance.who_answers(employee, now) if one.pk != employee.pk]
    return found or list(Employee.objects.employed().filter(role="director").exclude(pk=employee.pk))
