"""Who is on duty now, since when, and who leads (glossary: «on duty», «senior manager on duty»)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fregat.lib import clock
from fregat.lib.errors import NotFound
from fregat.lib.once import once
from fregat.lib.rights import Role, Scope, may, scopes
from shifts.attendance import rules
from shifts.attendance.labels import late, on_shift_until, two_places
from shifts.attendance.models import Attendance, EndChange
from shifts.attendance.querysets import EndChangeQuerySet, with_two_places
from shifts.roster.labels import broken
from shifts.roster.models import Shift
from shifts.roster.querysets import ShiftQuerySet
from shifts.roster.rules import check_at, day_span
from shifts.roster.selectors import broken_by_end
from staff.employees import selectors as staff
from staff.employees.models import Employee, Substitution
from staff.employees.registry import Mark

ASKED = 50
"""The most wishes that wait for one person that a page shows."""
UPCOMING = 7
"""How many of one's next shifts are shown."""


def window() -> timedelta:
    """How long before its start a shift can be begun."""
    return timedelta(minutes=settings.FREGAT["SIGN_IN_MINUTES"])


def open_shifts(employee: Employee, now: datetime) -> QuerySet[Shift]:
    """Shifts of the person whose window is open at `now`, begun or not, earliest first."""
    rows = Shift.objects.standing().filter(employee=employee, starts_at__lte=now + window(), ends_at__gt=now)
    return rows.order_by("starts_at")


@once
def anything_to_begin(employee: Employee, now: datetime) -> bool:
    """Would a request at `now` begin a shift, or bring back whoever had signed out? One index look-up."""
    return shifts_to_begin(employee, now).exists()


def shifts_to_begin(employee: Employee, now: datetime) -> QuerySet[Shift]:
    """What a request at `now` would begin, or begin again."""
    waits = Q(attendance=None) | Q(attendance__left_at__isnull=False, attendance__ended_at=None)
    return open_shifts(employee, now).filter(waits)


def begun_running(now: datetime) -> QuerySet[Shift]:
    """Shifts that are running and were begun by signing in."""
    return Shift.objects.running(now).filter(attendance__begun_at__lte=now)


def on_duty(now: datetime) -> QuerySet[Employee]:
    """Who is on duty by a shift. The heads, who are on duty always, are not added."""
    found: QuerySet[Employee] = Employee.objects.employed().filter(has_begun(now, "pk"))
    return found


def has_begun(now: datetime, who: str) -> Exists:
    """Of a row that names an employee by `who`: have they a running shift that they began?"""
    return Exists(begun_running(now).filter(employee=OuterRef(who)))


def on_duty_ids(now: datetime) -> set[int]:
    """Ids of all who are on duty by a shift."""
    return set(on_duty(now).values_list("pk", flat=True))


def is_on_duty(employee: Employee, now: datetime) -> bool:
    """Is this person on duty? The head of the contact centre always is, as the last resort."""
    if not employee.is_active:
        return False
    return employee.role == Role.HEAD or current_shift(employee, now) is not None


@once
def current_shift(employee: Employee, now: datetime) -> Shift | None:
    """The running shift that the person has begun, with its attendance; None off shift."""
    if not employee.is_active:
        return None
    return own_running(employee, now).select_related("attendance").first()


def own_running(employee: Employee, now: datetime) -> QuerySet[Shift]:
    """Shifts of the person that are running and were begun: one at most."""
    return begun_running(now).filter(employee=employee).order_by("pk")


def marks(people: Iterable[Employee], now: datetime) -> dict[int, Mark]:
    """Who of these people is on shift, and until when. One statement."""
    running = begun_running(now).filter(employee__in=list(people)).values_list("employee", "ends_at")
    return {pk: Mark(on_shift_until(ends_at), "good", "clock") for pk, ends_at in running}


def is_on_shift(employee: Employee, now: datetime) -> bool:
    """Has this person a running shift that they began? Unlike `is_on_duty`, the head is asked too."""
    return current_shift(employee, now) is not None


def next_shift(employee: Employee, now: datetime) -> Shift | None:
    """The first shift that is planned to start after `now`."""
    return Shift.objects.standing().filter(employee=employee, starts_at__gt=now).order_by("starts_at").first()


@once
def leader(now: datetime) -> Employee | None:
    """The senior manager on duty: one at most, None when nobody leads (then the head answers).

    The leader of the running leading shift, when they began it; else the first on duty of those who act for
    that leader (the substitute, the substitute's substitute); else, when no leading shift is running, somebody
    on duty who substitutes a senior manager now: senior managers first, then the shift that began earliest.
    """
    shift = Shift.objects.running(now).filter(leads=True).select_related("employee", "attendance").first()
    if shift is None:
        return _first_substitute(now)
    attendance: Attendance | None = getattr(shift, "attendance", None)
    if attendance is not None and attendance.begun_at <= now and shift.employee.is_active:
        led: Employee = shift.employee
        return led
    return first_on_duty(staff.acting_for(shift.employee, now), now)


def first_on_duty(people: list[Employee], now: datetime) -> Employee | None:
    """The first of these people, in their order, who is on duty; the head always is. One statement, or none."""
    there = (
        set(on_duty(now).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
        if people
        else ()
    )
    return next((one for one in people if one.role == Role.HEAD or one.pk in there), None)


def leads(employee: Employee, now: datetime) -> bool:
    """Is this person the senior manager on duty?"""
    return leader(now) == employee


def who_decides(employee: Employee, now: datetime) -> list[Employee]:
    """Who leads the shift, else who acts for the employee's senior manager, else the heads."""
    led = leader(now)
    if led is not None and led.pk != employee.pk:
        return [led]
    senior = staff.senior_of(employee, now)
    found = first_on_duty(staff.acting_for(senior, now), now) if senior else None
    return [found] if found else list(Employee.objects.heads())


def who_watches(employee: Employee, now: datetime) -> list[Employee]:
    """Who leads while this person is on shift, else nobody."""
    return who_decides(employee, now) if is_on_shift(employee, now) else []


def stretch(employee: Employee, now: datetime) -> str:
    """The running shift that the person has begun, as a name; empty off shift."""
    shift = current_shift(employee, now)
    return f"shift {shift.pk}" if shift else ""


def who_answers(employee: Employee, now: datetime) -> list[Employee]:
    """The employee's senior manager and whoever acts for them, on duty or not; else the heads."""
    senior = staff.senior_of(employee, now)
    return [senior, *staff.acting_for(senior, now)] if senior else list(Employee.objects.heads())


def _first_substitute(now: datetime) -> Employee | None:
    acting = Substitution.objects.filter(since__lte=now, until__gt=now)
    rows = begun_running(now).filter(employee__in=acting.values("substitute"), employee__is_active=True)
    found: Iterable[Shift] = rows.select_related("employee")
    ranked = sorted(found, key=lambda shift: (shift.employee.role != Role.SENIOR, shift.starts_at, shift.pk))
    return ranked[0].employee if ranked else None


@dataclass(frozen=True)
class Present:
    """Somebody planned over this moment: on duty, or not come yet."""

    shift: Shift
    attendance: Attendance | None
    leads: bool
    two_places: str = ""
    """When the account was first in use at two places at once in this shift, in words."""

    @property
    def late(self) -> str:
        """How late they came, in words."""
        return late(self.attendance.late_seconds) if self.attendance else ""


@dataclass(frozen=True)
class OwnDay:
    """What the page of one's own shift shows."""

    current: Shift | None
    late: str
    check_at: datetime | None
    upcoming: list[Shift]
    leader: Employee | None
    on_duty: list[Present]
    awaited: list[Present]
    """Planned now and not come yet: for those who answer for the shift."""
    heads: list[Employee]
    answers: bool
    """The person answers for the shift and sees who is late."""
    ends: list[datetime]
    """Other times at which my shift could end, while none is asked for."""
    of_ends: Shift | None
    """The shift that would end then: the running one, else the next."""
    wish: EndChange | None
    """The other end of my shift that was asked for last, by me or of me."""
    asked: list[EndChange]
    """What others ask of me."""
    breaks: list[str]
    """Rules of working time that the end which is asked of me would break, in words."""


def own_day(user: Employee, *, now: datetime) -> OwnDay:
    """My shift now, the next ones, who is on duty and who leads; at most twelve queries."""
    current, leads = current_shift(user, now), leader(now)
    planned = with_two_places(Shift.objects.running(now).filter(employee__is_active=True))
    rows = planned.select_related("employee", "attendance").order_by("-leads", "employee__name_key", "id")
    present = [
        Present(row, getattr(row, "attendance", None), row.employee == leads, two_places(row.two_places_at))  # type: ignore[attr-defined]
        for row in rows
    ]
    answers = bool({Scope.ROUTED, Scope.CENTRE} & scopes(user.role, "roster.view"))
    return OwnDay(
        current=current,
        late=late(current.attendance.late_seconds) if current else "",
        check_at=check_at(current.ends_at, settings.FREGAT["CHECK_MINUTES"]) if current else None,
        upcoming=list(_upcoming(user, now)),
        leader=leads,
        on_duty=[one for one in present if one.attendance],
        awaited=[one for one in present if not one.attendance] if answers else [],
        heads=list(Employee.objects.heads()),
        answers=answers,
        **_end_of(user, current, now),
    )


def _end_of(user: Employee, current: Shift | None, now: datetime) -> dict[str, Any]:
    """What becomes of the end of my shift, and of others' about whom I am asked."""
    mine = current or (next_shift(user, now) if may(user.role, "end.ask") else None)
    rows = EndChange.objects.select_related("asked_by", "decided_by")
    wish = rows.filter(shift=mine).order_by("-pk").first() if mine else None
    may_ask = mine is not None and may(user.role, "end.ask") and not (wish and wish.is_asked)
    return {
        "ends": list(rules.ends(mine.starts_at, mine.ends_at, now)) if mine and may_ask else [],
        "of_ends": mine,
        "wish": wish,
        "asked": end_changes_to_decide(user, now),
        "breaks": _breaks(user, mine, wish),
    }


def _breaks(user: Employee, mine: Shift | None, wish: EndChange | None) -> list[str]:
    if mine is None or wish is None or not wish.is_asked or wish.asked_by_id == user.pk:
        return []
    return [broken(fault) for fault in broken_by_end(mine, wish.ends_at)]


def end_changes_to_decide(user: Employee, now: datetime) -> list[EndChange]:
    """Ends that employees ask this person for, the earliest first. One statement."""
    rows = EndChange.objects.within(user, "end.decide", now).asked().filter(asked_by=F("shift__employee"))
    rows = rows.exclude(asked_by=user).filter(shift__ends_at__gt=now, shift__cancelled_at=None)
    return list(rows.select_related("shift__employee", "asked_by").order_by("ends_at", "pk")[:ASKED])


def get_end_change(user: Employee, pk: int, *, now: datetime) -> EndChange:
    """The gate to one wish. Raises NotFound for one that may not be seen."""
    found = end_changes(user, now).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def end_changes(user: Employee, now: datetime) -> EndChangeQuerySet:
    """Wishes that the person may see, with whose they are."""
    rows = EndChange.objects.visible_to(user, now)
    return rows.select_related("shift__employee", "asked_by", "decided_by")


def _upcoming(user: Employee, now: datetime) -> QuerySet[Shift]:
    rows = Shift.objects.standing().filter(employee=user, starts_at__gt=now).select_related("attendance")
    return rows.order_by("starts_at")[:UPCOMING]


def visible_shifts(user: Employee, now: datetime) -> ShiftQuerySet:
    """Standing shifts that the person may see, with who and when begun."""
    return Shift.objects.visible_to(user, now).standing().select_related("employee", "attendance")


def get_shift(user: Employee, shift_id: int, *, now: datetime) -> Shift:
    """The gate to one shift, cancelled ones included. Raises NotFound for one that may not be seen."""
    rows = Shift.objects.visible_to(user, now).select_related("employee", "attendance")
    shift: Shift | None = rows.filter(pk=shift_id).first()
    if shift is None:
        raise NotFound()
    return shift


def day_in_kyiv(day: date) -> tuple[datetime, datetime]:
    """The half-open span of a day on the centre's clock."""
    return day_span(day, clock.KYIV.key)
