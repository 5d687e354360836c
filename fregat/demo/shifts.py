"""Shifts of the demonstration: somebody is always at work, whatever the hour (interfaces: Commands).

A shift that runs is prolonged, never replaced: its check, its cases and its handovers go on. Where the
program was off over the end, a new shift begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from fregat.lib.errors import Conflict
from shifts.attendance.actions import begin
from shifts.roster import actions
from shifts.roster.models import Shift
from staff.employees.models import Employee

DAY_PEOPLE = ("senior", "operator", "operator2", "stranger", "doctor")
LEFT = timedelta(hours=3)
"""At least so much of a running shift is left after a start."""
BEGAN = timedelta(hours=4)
LENGTH = timedelta(hours=12)
NIGHT = timedelta(hours=12)
REST = timedelta(hours=48)
"""`night` has no other shift so long before hers."""
WORKED_DAYS = (6, 5, 4, 3)
"""So many days ago the demonstration's people worked already."""
LATE = {("operator2", 5): timedelta(minutes=12), ("stranger", 3): timedelta(minutes=4)}
"""Who came late, how many days ago, by how much."""


def renew(people: dict[str, Employee], now: datetime) -> bool:
    """Make the promised shifts stand at `now`. Returns whether any shift was written anew."""
    reason = _("Demonstration data")
    _free(people["senior2"], now, now + LENGTH, reason)
    ends_at = _end_of_the_day(people["operator"], now)
    written = [_day_shift(people[name], now, ends_at, reason, leads=name == "senior") for name in DAY_PEOPLE]
    _night_shift(people["night"], ends_at, now, reason)
    return any(written)


def write_past(people: dict[str, Employee], now: datetime) -> list[datetime]:
    """Shifts that were worked some days ago, for the cases that began then. Returns their beginnings."""
    begins = {days: _half_hour(now) - timedelta(days=days) for days in WORKED_DAYS}
    for days, starts_at in begins.items():
        for name in DAY_PEOPLE:
            actions.plan_shift(
                by=None, employee=people[name], starts_at=starts_at, ends_at=starts_at + LENGTH, kind="day",
                leads=name == "senior", reason=_("Demonstration data"), now=now,
            )  # fmt: skip
            begin(employee=people[name], now=starts_at + LATE.get((name, days), timedelta(0)))
    return list(begins.values())


def _half_hour(now: datetime) -> datetime:
    return now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)


def _end_of_the_day(operator: Employee, now: datetime) -> datetime:
    running = Shift.objects.running(now).filter(employee=operator).first()
    if running and running.ends_at >= now + LEFT:
        return running.ends_at
    return _half_hour(now) - BEGAN + LENGTH


def _day_shift(employee: Employee, now: datetime, ends_at: datetime, reason: str, *, leads: bool) -> bool:
    """The running shift, prolonged when little is left of it, else a new one; begun. Returns whether it is new."""
    running = Shift.objects.running(now).filter(employee=employee).first()
    if running is None:
        _plan(employee, now, ends_at, reason, leads=leads)
    elif running.ends_at < now + LEFT or running.leads != leads:
        until = max(ends_at, running.ends_at)
        _free(employee, running.ends_at, until, reason, leads=leads)
        actions.change_shift(
            by=None, shift_id=running.pk, changes={"ends_at": until, "leads": leads}, reason=reason, now=now
        )
    begin(employee=employee, now=now)
    return running is None


def _plan(employee: Employee, now: datetime, ends_at: datetime, reason: str, *, leads: bool) -> None:
    last = Shift.objects.standing().filter(employee=employee, ends_at__lte=now).order_by("-ends_at").first()
    starts_at = max(_half_hour(now) - BEGAN, last.ends_at if last else now - LENGTH)
    _free(employee, starts_at, ends_at, reason, leads=leads)
    actions.plan_shift(
        by=None, employee=employee, starts_at=starts_at, ends_at=ends_at, kind="day", leads=leads,
        reason=reason, now=now,
    )  # fmt: skip
    begin(employee=employee, now=starts_at)


def _free(employee: Employee, since: datetime, until: datetime, reason: str, *, leads: bool = False) -> None:
    """Cancel the person's shifts to come in this time, and with `leads` whoever else would lead in it."""
    rows = Shift.objects.planned_over(since, until)
    wanted = rows.filter(employee=employee, starts_at__gte=since)
    if employee.username == "senior2":
        wanted = rows.filter(employee=employee)
    _cancel(wanted, reason)
    if leads:
        _cancel(rows.filter(leads=True).exclude(employee=employee), reason)


def _cancel(rows: Iterable[Shift], reason: str) -> None:
    for shift in rows:
        try:
            actions.cancel_shift(by=None, shift_id=shift.pk, reason=reason)
        except Conflict:
            continue  # it has ended meanwhile


def _night_shift(night: Employee, starts_at: datetime, now: datetime, reason: str) -> None:
    """The night begins when the day ends, and nothing stands in the 48 h before it."""
    ahead = list(Shift.objects.not_ended(now).filter(employee=night).order_by("starts_at"))
    hers = next((s for s in ahead if s.starts_at == starts_at and s.kind == "night"), None)
    _cancel([shift for shift in ahead if shift != hers and shift.starts_at < starts_at + NIGHT], reason)
    _clear_before(night, starts_at, reason)
    if hers is None:
        actions.plan_shift(
            by=None, employee=night, starts_at=starts_at, ends_at=starts_at + NIGHT, kind="night",
            reason=reason, now=now,
        )  # fmt: skip


def _clear_before(night: Employee, starts_at: datetime, reason: str) -> None:
    """Worked nights that stand too near are written further back: the demonstration starts rested."""
    near = Shift.objects.standing().filter(
        employee=night, starts_at__lt=starts_at, ends_at__gt=starts_at - REST
    )
    for shift in near.order_by("starts_at"):
        back = timedelta(days=3)
        while True:
            changes = {"starts_at": shift.starts_at - back, "ends_at": shift.ends_at - back}
            try:
                actions.change_shift(by=None, shift_id=shift.pk, changes=changes, reason=reason)
                break
            except Conflict:
                back += timedelta(days=1)
