"""What the pages show of a proposal: names instead of ids, sentences instead of codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from fregat.lib import clock
from fregat.lib.errors import NotFound
from fregat.lib.rights import Role
from shifts.proposal import labels
from shifts.proposal.models import Proposal
from shifts.proposal.selectors.question import days_away
from shifts.roster import rules as roster
from shifts.roster.models import Wish
from staff.employees.models import Employee

SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A person's month in the proposal."""

    employee: Employee
    before: float
    after: float
    target: float
    unmet: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lack:
    """A shortage in words."""

    span: str
    people: str
    hours: float
    why: str


@dataclass(frozen=True)
class DayLine:
    """A day before and after."""

    day: date
    needed: float
    before: float
    after: float


@dataclass(frozen=True)
class Page:
    """`/roster/proposal/12/`."""

    row: Proposal
    lines: list[Line]
    lacks: list[Lack]
    days: list[DayLine]
    met: int
    unmet: int
    unled: list[Lack] = field(default_factory=list)
    """When nobody leads."""
    unled_before: float = 0.0

    @property
    def unled_after(self) -> float:
        """Hours that nobody leads with it."""
        return sum(one.hours for one in self.unled)

    @property
    def needed(self) -> float:
        """Hours of work of the month."""
        return sum(one.needed for one in self.days)

    @property
    def before(self) -> float:
        """Hours lacking without the proposal."""
        return sum(one.before for one in self.days)

    @property
    def after(self) -> float:
        """Hours lacking with it."""
        return sum(one.after for one in self.days)


def get_proposal(user: Employee, pk: int, *, now: datetime) -> Proposal:
    """The gate to one proposal. Raises NotFound for one that may not be seen."""
    rows = Proposal.objects.visible_to(user).select_related("asked_by", "team", "written_by")
    found: Proposal | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def recent(user: Employee) -> list[Proposal]:
    """The last ones. One statement."""
    rows = Proposal.objects.visible_to(user).select_related("asked_by", "team").defer("chosen", "report")
    return list(rows[:SHOWN])


def seniors(user: Employee) -> list[Employee]:
    """Whose teams this person may have proposed apart; nobody for a senior manager: theirs is one. One statement."""
    if user.role == Role.SENIOR:
        return []
    return list(Employee.objects.employed().filter(role=Role.SENIOR).by_name())


def page(user: Employee, pk: int, *, now: datetime) -> Page:
    """A proposal in words. Two statements."""
    row = get_proposal(user, pk, now=now)
    found = row.found
    ids = [one["person"] for one in found.get("hours", ())]
    people = {one.pk: one for one in Employee.objects.filter(pk__in=ids)}
    unmet: dict[int, list[str]] = {}
    for one in found.get("unmet", ()):
        day = f"{date.fromisoformat(one['day']):%d.%m}"
        unmet.setdefault(one["person"], []).append(labels.unmet(one["wish"], day, one["needed"]))
    lines = [
        Line(people[one["person"]], one["before"], one["after"], one["target"], unmet.get(one["person"], []))
        for one in found.get("hours", ())
    ]
    lines.sort(key=lambda line: (line.employee.name_key, line.employee.first_name, line.employee.pk))
    return Page(
        row, lines, [_lack(one) for one in found.get("lacks", ())],
        [DayLine(date.fromisoformat(day), *rest) for day, *rest in found.get("days", ())],
        found.get("met", 0), sum(map(len, unmet.values())),
        [_lack(one) for one in found.get("unled", ())], found.get("unled_before", 0.0),
    )  # fmt: skip


def _lack(one: dict[str, Any]) -> Lack:
    span = labels.lack_span(datetime.fromisoformat(one["starts_at"]), datetime.fromisoformat(one["ends_at"]))
    return Lack(span, labels.lacking(one["people"]), one["hours"], labels.why(one["why"]))


def still_fit(row: Proposal) -> list[tuple[int, roster.Span, bool]]:
    """The shifts found on whose days nobody has become absent or unable to work meanwhile. Two statements."""
    spans = [
        (pk, roster.Span(datetime.fromisoformat(a), datetime.fromisoformat(b), kind), leads == [True])
        for pk, a, b, kind, *leads in row.chosen
    ]
    ids = {pk for pk, _span, _leads in spans}
    first, until = row.month - timedelta(days=1), roster.next_month(row.month) + timedelta(days=1)
    gone = days_away(ids, first, until)
    for wish in Wish.objects.within(first, until).filter(employee__in=ids, kind="unavailable"):
        days = (wish.last_day - wish.first_day).days + 1
        gone[wish.employee_id].update(wish.first_day + timedelta(days=n) for n in range(days))
    return [one for one in spans if not gone[one[0]] & _touched(one[1])]


def _touched(span: roster.Span) -> set[date]:
    last = span.ends_at - timedelta(microseconds=1)
    return {clock.local(span.starts_at).date(), clock.local(last).date()}
