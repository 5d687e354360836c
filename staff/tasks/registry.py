"""Who is on shift: the staff knows no shifts, so rooms above say it (filled in `AppConfig.ready()`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staff.employees.models import Employee

OnShift = Callable[[datetime], Iterable[int]]
Leads = Callable[["Employee", datetime], bool]

_on_shift: list[OnShift] = []
_leads: list[Leads] = []


def on_shift_said_by(source: OnShift) -> None:
    """`source(now)` → ids of the employees who are at work by a shift."""
    if source not in _on_shift:
        _on_shift.append(source)


def leader_said_by(source: Leads) -> None:
    """`source(employee, now)` → does this person lead the shift now, in person or as a substitute?"""
    if source not in _leads:
        _leads.append(source)


def on_shift(now: datetime) -> set[int]:
    """Ids of everybody who is at work now; nobody while no room knows of shifts."""
    return {employee_id for source in _on_shift for employee_id in source(now)}


def leads(employee: Employee, now: datetime) -> bool:
    """Does this person lead the shift now?"""
    return any(source(employee, now) for source in _leads)
