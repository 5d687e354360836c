"""People as a table: filters, pages by the last name seen, a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q, prefetch_related_objects

from fregat.lib.rights import Role
from staff.employees import permissions, registry
from staff.employees.models import Employee, ProjectAssignment, Subordination, Substitution
from staff.employees.querysets import EmployeeQuerySet
from staff.employees.registry import Mark

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to: codes and sign-in names, and a text that never stands in an address."""

    role: str = ""
    project: str = ""
    senior: str = ""
    state: str = "employed"
    text: str = ""


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    employee: Employee
    senior: Employee | None
    projects: list[str]
    substitute: Employee | None
    """Who acts for this senior manager now."""
    acts_for: list[Employee]
    marks: list[Mark]
    has_account: bool


@dataclass(frozen=True)
class People:
    """A page of the list."""

    rows: list[Person]
    total: int
    following: str = ""
    """The sign-in name after which the next page begins; empty on the last one."""


def list_people(user: Employee, filters: Filters, *, after: str = "", now: datetime) -> People:
    """Whom the user sees, by filters, in the order of the alphabet: at most nine statements."""
    rows = narrowed(user, filters, now)
    total = rows.count()
    last = Employee.objects.visible_to(user, now).filter(username=after).first() if after else None
    page = list((rows.after(last) if last else rows).by_name()[: PAGE + 1])
    listed = page[:PAGE]
    return People(lines(listed, now), total, listed[-1].username if len(page) > PAGE else "")


def narrowed(user: Employee, filters: Filters, now: datetime) -> EmployeeQuerySet:
    """Whom the user sees, by filters, in no order."""
    rows = Employee.objects.visible_to(user, now).in_state(filters.state)
    if filters.role:
        rows = rows.filter(role=filters.role)
    if filters.project:
        assigned = ProjectAssignment.objects.filter(project=filters.project)
        rows = rows.filter(pk__in=assigned.values("employee"))
    if filters.senior:
        team = Employee.objects.reporting_to(filters.senior, now)
        rows = rows.filter(pk__in=team.values("pk"))
    phones = not permissions.sees_accounts_alone(user)
    return rows.named(filters.text, phones=phones) if filters.text else rows


def lines(listed: list[Employee], now: datetime) -> list[Person]:
    """What a list shows of each person: five statements and the rooms' marks, however many people."""
    ties = Subordination.objects.filter(_at(now)).select_related("senior")
    prefetch_related_objects(listed, Prefetch("subordinations", ties), "assignments")
    names = registry.project_names(
        {row.project for person in listed for row in person.assignments.all()}
    )  # one statement for the page
    acting = Acting(listed, now)
    marks = registry.marks(listed, now)
    return [
        Person(
            employee=person,
            senior=next((tie.senior for tie in person.subordinations.all()), None),
            projects=sorted(names[row.project] for row in person.assignments.all()),
            substitute=acting.substitute.get(person.pk),
            acts_for=acting.acts_for.get(person.pk, []),
            marks=marks.get(person.pk, []),
            has_account=person.has_usable_password(),
        )
        for person in listed
    ]


@dataclass
class Acting:
    """Who acts for whom at a moment, for these people: one statement."""

    people: Iterable[Employee]
    now: datetime
    substitute: dict[int, Employee] = field(default_factory=dict)
    acts_for: dict[int, list[Employee]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [person.pk for person in self.people]
        rows = Substitution.objects.filter(Q(senior__in=ids) | Q(substitute__in=ids), _at(self.now))
        for row in rows.select_related("senior", "substitute").order_by("id"):
            self.substitute[row.senior_id] = row.substitute
            self.acts_for.setdefault(row.substitute_id, []).append(row.senior)


def seniors_to_choose(user: Employee, now: datetime) -> list[Employee]:
    """The senior managers whose teams the list can be narrowed to, within what the user sees."""
    rows = Employee.objects.visible_to(user, now).employed().filter(role=Role.SENIOR)
    return list(rows.by_name())


def _at(now: datetime) -> Q:
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))
