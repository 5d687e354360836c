"""Who answers for a case: taken over, assigned, passed on by the program. Never none, never two, no gap (B5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.casework import permissions, registry, rules
from cases.casework.actions.ground import (
    announce,
    check_version,
    locked_case,
    signed,
)
from cases.casework.actions.unfinished import foresee_words, keep_words
from cases.casework.models import Case, Escalation, Responsibility, Task, TimelineEntry
from cases.casework.statuses import ENDED
from fregat.lib import clock, live, rights
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid, Sentence
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks
from shifts.breaks.rules import Work
from staff.employees import selectors as employees
from staff.employees.models import Employee


def begin_responsibility(case: Case, *, by: Employee | None, now: datetime) -> Responsibility:
    """The first row of the chain, with the case itself."""
    row = Responsibility(case=case, employee_id=case.responsible_id, since=now, reason="registered", by=by)
    row.save(force_insert=True)
    return row


def pass_case(
    *,
    case: Case,
    to: Employee,
    reason: str,
    text: str = "",
    by: Employee | None = None,
    now: datetime,
) -> None:
    """Make `to` answer for the case from `now` on. The caller's transaction has locked the case.

    `reason` is a code of `labels.RESPONSIBILITY_LABELS`. Does nothing when `to` answers for it already.
    """
    pass_cases([(case, to)], reason=reason, text=text, by=by, now=now)


def pass_cases(
    moves: Iterable[tuple[Case, Employee]],
    *,
    reason: str,
    text: str = "",
    by: Employee | None = None,
    now: datetime,
) -> None:
    """The same for many locked cases, each to its own person: as many statements for a hundred as for one.

    Many shifts end in the same minute with twenty cases each (B5). Besides one statement for each receiver.
    """
    moving = [(case, to) for case, to in moves if case.responsible_id != to.pk]
    if not moving:
        return
    before = {case.pk: case.responsible for case, _to in moving}
    instants = _pass_chain(moving, reason=reason, text=text, by=by, now=now)
    with signed(by):
        for to, cases in _by_receiver(moving).items():
            Case.objects.filter(pk__in=[case.pk for case in cases]).update(
                responsible=to, version=F("version") + 1
            )
    lines = []
    for case, to in moving:
        case.responsible, case.version = to, case.version + 1
        old = before[case.pk]
        values = {"from": old.full_name, "to": to.full_name, "username": to.username, "reason": reason}
        lines.append(
            TimelineEntry(
                case=case, at=instants[case.pk], by=by, kind="responsible", values=values, text=str(text)
            )
        )
        live.publish(f"employee:{old.pk}", "desk", case.number)
        announce(case)
    TimelineEntry.objects.bulk_create(lines)
    registry.responsibility_changed([case for case, _to in moving], reason, max(instants.values()))


def _pass_chain(
    moving: list[tuple[Case, Employee]], *, reason: str, text: str, by: Employee | None, now: datetime
) -> dict[int, datetime]:
    """End the open rows of the chains and begin the next ones; at which moment, by case."""
    ids = [case.pk for case, _to in moving]
    since = dict(Responsibility.objects.filter(case__in=ids, until=None).values_list("case", "since"))
    instants = {pk: rules.next_instant(now, since[pk]) for pk in ids}
    for instant in sorted(set(instants.values())):
        rows = Responsibility.objects.filter(
            case__in=[pk for pk in ids if instants[pk] == instant], until=None
        )
        rows.update(until=instant)
    Responsibility.objects.bulk_create(
        Responsibility(case=case, employee=to, since=instants[case.pk], reason=reason, text=text, by=by)
        for case, to in moving
    )
    return instants


def _by_receiver(moving: list[tuple[Case, Employee]]) -> dict[Employee, list[Case]]:
    found: dict[Employee, list[Case]] = {}
    for case, to in moving:
        found.setdefault(to, []).append(case)
    return found


def _check_receiver(case: Case, to: Employee, now: datetime) -> None:
    """The state of things lets `to` answer for the case. Raises Conflict."""
    name = {"name": to.full_name}
    if case.status in ENDED:
        raise Conflict(_("The case has ended. Reopen it first."), code="ended")
    if not permissions.may_answer(to, case.insurer_id):
        raise Conflict(_("%(name)s does not work on this project.") % name, code="not_of_project")
    if rules.must_be_on_duty(case.status) and not attendance.is_on_duty(to, now):
        raise Conflict(_("%(name)s is not on duty now.") % name, code="off_shift")
    if case.responsible_id == to.pk:
        raise Conflict(_("%(name)s answers for this case already.") % name, code="already")
    fault = breaks.why_not(to, Work.CASE, now) if rules.must_be_on_duty(case.status) else ""
    if fault:
        raise Conflict(fault, code="away")


@action
def assign_case(
    *,
    by: Employee | None,
    number: str,
    to: Employee,
    reason: str,
    version: int | None = None,
    now: datetime | None = None,
) -> Case:
    """Give the case to `to`; to oneself is taking it over. The reason is recorded.

    Raises NotFound, NotAllowed, Stale, Invalid (no reason, `to` has left), Conflict (off duty, another project).
    """
    case = locked_case(by, number)
    now = now or clock.now()
    if by is not None:
        permissions.check_assign(by, case, to, now)
    check_version(case, version)
    errors = {}
    if not reason.strip():
        errors["reason"] = _("Say why the case changes hands.")
    if not to.is_active:
        errors["to"] = _("There is no such employee, or they do not work here any more.")
    if errors:
        raise Invalid(errors)
    _check_receiver(case, to, now)
    code = "taken_over" if by is not None and by.pk == to.pk else "assigned"
    pass_case(case=case, to=to, reason=code, text=reason.strip(), by=by, now=now)
    return case


def leave_staff(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Effect of a dismissal, in its transaction (A3): what was theirs is passed on, also what they were told."""
    leader = attendance.leader(now)
    _pass_on(employee, reason="dismissed", by=by, now=now)
    Escalation.objects.open().filter(addressee=employee).update(addressee=_other(leader, employee))


def leave_work(employee: Employee, before: str, by: Employee | None, now: datetime) -> None:
    """Effect of a transfer, in its transaction (A3): what the new role may not do any more is passed on."""
    leader = attendance.leader(now)
    if _loses("case.work", before, employee.role):
        _pass_on(employee, reason="transferred", by=by, now=now)
    if _loses("escalation.acknowledge", before, employee.role):
        Escalation.objects.open().filter(addressee=employee).update(addressee=_other(leader, employee))


def _pass_on(employee: Employee, *, reason: str, by: Employee | None, now: datetime) -> None:
    """Open cases go to the senior manager on duty, all others to the employee's senior manager; the head is
    the last resort of both. Tasks that waited for the employee wait for whoever answers for the case."""
    keep_words(employee, now)
    leader, senior = breaks.leader_for_cases(now), employees.senior_of(employee, now)
    cases = Case.objects.filter(responsible=employee).for_reading().select_for_update(of=("self",))
    for case in cases.order_by("id"):
        wanted = leader if rules.must_be_on_duty(case.status) else senior
        pass_case(case=case, to=_other(wanted, employee), reason=reason, by=by, now=now)
    Task.objects.filter(assignee=employee, done_at=None).update(assignee=None)


def foresee_leaving(employee: Employee, now: datetime) -> list[Sentence]:
    """What `leave_staff` would pass on, in words. Six to nine statements."""
    leader, senior = attendance.leader(now), employees.senior_of(employee, now)
    cases = Case.objects.filter(responsible=employee)
    open_cases = cases.open().count()
    to = _other(breaks.leader_for_cases(now), employee)
    said = _foreseen(open_cases, cases.count() - open_cases, to, _other(senior, employee))
    said += foresee_words(employee)
    tasks = Task.objects.filter(assignee=employee, done_at=None).count()
    if tasks:
        said.append(
            ngettext(
                "%(count)s task waits for whoever answers for its case.",
                "%(count)s tasks wait for whoever answers for their cases.",
                tasks,
            )
            % {"count": tasks}
        )
    told = Escalation.objects.open().filter(addressee=employee).count()
    if told:
        said.append(
            ngettext(
                "%(count)s escalation not acknowledged yet goes to %(name)s.",
                "%(count)s escalations not acknowledged yet go to %(name)s.",
                told,
            )
            % {"count": told, "name": _other(leader, employee).full_name}
        )
    return said


def _foreseen(open_cases: int, others: int, leader: Employee, senior: Employee) -> list[Sentence]:
    said: list[Sentence] = []
    if open_cases:
        said.append(
            ngettext(
                "%(count)s open case goes to the senior manager on duty (now %(name)s).",
                "%(count)s open cases go to the senior manager on duty (now %(name)s).",
                open_cases,
            )
            % {"count": open_cases, "name": leader.full_name}
        )
    if others:
        said.append(
            ngettext(
                "%(count)s other case goes to %(name)s.", "%(count)s other cases go to %(name)s.", others
            )
            % {"count": others, "name": senior.full_name}
        )
    return said


def foresee_other_role(employee: Employee, role: str, now: datetime) -> list[Sentence]:
    """What `leave_work` would pass on if the employee got this role."""
    return foresee_leaving(employee, now) if _loses("case.work", employee.role, role) else []


def _loses(action_name: str, before: str, after: str) -> bool:
    return rights.may(before, action_name) and not rights.may(after, action_name)


def _other(wanted: Employee | None, leaving: Employee) -> Employee:
    """`wanted` when they stay, else the head (another one than who leaves)."""
    if wanted is not None and wanted.pk != leaving.pk and wanted.is_active:
        return wanted
    others = Employee.objects.heads().exclude(pk=leaving.pk)
    return others.first() or employees.head()


def answering_after(case: Case, by: Employee | None, now: datetime) -> Employee:
    """Who answers for a case that becomes open again: its person when at work, else who opened it, else the leader.

    Who is on a break is asked for nothing new (B2), unless it is they who open it.
    """
    person = case.responsible
    if person.is_active and attendance.is_on_duty(person, now) and (by == person or _at_work(person, now)):
        return person
    if by is not None and by.role != Role.CLIENT and attendance.is_on_duty(by, now):
        return by
    return breaks.leader_for_cases(now) or employees.head()


def _at_work(person: Employee, now: datetime) -> bool:
    return not breaks.why_not(person, Work.CASE, now)
