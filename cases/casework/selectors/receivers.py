"""Who is offered a case: one rule (`shifts.breaks.rules.OFFERED`), asked with the project and the load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cases.casework.models import Case
from cases.casework.permissions import LEADERS
from cases.insurance.models import Insurer
from fregat.lib import rights
from fregat.lib.errors import Sentence
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks
from shifts.breaks.labels import READY_LABELS
from shifts.breaks.rules import Ready, Work
from staff.employees.models import Employee

_ANSWERS_CALLS = (Role.OPERATOR, Role.DOCTOR)


@dataclass(frozen=True)
class Receiver:
    """Somebody on duty who might answer for a case."""

    person: Employee
    why_not: Sentence
    """Why they cannot be chosen now; empty when they can."""


def receivers_of(case: Case, now: datetime) -> list[Receiver]:
    """Who is on duty and works on the project of the case, its responsible person left out; the head closes the
    list. Three statements."""
    there = attendance.on_duty(now).filter(role__in=[role for role in Role if rights.may(role, "case.work")])
    if case.insurer is not None:
        there = there.filter(Q(assignments__project=case.insurer.code) | Q(role__in=LEADERS)).distinct()
    away = breaks.away_ids(now) if case.is_open else set()
    rows = [*there.exclude(role=Role.HEAD).order_by("name_key", "first_name"), *Employee.objects.heads()]
    return [
        Receiver(one, READY_LABELS[Ready.AWAY] if one.pk in away and one.role != Role.HEAD else "")
        for one in rows
        if one.pk != case.responsible_id
    ]


def next_for_call(insurer: Insurer | None, now: datetime) -> list[Employee]:
    """Whom the next call is offered to, the least loaded first: at work, not in the last minutes of the shift, of
    the project. Without a project: anybody who answers calls. With as many cases, by sign-in name. Four statements.
    """
    offered = breaks.offered(Work.CALL, now)
    people = Employee.objects.employed().filter(pk__in=offered, role__in=_ANSWERS_CALLS)
    if insurer is not None:
        people = people.filter(assignments__project=insurer.code).distinct()
    rows = list(people)
    held = Case.objects.open().filter(responsible__in=rows).values_list("responsible").annotate(Count("pk"))
    load = dict(held)
    return sorted(rows, key=lambda one: (load.get(one.pk, 0), one.username))
