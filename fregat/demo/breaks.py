"""Breaks of the demonstration: one agreed, one that waits for the senior manager."""

from __future__ import annotations

from datetime import datetime, timedelta

from shifts.attendance import selectors as attendance
from shifts.breaks import actions, rules
from shifts.breaks.models import Break
from shifts.breaks.selectors import frame
from staff.employees.models import Employee


def write(people: dict[str, Employee], now: datetime) -> None:
    """For the shifts that run now, once each."""
    _ask(people["operator2"], now, hours=3, agreed_by=people["senior"])
    _ask(people["operator"], now, hours=2)


def _ask(person: Employee, now: datetime, *, hours: int, agreed_by: Employee | None = None) -> None:
    shift = attendance.current_shift(person, now)
    if shift is None or Break.objects.filter(shift=shift).exists():
        return
    offered = [at for at in rules.quarters(frame(shift), now) if at >= now + timedelta(hours=hours)]
    if not offered or rules.fault(rules.LUNCH, offered[0], frame(shift), now):
        return
    row = actions.ask(by=person, kind=rules.LUNCH, starts_at=offered[0], now=now)
    if agreed_by:
        actions.agree(by=agreed_by, break_id=row.pk, now=now)
