"""People by subordination: director, head, senior managers, their teams (JD I.2-5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from fregat.lib.errors import Sentence
from fregat.lib.rights import Role
from staff.employees.labels import GROUP_LABELS
from staff.employees.models import Employee, Subordination
from staff.employees.querysets import EmployeeQuerySet
from staff.employees.selectors.listing import Acting

TEAMS = 20
"""So many senior managers are on a page of the tree."""
MEMBERS = 12
"""So many of a team, or of a role outside the teams, are shown at once; the rest are a click away."""
_NAME = ("name_key", "first_name_key", "id")
_UNDER_HEAD = (Role.DOCTOR, Role.CLIENT)
_UNDER_DIRECTOR = (Role.DEPARTMENT, Role.ADMIN)


@dataclass
class Group:
    """People under one senior manager, or of one role outside the teams."""

    role: str
    senior: Employee | None = None
    substitute: Employee | None = None
    members: list[Employee] = field(default_factory=list)
    total: int = 0

    @property
    def label(self) -> Sentence:
        """What they are together."""
        return GROUP_LABELS.get(Role(self.role), "")

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.total - len(self.members)


@dataclass
class Tree:
    """The centre as the user may see it."""

    directors: list[Employee]
    heads: list[Employee]
    teams: list[Group]
    under_head: list[Group]
    under_director: list[Group]
    following: str = ""
    """The sign-in name after which the next senior managers begin; empty on the last page."""


def subordination_tree(user: Employee, *, after: str = "", now: datetime) -> Tree:
    """The employed people whom the user sees, by subordination: at most nine statements."""
    seen = Employee.objects.visible_to(user, now).employed()
    tops = list(seen.filter(role__in=(Role.DIRECTOR, Role.HEAD)).by_name())
    teams, following = _teams(seen, after, now)
    others = _others(seen, now)
    return Tree(
        directors=[person for person in tops if person.role == Role.DIRECTOR],
        heads=[person for person in tops if person.role == Role.HEAD],
        teams=teams,
        under_head=[others[role] for role in _UNDER_HEAD if role in others],
        under_director=[others[role] for role in _UNDER_DIRECTOR if role in others],
        following=following,
    )


def _teams(seen: EmployeeQuerySet, after: str, now: datetime) -> tuple[list[Group], str]:
    rows = seen.filter(role=Role.SENIOR)
    last = rows.filter(username=after).first() if after else None
    page = list((rows.after(last) if last else rows).by_name()[: TEAMS + 1])
    seniors = page[:TEAMS]
    ties = Subordination.objects.filter(_at(now), senior__in=seniors, employee__in=seen.values("pk"))
    totals = dict(ties.values_list("senior").annotate(Count("pk")))
    acting = Acting(seniors, now)
    groups = {
        one.pk: Group(
            Role.OPERATOR,
            senior=one,
            substitute=acting.substitute.get(one.pk),
            total=totals.get(one.pk, 0),
        )
        for one in seniors
    }
    for tie in _first(ties.select_related("employee"), "senior", "employee__"):
        groups[tie.senior_id].members.append(tie.employee)
    return list(groups.values()), seniors[-1].username if len(page) > TEAMS else ""


def _others(seen: EmployeeQuerySet, now: datetime) -> dict[str, Group]:
    """Those outside the teams by role: whoever reports to a senior manager stands with the team."""
    tied = Subordination.objects.filter(_at(now), employee=OuterRef("pk"))
    rows = seen.filter(~Exists(tied), role__in=(*_UNDER_HEAD, *_UNDER_DIRECTOR))
    totals = dict(rows.order_by().values_list("role").annotate(Count("pk")))
    groups = {role: Group(role, total=total) for role, total in totals.items()}
    for person in _first(rows, "role", ""):
        groups[person.role].members.append(person)
    return groups


def _first(rows: Any, partition: str, prefix: str) -> Iterable[Any]:
    """The first `MEMBERS` of each part, in the order of the alphabet."""
    order = [F(f"{prefix}{name}").asc() for name in _NAME]
    numbered = rows.annotate(place=Window(RowNumber(), partition_by=F(partition), order_by=order))
    return numbered.filter(place__lte=MEMBERS).order_by(partition, "place")


def _at(now: datetime) -> Q:
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))
