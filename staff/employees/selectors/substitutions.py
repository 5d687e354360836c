"""Who acts for whom: now, later, before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fregat.lib import gates
from fregat.lib.errors import NotFound
from staff.employees import rules
from staff.employees.models import Employee, Substitution

PAGE = 30


@dataclass(frozen=True)
class Substitutions:
    """What the page shows."""

    running: list[Substitution]
    coming: list[Substitution]
    past: list[Substitution]
    following: int | None
    """The id after which the next page of the past begins; None on the last one."""


def list_substitutions(user: Employee, *, after: int | None = None, now: datetime) -> Substitutions:
    """The substitutions that the user sees, the past ones by pages, the latest first: three statements."""
    seen = Substitution.objects.visible_to(user).for_reading()
    ended = seen.filter(until__lte=now).order_by("-id")
    past = list((ended.filter(id__lt=after) if after else ended)[: PAGE + 1])
    return Substitutions(
        running=list(seen.filter(since__lte=now, until__gt=now).order_by("until", "id")),
        coming=list(seen.filter(since__gt=now).order_by("since", "id")),
        past=past[:PAGE],
        following=past[PAGE - 1].pk if len(past) > PAGE else None,
    )


def get_substitution(user: Employee, pk: int | str, *, now: datetime) -> Substitution:
    """The gate to one of them. Raises NotFound."""
    rows = Substitution.objects.visible_to(user).for_reading()
    found: Substitution | None = rows.filter(pk=gates.row_id(pk)).first()
    if found is None:
        raise NotFound()
    return found


def people_of_substitutions() -> tuple[list[Employee], list[Employee]]:
    """Who can be substituted, and who can act for them, in the order of the alphabet. One statement."""
    people = list(Employee.objects.employed().filter(role__in=rules.MAY_SUBSTITUTE).by_name())
    return [one for one in people if one.role in rules.LEADS_A_TEAM], people
