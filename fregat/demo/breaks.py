"""Breaks of the demonstration: one agreed, one that waits for the senior manager."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from fregat.lib import notices
from shifts.attendance import selectors as attendance
from shifts.breaks import actions, rules
from shifts.breaks.models import Break
from shifts.breaks.selectors import frame
from staff.employees.models import Employee


def write(people: dict[str, Employee], now: datetime) -> None:
    """For the shifts that run now, once each."""
    _ask(people["operator2"], now, hours=3, agreed_by=people["senior"])
    _ask(people["operator"], now, hours=2)


def write_past(people: dict[str, Employee], begins: list[datetime]) -> None:
    """Lunches of the shifts that were worked; one of them lasted too long."""
    for number, starts_at in enumerate(begins):
        for place, name in enumerate(("operator", "operator2", "stranger")):
            at = starts_at + timedelta(hours=4 + place)
            row = actions.ask(
                by=people[name], kind=rules.LUNCH, starts_at=at, now=starts_at + timedelta(hours=1)
            )
            actions.agree(by=people["senior"], break_id=row.pk, now=starts_at + timedelta(hours=2))
            actions.begin(by=people[name], break_id=row.pk, now=at)
            minutes = 71 if (number, place) == (1, 2) else 57 + place
            actions.end(by=people[name], break_id=row.pk, now=at + timedelta(minutes=minutes))
    for person in people.values():
        notices.settle(reverse("breaks:breaks"), now=begins[-1] + timedelta(hours=12), employee_id=person.pk)


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
