"""The read side of the roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from fregat.lib import clock
from fregat.lib.errors import NotFound
from fregat.lib.rights import Role, Scope, scopes
from shifts.roster import rules
from shifts.roster.models import Shift
from shifts.roster.permissions import Editable
from staff.employees.models import Employee
from staff.employees.querysets import EmployeeQuerySet

DAYS = 7
ON_SHIFTS = (Role.OPERATOR, Role.SENIOR, Role.DOCTOR)
"""Roles that have a row in the week although nothing is planned for them."""


@dataclass(frozen=True)
class Filters:
    """What the week is narrowed to: its first day, one person, one senior manager's team (usernames)."""

    start: date
    person: str = ""
    team: str = ""


@dataclass(frozen=True)
class Entry:
    """A shift in a cell: on the day of its beginning, or on the first day when it began before."""

    shift: Shift
    editable: bool
    from_before: bool
    running: bool


@dataclass
class Row:
    """One person's week."""

    employee: Employee
    editable: bool
    cells: list[tuple[date, list[Entry]]]
    worked: timedelta = timedelta(0)
    """True length of the shifts that begin in the week, by instants."""

    @property
    def hours(self) -> str:
        """The same as `36:30`, empty for nothing."""
        minutes = int(self.worked.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02}" if minutes else ""


@dataclass
class Week:
    """The roster of seven days."""

    filters: Filters
    days: list[date]
    rows: list[Row] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    """All shifts by time, the cancelled ones among them, for the list."""
    may_plan: bool = False

    @property
    def previous(self) -> date:
        """The first day of the week before."""
        return self.days[0] - timedelta(days=DAYS)

    @property
    def following(self) -> date:
        """The first day of the week after."""
        return self.days[0] + timedelta(days=DAYS)


def monday(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


def get_shift(user: Employee, pk: int, *, now: datetime) -> Shift:
    """The one gate to a shift. Raises NotFound for a shift that this person may not see."""
    rows = Shift.objects.visible_to(user, now).select_related("employee")
    shift: Shift | None = rows.filter(pk=pk).first()
    if shift is None:
        raise NotFound()
    return shift


def week(user: Employee, filters: Filters, *, now: datetime) -> Week:
    """The week as this person may see it: at most seven queries, however many people and shifts."""
    editable = Editable(user, now)
    days = [filters.start + timedelta(days=index) for index in range(DAYS)]
    start, end = rules.day_span(filters.start, clock.KYIV.key, DAYS)
    people = _narrowed(Employee.objects.all(), filters, now)
    shifts = Shift.objects.visible_to(user, now).filter(starts_at__lt=end, ends_at__gt=start)
    if filters.person or filters.team:
        shifts = shifts.filter(employee__in=people.values("pk"))
    found = Week(filters, days, may_plan=bool(editable))
    for shift in shifts.select_related("employee").order_by("starts_at", "employee__name_key", "id"):
        running = not shift.is_cancelled and shift.starts_at <= now < shift.ends_at
        found.entries.append(Entry(shift, shift in editable, shift.starts_at < start, running))
    _fill_rows(found, _expected(people, user, editable), editable, user)
    return found


def people_to_plan(user: Employee, now: datetime) -> list[Employee]:
    """Those for whom this person can plan a shift, in Ukrainian order; all while leading a shift."""
    editable = Editable(user, now)
    rows = Employee.objects.employed().filter(role__in=[*ON_SHIFTS, Role.HEAD])
    if not editable.everybody and not editable.led:
        rows = rows.filter(pk__in=editable.people)
    return list(rows.order_by("name_key", "first_name", "id"))


def people_to_choose(user: Employee) -> list[Employee]:
    """Those to whom, or to whose teams, the week can be narrowed; nobody for who sees few anyway."""
    if not scopes(user.role, "roster.view") & {Scope.TEAM, Scope.CENTRE}:
        return []
    return list(
        Employee.objects.employed().filter(role__in=ON_SHIFTS).order_by("name_key", "first_name", "id")
    )


def _narrowed(people: EmployeeQuerySet, filters: Filters, now: datetime) -> EmployeeQuerySet:
    if filters.team:
        team = Employee.objects.filter(username=filters.team).first()
        members = Employee.objects.team_of(team, now).values("pk") if team else []
        people = people.filter(Q(pk__in=members) | Q(username=filters.team))
    return people.filter(username=filters.person) if filters.person else people


def _expected(people: EmployeeQuerySet, user: Employee, editable: Editable) -> list[Employee]:
    """Those who have a row although nothing may be planned for them: whom the person plans, and oneself."""
    if Scope.CENTRE in scopes(user.role, "roster.view"):
        return list(people.employed().filter(role__in=ON_SHIFTS))
    return list(people.employed().filter(pk__in={*editable.people, user.pk}))


def _fill_rows(found: Week, expected: list[Employee], editable: Editable, user: Employee) -> None:
    """One row a person: oneself first, the others in Ukrainian order."""
    standing = [entry for entry in found.entries if not entry.shift.is_cancelled]
    people = {person.pk: person for person in expected}
    people |= {entry.shift.employee_id: entry.shift.employee for entry in standing}
    rows = {
        pk: Row(person, editable.person(pk), [(day, []) for day in found.days])
        for pk, person in people.items()
    }
    for entry in standing:
        row = rows[entry.shift.employee_id]
        day = max(clock.local(entry.shift.starts_at).date(), found.days[0])
        row.cells[(day - found.days[0]).days][1].append(entry)
        if not entry.from_before:
            row.worked += rules.length(entry.shift.starts_at, entry.shift.ends_at)
    found.rows = sorted(rows.values(), key=lambda row: (row.employee.pk != user.pk, row.employee.name_key))
