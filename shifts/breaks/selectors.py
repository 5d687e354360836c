"""The read side: my breaks and the load of my shift, what waits for agreement, who is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from fregat.lib import clock
from fregat.lib.errors import NotFound, Sentence
from fregat.lib.once import once
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from shifts.breaks import registry, rules
from shifts.breaks.labels import NOT_OFFERED
from shifts.breaks.models import Break
from shifts.breaks.querysets import BreakQuerySet
from shifts.breaks.rules import Frame, Ready, Work
from shifts.breaks.statuses import AHEAD, STANDING, State
from shifts.roster.models import Shift
from shifts.roster.rules import check_at
from staff.employees import selectors as staff
from staff.employees.models import Employee

SHOWN = 50
"""The most breaks a list shows."""
LEVELS = 5
"""The load is shown in so many steps, of the busiest quarter-hour of the day."""


@dataclass(frozen=True)
class Quarter:
    """A quarter-hour of the shift: how busy it usually is, and who is away then."""

    at: datetime
    level: int
    """0 (quiet) … `LEVELS` (the busiest of the day)."""
    away: tuple[str, ...]

    @property
    def value(self) -> str:
        """As forms send it."""
        return self.at.isoformat()


@dataclass(frozen=True)
class Wish:
    """A break that waits for agreement, or is agreed and may be moved, with what it is judged by."""

    row: Break
    quarters: list[Quarter]
    """Times to which it may be moved, the asked one among them."""
    now_at: Quarter | None
    """The quarter-hour in which it would begin."""


@dataclass(frozen=True)
class Page:
    """`/shift/breaks/`."""

    shift: Shift | None
    mine: list[Break]
    quarters: list[Quarter]
    has_lunch: bool
    wishes: list[Wish] = field(default_factory=list)
    others: list[Wish] = field(default_factory=list)
    """Agreed and running breaks of those whose breaks one agrees to; an agreed one may be moved."""


def frame(shift: Shift) -> Frame:
    """The shift as the rules see it."""
    return Frame(shift.starts_at, shift.ends_at, check_at(shift.ends_at, settings.FREGAT["CHECK_MINUTES"]))


def get_break(user: Employee, pk: int, *, now: datetime) -> Break:
    """The gate to one break. Raises NotFound for one that may not be seen."""
    found = Break.objects.visible_to(user, now).select_related("shift__employee").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def visible_breaks(user: Employee, now: datetime) -> BreakQuerySet:
    """Breaks that the person may see, with whose they are and who decided."""
    rows = Break.objects.visible_to(user, now)
    return rows.select_related("shift__employee", "decided_by")


@once
def running(now: datetime) -> dict[int, Break]:
    """Employee → the break that they are on now. One statement."""
    rows = Break.objects.running(now).select_related("shift")
    return {row.shift.employee_id: row for row in rows}


def away_ids(now: datetime) -> set[int]:
    """Ids of those who are on a break: they get no new case (B2)."""
    return set(running(now))


def is_away(now: datetime) -> Exists:
    """Of an employee in a query: are they on a break?"""
    return Exists(Break.objects.running(now).filter(shift__employee=OuterRef("pk")))


def state_of(ends_at: datetime | None, now: datetime, *, away: bool) -> Ready:
    """How ready somebody is whose running shift ends at `ends_at`; None: they are off duty."""
    begins = check_at(ends_at, settings.FREGAT["CHECK_MINUTES"]) if ends_at else None
    return rules.ready(begins, now, away=away)


def ready_of(person: Employee, now: datetime) -> Ready:
    """How ready this person is. Two statements at most."""
    shift = attendance.current_shift(person, now)
    return state_of(shift.ends_at if shift else None, now, away=person.pk in running(now))


def offered(work: Work, now: datetime) -> dict[int, Ready]:
    """Ids of all who may be offered this now, with how ready they are. Two statements."""
    away = away_ids(now)
    rows = attendance.begun_running(now).filter(employee__is_active=True).values_list("employee", "ends_at")
    states = {pk: state_of(ends_at, now, away=pk in away) for pk, ends_at in rows}
    return {pk: state for pk, state in states.items() if rules.is_offered(work, state)}


def on_duty_of(user: Employee, now: datetime) -> QuerySet[Shift]:
    """Begun running shifts of those whose shifts the person may see."""
    rows = attendance.visible_shifts(user, now).filter(pk__in=attendance.begun_running(now).values("pk"))
    return rows.order_by("starts_at", "pk")


def why_not(person: Employee, work: Work, now: datetime) -> Sentence:
    """Why this person may not be offered it now; empty when they may. The head always may: the last resort."""
    if person.role == Role.HEAD:
        return ""
    state = ready_of(person, now)
    return "" if rules.is_offered(work, state) else NOT_OFFERED[state] % {"name": person.full_name}


def leader_for_cases(now: datetime) -> Employee | None:
    """The senior manager on duty as a receiver of cases: on a break, whoever acts for them then, if on duty.

    None: it is the head's turn. Escalations go to the senior manager on a break all the same (JD II.10).
    """
    led = attendance.leader(now)
    if led is None or not why_not(led, Work.CASE, now):
        return led
    there = [one for one in staff.acting_for(led, now) if one.pk not in running(now)]
    return attendance.first_on_duty(there, now)


def page(user: Employee, *, now: datetime) -> Page:
    """My breaks and the load of my shift; what waits for me. At most six statements."""
    shift = attendance.current_shift(user, now) or attendance.next_shift(user, now)
    mine = list(shift.breaks.order_by("starts_at", "id")) if shift else []
    standing = [row for row in mine if row.state in STANDING]
    wishes, others = _to_decide(user, now)
    frames = [frame(one) for one in [shift, *(row.shift for row in [*wishes, *others])] if one]
    timetable = _Timetable(frames, now) if frames else None
    return Page(
        shift=shift,
        mine=mine,
        quarters=timetable.of(frame(shift), without=user) if shift and timetable else [],
        has_lunch=any(row.kind == rules.LUNCH for row in standing),
        wishes=[timetable.wish(row) for row in wishes] if timetable else [],
        others=[timetable.wish(row) for row in others] if timetable else [],
    )


def wishes(user: Employee, now: datetime) -> list[Wish]:
    """What waits for this person's agreement, the earliest first. At most four statements."""
    rows, _others = _to_decide(user, now)
    timetable = _Timetable([frame(row.shift) for row in rows], now) if rows else None
    return [timetable.wish(row) for row in rows] if timetable else []


def _to_decide(user: Employee, now: datetime) -> tuple[list[Break], list[Break]]:
    rows = (
        Break.objects.within(user, "break.decide", now)
        .standing()
        .exclude(state=State.OVER)
        .exclude(shift__employee=user)
        .filter(shift__ends_at__gt=now)
        .select_related("shift__employee")
        .order_by("starts_at", "id")[:SHOWN]
    )
    found = list(rows)
    return [row for row in found if row.is_asked], [row for row in found if not row.is_asked]


class _Timetable:
    """The load and the breaks of all the shifts on a page, read once."""

    def __init__(self, frames: Iterable[Frame], now: datetime) -> None:
        spans = list(frames)
        self.now = now
        self.load = registry.load(now)
        self.busiest = max(self.load.values(), default=0.0)
        self.breaks = list(
            Break.objects.filter(
                state__in=AHEAD | {State.RUNNING},
                shift__cancelled_at=None,
                starts_at__lt=max(one.ends_at for one in spans),
                ends_at__gt=now,
            ).select_related("shift__employee")
        )

    def of(self, span: Frame, *, without: Employee) -> list[Quarter]:
        """The quarter-hours of a shift at which a break may begin."""
        return [self.quarter(at, without) for at in rules.quarters(span, self.now)]

    def quarter(self, at: datetime, without: Employee) -> Quarter:
        away = {
            row.shift.employee.short_name
            for row in self.breaks
            if row.starts_at < at + rules.QUARTER and at < row.ends_at and row.shift.employee_id != without.pk
        }
        local = clock.local(at)
        load = self.load.get(local.hour * 4 + local.minute // 15, 0.0)
        level = round(LEVELS * load / self.busiest) if self.busiest else 0
        return Quarter(at, level, tuple(sorted(away)))

    def wish(self, row: Break) -> Wish:
        """What is judged: the asked time among those it may be moved to."""
        quarters = self.of(frame(row.shift), without=row.shift.employee)
        fits = timedelta(0) if row.kind == "short" else rules.LENGTHS[row.kind] - rules.QUARTER
        last = frame(row.shift).check_at - fits - rules.QUARTER
        return Wish(
            row,
            [one for one in quarters if one.at <= last],
            next((one for one in quarters if one.at <= row.starts_at < one.at + rules.QUARTER), None),
        )
