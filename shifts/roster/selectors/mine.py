"""One's own calendar: shifts to come, wishes, hours; and the calendar that a telephone reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from fregat.lib import clock
from fregat.lib.errors import NotFound
from shifts.roster import labels, registry, rules
from shifts.roster.models import CalendarKey, Shift, Wish
from staff.employees.models import Employee

SHOWN = 40
MONTHS = 6
"""So many months back one's own hours are shown."""
BEFORE, AHEAD = timedelta(days=31), timedelta(days=186)
"""What a telephone's calendar holds."""


@dataclass
class MonthHours:
    """The hours of one person in one month: what was planned, what of it was begun."""

    month: date
    employee: Employee
    planned: rules.Hours = field(default_factory=rules.Hours)
    worked: rules.Hours = field(default_factory=rules.Hours)
    norm: float = 0


@dataclass
class Mine:
    """One's own page."""

    coming: list[tuple[Shift, list[registry.ShiftLink]]]
    """With what may be done with each."""
    wishes: list[Wish]
    months: list[MonthHours]
    has_address: bool


def mine(user: Employee, *, now: datetime) -> Mine:
    """Shifts to come, wishes that stand, the hours of the last months. Six statements, and one of each room above."""
    coming = list(Shift.objects.not_ended(now).filter(employee=user).order_by("starts_at")[:SHOWN])
    links = registry.links(user, coming, now)
    today = clock.local(now).date()
    wishes = Wish.objects.standing().filter(employee=user, last_day__gte=today).order_by("first_day", "pk")
    has_address = CalendarKey.objects.filter(employee=user, withdrawn_at=None).exists()
    return Mine(
        [(one, links.get(one.pk, [])) for one in coming], list(wishes), _my_months(user, today), has_address
    )


def _my_months(user: Employee, today: date) -> list[MonthHours]:
    """This month first; months without a shift are left out."""
    months = [rules.month_of(today)]
    for _index in range(MONTHS):
        months.append(rules.month_of(months[-1] - timedelta(days=1)))
    since, until = (
        rules.day_span(months[-1], clock.KYIV.key)[0],
        rules.day_span(rules.next_month(today), clock.KYIV.key)[0],
    )
    rows = Shift.objects.standing().filter(employee=user, starts_at__gte=since, starts_at__lt=until)
    found = [MonthHours(month, user) for month in months]
    fill_hours(rows.order_by("starts_at"), {(user.pk, one.month): one for one in found})
    return [one for one in found if one.planned.shifts]


def fill_hours(rows: Iterable[Shift], found: dict[tuple[int, date], MonthHours]) -> None:
    """Count shifts where they belong: by person, and by the month in which they begin. Two statements."""
    shifts = list(rows)
    begun = registry.begun(shifts)
    for shift in shifts:
        place = found[shift.employee_id, rules.month_of(clock.local(shift.starts_at).date())]
        hours = rules.hours_of([(shift.starts_at, shift.ends_at)])
        place.planned += hours
        if shift.pk in begun:
            place.worked += hours


# --- The calendar of a telephone --------------------------------------------------------------------------


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def calendar(secret: str, *, now: datetime) -> bytes:
    """The published shifts of whoever has this secret, as iCalendar (RFC 5545). Two statements.

    Raises NotFound for a secret that is none, that was withdrawn, or whose owner may not sign in any more.
    """
    key = (
        CalendarKey.objects.filter(digest=digest_of(secret), withdrawn_at=None)
        .select_related("employee")
        .first()
    )
    if key is None or not key.employee.is_active:
        raise NotFound()
    rows = Shift.objects.filter(
        employee=key.employee, published_at__isnull=False, ends_at__gt=now - BEFORE, starts_at__lt=now + AHEAD
    )
    with translation.override(key.employee.language or "uk"):
        made = Calendar()
        made.add("prodid", "-//Fregat//Roster//UK")
        made.add("version", "2.0")
        made.add("x-wr-calname", _("Shifts"))
        for shift in rows.order_by("starts_at", "pk"):
            made.add_component(_event(shift, now))
        return bytes(made.to_ical())


def _event(shift: Shift, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"shift-{shift.pk}@fregat")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", shift.starts_at.astimezone(UTC))
    event.add("dtend", shift.ends_at.astimezone(UTC))
    event.add("sequence", shift.version)
    event.add("summary", str(labels.SHIFT_NAMES[shift.kind]))
    event.add("status", "CANCELLED" if shift.is_cancelled else "CONFIRMED")
    return event
