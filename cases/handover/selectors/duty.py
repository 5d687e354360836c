"""Who is on duty and may receive; whose cases nobody on duty answers for."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Count

from cases.casework.models import Case
from cases.casework.querysets import CaseQuerySet
from cases.handover import rules
from cases.handover.models import EndOfShiftCheck
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks
from shifts.breaks.rules import Work, is_offered
from shifts.roster.models import Shift
from staff.employees import selectors as staff
from staff.employees.models import Employee, ProjectAssignment
from staff.employees.rules import MAY_SUBSTITUTE


def duty(now: datetime, *, without: Employee) -> rules.Duty:
    """Who may receive the cases of `without` at `now`: candidates, senior manager on duty, head, loads.

    Seven to nine queries, however many people and cases.
    """
    shifts = (
        Shift.objects.running(now)
        .filter(attendance__isnull=False, employee__in=attendance.on_duty(now))
        .exclude(employee=without)
        .values_list("employee", "employee__username", "employee__role", "kind", "starts_at", "ends_at")
    )
    # Values, not rows: hundreds of people are on duty when hundreds of shifts end in the same minute.
    people = list(shifts)
    ids = [person for person, *_of_them in people]
    projects: dict[int, set[str]] = defaultdict(set)
    for person, code in ProjectAssignment.objects.filter(employee__in=ids).values_list("employee", "project"):
        projects[person].add(code)
    away = breaks.away_ids(now)
    load = Case.objects.open().filter(responsible__in=ids).values_list("responsible").annotate(Count("id"))
    return rules.Duty(
        candidates=[
            rules.Candidate(
                id=person,
                username=username,
                operator=role == Role.OPERATOR,
                kind=kind,
                starts_at=starts_at,
                projects=frozenset(projects[person]),
                offered=is_offered(Work.CASE, breaks.state_of(ends_at, now, away=person in away)),
            )
            for person, username, role, kind, starts_at, ends_at in people
        ],
        leader=_id(leader_of(now, without=without)),
        head=_head(without).pk,
        load=dict(load),
    )


def _id(person: Employee | None) -> int | None:
    return person.pk if person else None


def _head(without: Employee) -> Employee:
    """The head, or when it is the head who leaves, the other one."""
    return Employee.objects.heads().exclude(pk=without.pk).first() or staff.head()


def leader_of(now: datetime, *, without: Employee) -> Employee | None:
    """The senior manager on duty or their substitute, not on a break; None when it would be `without`."""
    found = breaks.leader_for_cases(now)
    return None if found is None or found.pk == without.pk else found


def led_at_end(shift: Shift | None) -> bool:
    """Did this shift's person lead until its end, by the plan or as a substitute (glossary)?

    No query for who can never lead.
    """
    if shift is None or shift.leads or shift.employee.role not in MAY_SUBSTITUTE:
        return bool(shift and shift.leads)
    last = attendance.leader(shift.ends_at - timedelta(microseconds=1))
    return last is not None and last.pk == shift.employee_id


def rise_to(current: Employee, now: datetime) -> int:
    """To whom a case rises that `current` refused or did not accept (B5); their own id when there is nobody."""
    leader = leader_of(now, without=current)
    return rules.next_step_up(current=current.pk, leader=_id(leader), head=_last_resort(current))


def _last_resort(current: Employee) -> int:
    return current.pk if current.role == Role.HEAD and current.is_active else staff.head().pk


def orphans(now: datetime) -> CaseQuerySet:
    """Open cases whose responsible person is not on duty, shifts that are just being ended left out.

    A shift whose end is being processed is left alone for `rules.ORPHAN_GRACE`: its own job names the
    receiver with the decisions of the check. After that the rescue does the same work.
    """
    ending = EndOfShiftCheck.objects.filter(
        ended_at=None, ends_at__gt=now - rules.ORPHAN_GRACE, ends_at__lte=now
    ).values("shift__employee")
    return (
        Case.objects.open()
        .exclude(responsible__in=attendance.on_duty(now).values("pk"))
        .exclude(responsible__in=Employee.objects.heads().values("pk"))
        .exclude(responsible__in=ending)
    )
