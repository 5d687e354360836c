"""A desk of the check spread over several receivers: who could receive after its shift, who holds how many (B5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from cases.casework.models import Case
from cases.casework.statuses import OPEN
from cases.handover import rules
from cases.handover.models import CheckDecision
from cases.handover.selectors.check import RECEIVERS, SOON, CheckView, Item
from cases.handover.selectors.duty import led_at_end
from fregat.lib.rights import Role
from shifts.breaks import selectors as breaks
from shifts.roster.models import Shift
from staff.employees.models import Employee, ProjectAssignment


@dataclass(frozen=True)
class Receiving:
    """Somebody whose shift outlasts this one, or begins soon."""

    person: Employee
    candidate: rules.Candidate
    held: int
    """Open cases of theirs, and those that are promised to them by desks of the check."""


def receiving(check: CheckView, now: datetime) -> list[Receiving]:
    """Who could receive cases of this desk after its shift, by name; who is on a break too. Five queries."""
    shift, wanted = check.shift, {_project(item) for item in check.items}
    later = Shift.objects.not_ended(now).filter(starts_at__lt=now + SOON, ends_at__gt=shift.ends_at)
    rows = later.filter(employee__is_active=True, employee__role__in=RECEIVERS)
    begin = {
        row.employee_id: row for row in rows.exclude(employee=shift.employee_id).select_related("employee")
    }
    projects: dict[int, set[str]] = defaultdict(set)
    for person, code in ProjectAssignment.objects.filter(employee__in=begin).values_list(
        "employee", "project"
    ):
        projects[person].add(code)
    away, held = breaks.away_ids(now), _held(list(begin), shift)
    found = [
        Receiving(
            row.employee,
            rules.Candidate(
                id=pk, username=row.employee.username, operator=row.employee.role == Role.OPERATOR, kind=row.kind,
                starts_at=row.starts_at, projects=frozenset(projects[pk]), offered=pk not in away,
            ),
            held[pk],
        )
        for pk, row in begin.items()
        if row.employee.role == Role.SENIOR or projects[pk] & wanted
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.person.name_key, one.person.first_name))


def _held(people: Sequence[int], shift: Shift) -> Counter[int]:
    """Open cases by person, with what other desks have promised them and has not moved yet."""
    own = Case.objects.open().filter(responsible__in=people).values_list("responsible").annotate(Count("pk"))
    promised = (
        CheckDecision.objects.filter(to__in=people, check_row__ended_at=None, case__status__in=OPEN)
        .exclude(check_row__shift=shift)
        .values_list("to")
        .annotate(Count("pk"))
    )
    return Counter(dict(own)) + Counter(dict(promised))


def spread_evenly(check: CheckView, numbers: Sequence[str], people: Sequence[Receiving]) -> Mapping[str, str]:
    """Number of a case → sign-in name of its receiver, empty when nobody fits: operators of its project, evenly."""
    chosen = [(item.case.number, _project(item)) for item in check.items if item.case.number in numbers]
    there = [one.candidate for one in people if one.candidate.operator]
    load = {one.person.pk: one.held for one in people}
    names = {one.person.pk: one.person.username for one in people}
    found = rules.spread(chosen, there, load)
    return {number: names[to] if to is not None else "" for number, to in found.items()}


def _project(item: Item) -> str:
    return item.case.insurer.code if item.case.insurer else ""


def why_not_spread(check: CheckView, item: Item) -> str:
    """Why this case of the desk is not chosen for spreading: a code of `labels.NOT_SPREAD`, or empty."""
    if not item.case.is_open:
        return "not_open"
    fixed = rules.fixed(leads=led_at_end(check.shift), project=_project(item) or None)
    if fixed:
        return fixed
    card = item.decision if item.decision is not None and item.decision.next_step else item.card
    return "" if card.summary.strip() and card.next_step.strip() and card.next_at else "card"
