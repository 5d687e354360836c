"""Patterns, and what they make of a month before it is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fregat.lib import clock
from fregat.lib.rights import Role
from shifts.roster import labels, rules
from shifts.roster.models import Pattern, PatternUse, RosterRule, Shift, Wish
from shifts.roster.permissions import Editable
from shifts.roster.querysets import ShiftQuerySet
from shifts.roster.selectors.people import ON_SHIFTS, narrowed
from staff.employees.models import Employee


@dataclass(frozen=True)
class Preview:
    """What the pattern of one person makes of the month."""

    use: PatternUse
    made: rules.Made

    @property
    def sentences(self) -> list[str]:
        """The rules that it breaks, in words: one line for the same rule over many days."""
        return labels.broken_together(self.made.broken)

    @property
    def leads(self) -> int:
        """How many of the shifts made lead."""
        return sum(one.leads for one in self.made.shifts)

    @property
    def hours(self) -> str:
        """Of the shifts made, `168:00`."""
        minutes = round(self.made.hours * 60)
        return f"{minutes // 60}:{minutes % 60:02}"


@dataclass(frozen=True)
class Worker:
    """Somebody whom one plans, with the pattern they work by."""

    employee: Employee
    use: PatternUse | None


def previews(user: Employee, month: date, people: Collection[int] | None, *, now: datetime) -> list[Preview]:
    """What the patterns make of the month for the people (all, when None) whom `user` plans. Six statements.

    Who comes first in Ukrainian order leads where two patterns would.
    """
    uses = PatternUse.objects.plannable_by(user, now).select_related("employee", "pattern")
    if people is not None:
        uses = uses.filter(employee__in=people)
    rows = sorted(uses, key=lambda use: (use.employee.name_key, use.employee.first_name, use.pk))
    until = rules.next_month(month)
    standing = _standing({use.employee_id for use in rows}, month)
    unavailable = unavailable_days({use.employee_id for use in rows}, month, until)
    timeline, led = RosterRule.objects.terms_until(until), _led(month)
    found = []
    for use in rows:
        may_lead = use.employee.role == Role.SENIOR
        made = rules.make(
            rules.days_of(rules.read_pattern(use.pattern.sequence), use.starts_on, month, until),
            standing.get(use.employee_id, []), frozenset(unavailable.get(use.employee_id, ())), timeline, now,
            led if may_lead else None,
        )  # fmt: skip
        led += [one.span for one in made.shifts if one.leads]
        found.append(Preview(use, made))
    return found


def unavailable_days(people: Collection[int], first: date, until: date) -> dict[int, set[date]]:
    """Days of these people that they have said they cannot work. One statement."""
    rows = Wish.objects.within(first, until).filter(employee__in=people, kind="unavailable")
    found: dict[int, set[date]] = {}
    for wish in rows:
        span = (wish.last_day - wish.first_day).days + 1
        found.setdefault(wish.employee_id, set()).update(
            wish.first_day + timedelta(days=n) for n in range(span)
        )
    return found


def patterns() -> list[Pattern]:
    """All of them, by name. One statement."""
    return list(Pattern.objects.order_by("name"))


def workers(user: Employee, now: datetime, team: str = "", person: str = "") -> list[Worker]:
    """Whom one plans, in Ukrainian order, with their patterns. At most five statements."""
    editable = Editable(user, now)
    people = narrowed(Employee.objects.employed().filter(role__in=ON_SHIFTS), team, person, now)
    if not editable.everybody:
        people = people.filter(pk__in=editable.people)
    rows = people.select_related("pattern_use__pattern").order_by("name_key", "first_name", "id")
    return [Worker(one, getattr(one, "pattern_use", None)) for one in rows]


def _around(month: date) -> ShiftQuerySet:
    since, until = rules.surroundings(*(rules.day_span(month, clock.KYIV.key)[0],) * 2)
    return Shift.objects.planned_over(since, until)


def _led(month: date) -> list[rules.Span]:
    """When somebody leads already, drafts among it. One statement."""
    rows = _around(month).filter(leads=True).values_list("starts_at", "ends_at", "kind")
    return [rules.Span(*row) for row in rows]


def _standing(people: Collection[int], month: date) -> dict[int, list[rules.Span]]:
    """What is planned for them around the month, drafts among it. One statement."""
    rows = _around(month).filter(employee__in=people).order_by("starts_at")
    found: dict[int, list[rules.Span]] = {}
    for pk, starts_at, ends_at, kind in rows.values_list("employee", "starts_at", "ends_at", "kind"):
        found.setdefault(pk, []).append(rules.Span(starts_at, ends_at, kind))
    return found
