"""The month of the roster: people by days, what is draft, what breaks a rule, what waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from fregat.lib import clock
from fregat.lib.rights import Scope, scopes
from shifts.roster import labels, rules
from shifts.roster.models import RosterRule, Shift, Wish
from shifts.roster.permissions import Editable
from shifts.roster.selectors.people import expected, narrowed
from staff.employees.models import Employee

PEOPLE = 60
"""So many people stand on a page of the grid."""


@dataclass(frozen=True)
class Filters:
    """What the roster is narrowed to: the first day of a month, a senior manager's team, one person (usernames)."""

    month: date
    person: str = ""
    team: str = ""
    page: int = 1


@dataclass
class Entry:
    """A shift in a cell: on the day of its beginning, or on the first day when it began before."""

    shift: Shift
    editable: bool
    from_before: bool
    running: bool
    faults: list[str] = field(default_factory=list)
    """Rules that are not kept here, in words; for those who plan and for the person."""

    @property
    def sign(self) -> str:
        """One letter."""
        return str(labels.KIND_SIGNS.get(self.shift.kind, "?"))

    @property
    def is_usual(self) -> bool:
        """Is it the day or the night as one key plans it? Else its hours are shown."""
        begin, end = clock.local(self.shift.starts_at), clock.local(self.shift.ends_at)
        usual = rules.USUAL.get(self.shift.kind)
        return usual == (begin.time(), end.time())


@dataclass
class Cell:
    """One day of one person."""

    day: date
    entries: list[Entry] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)


@dataclass
class Row:
    """One person's month."""

    employee: Employee
    editable: bool
    cells: list[Cell]
    worked: timedelta = timedelta(0)
    """True length of the shifts that begin in the month, by instants."""
    norm: float = 0
    is_whole: bool = True
    """Is all of the month seen? Of a colleague who comes next it is a day, whose hours would say nothing."""

    @property
    def hours(self) -> str:
        """The same as `36:30`, empty for nothing."""
        minutes = int(self.worked.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02}" if minutes and self.is_whole else ""


@dataclass
class Month:
    """The roster of a month, as one person may see it."""

    filters: Filters
    days: list[date]
    rows: list[Row] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    """All shifts by time, the cancelled ones among them, for the table."""
    may_plan: bool = False
    drafts: int = 0
    unconfirmed: int = 0
    pages: int = 1
    mine: list[Shift] = field(default_factory=list)
    """Own shifts that were changed and are not confirmed yet."""

    @property
    def previous(self) -> date:
        """The month before."""
        return rules.month_of(self.days[0] - timedelta(days=1))

    @property
    def following(self) -> date:
        """The month after."""
        return rules.next_month(self.days[0])

    @property
    def seen_until(self) -> str:
        """Up to when the changes shown were made; what comes later is not confirmed with them."""
        asked = [row.confirm_asked_at for row in self.mine if row.confirm_asked_at]
        return max(asked).isoformat() if asked else ""

    @property
    def faulty(self) -> int:
        """How many shifts break a rule."""
        return sum(bool(entry.faults) for entry in self.entries if not entry.shift.is_cancelled)


def month(user: Employee, filters: Filters, *, now: datetime, only: str = "") -> Month:
    """The month as this person may see it: at most ten statements, however many people and shifts.

    `only`: the row of one person (username), and what is counted over all.
    """
    editable = Editable(user, now)
    days = [filters.month + timedelta(days=index) for index in range(_length(filters.month))]
    found = Month(filters, days, may_plan=bool(editable))
    since, until = rules.day_span(days[0], clock.KYIV.key, len(days))
    around = rules.surroundings(since, since)
    seen = Shift.objects.visible_to(user, now)
    wanted = replace(filters, person=only, page=1) if only else filters
    people = _people(user, wanted, editable, seen.filter(starts_at__lt=until, ends_at__gt=since), found, now)
    everybody = Scope.CENTRE in scopes(user.role, "roster.view")
    rows = {person.pk: _row(person, editable, days) for person in people}
    for pk, row in rows.items():
        row.is_whole = everybody or row.editable or pk == user.pk
    shifts = seen.filter(starts_at__lt=around[1], ends_at__gt=around[0], employee__in=rows)
    all_of_them = list(shifts.order_by("starts_at", "id"))
    entries = _entries(all_of_them, rows, editable, since, until, now)
    found.entries = [entry for entry in entries if not (entry.shift.is_cancelled and entry.shift.is_draft)]
    _place(found, rows)
    _wishes(rows, days, user, now)
    _judge(found, all_of_them, rows, user)
    _count(found, user, since, until, now)
    found.rows = sorted(rows.values(), key=lambda row: (row.employee.pk != user.pk, row.employee.name_key))
    return found


def _length(first: date) -> int:
    return (rules.next_month(first) - first).days


def _people(
    user: Employee, filters: Filters, editable: Editable, shifts: object, found: Month, now: datetime
) -> list[Employee]:
    """One page of them, oneself first, the others in Ukrainian order."""
    there = Q(pk__in=shifts.standing().values("employee")) | expected(user, editable)  # type: ignore[attr-defined]
    rows = narrowed(Employee.objects.filter(there), filters.team, filters.person, now)
    people = sorted(rows, key=lambda one: (one.pk != user.pk, one.name_key, one.first_name, one.pk))
    found.pages = max(1, -(-len(people) // PEOPLE))
    page = min(filters.page, found.pages)
    return people[(page - 1) * PEOPLE : page * PEOPLE]


def _row(person: Employee, editable: Editable, days: list[date]) -> Row:
    return Row(person, editable.person(person.pk), [Cell(day) for day in days])


def _entries(
    shifts: list[Shift],
    rows: dict[int, Row],
    editable: Editable,
    since: datetime,
    until: datetime,
    now: datetime,
) -> list[Entry]:
    entries = []
    for shift in shifts:
        if shift.starts_at >= until or shift.ends_at <= since:
            continue
        shift.employee = rows[shift.employee_id].employee
        running = not shift.is_cancelled and not shift.is_draft and shift.starts_at <= now < shift.ends_at
        entries.append(Entry(shift, shift in editable, shift.starts_at < since, running))
    return entries


def _place(found: Month, rows: dict[int, Row]) -> None:
    for entry in found.entries:
        if entry.shift.is_cancelled:
            continue
        row = rows[entry.shift.employee_id]
        day = max(clock.local(entry.shift.starts_at).date(), found.days[0])
        row.cells[(day - found.days[0]).days].entries.append(entry)
        if not entry.from_before:
            row.worked += rules.length(entry.shift.starts_at, entry.shift.ends_at)


def _wishes(rows: dict[int, Row], days: list[date], user: Employee, now: datetime) -> None:
    """What the people wish, on its days; what is withdrawn is not shown."""
    until = days[-1] + timedelta(days=1)
    for wish in Wish.objects.visible_to(user, now).within(days[0], until).filter(employee__in=rows):
        for cell in rows[wish.employee_id].cells:
            if wish.first_day <= cell.day <= wish.last_day:
                cell.wishes.append(wish)


def _judge(found: Month, shifts: list[Shift], rows: dict[int, Row], user: Employee) -> None:
    """Say at each shift which rules it breaks: to those who plan it, and to the person."""
    timeline = RosterRule.objects.terms_until(found.days[-1])
    spans: dict[int, list[rules.Span]] = {}
    for shift in shifts:
        if not shift.is_cancelled:
            spans.setdefault(shift.employee_id, []).append(
                rules.Span(shift.starts_at, shift.ends_at, shift.kind)
            )
    said: dict[tuple[int, datetime], list[str]] = {}
    for pk, theirs in spans.items():
        if rows[pk].editable or pk == user.pk:
            for fault in rules.broken_through(theirs, timeline):
                said.setdefault((pk, fault.at.starts_at), []).append(labels.broken(fault))
    for entry in found.entries:
        if not entry.shift.is_cancelled:
            entry.faults = said.get((entry.shift.employee_id, entry.shift.starts_at), [])
    week_hours = timeline[-1][1][rules.RuleKind.MONTH].limit
    for row in rows.values():
        row.norm = rules.norm(found.days[0], week_hours)


def _count(found: Month, user: Employee, since: datetime, until: datetime, now: datetime) -> None:
    """What waits: drafts to be published, changes to be confirmed, one's own among them."""
    found.mine = list(Shift.objects.unconfirmed(now).filter(employee=user).order_by("starts_at"))
    for shift in found.mine:
        shift.employee = user
    if not found.may_plan:
        return
    inside = Shift.objects.plannable_by(user, now).filter(starts_at__gte=since, starts_at__lt=until)
    narrow = narrowed(Employee.objects.all(), found.filters.team, found.filters.person, now)
    if found.filters.team or found.filters.person:
        inside = inside.filter(employee__in=narrow.values("pk"))
    counts = inside.aggregate(
        drafts=Count("pk", filter=Q(cancelled_at=None, published_at=None)),
        unconfirmed=Count("pk", filter=Q(confirm_asked_at__isnull=False, confirmed_at=None, ends_at__gt=now)),
    )
    found.drafts, found.unconfirmed = counts["drafts"], counts["unconfirmed"]
