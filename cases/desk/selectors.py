"""The read side of the desk and the board. Each function states its number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from cases.casework.models import Case, CaseService, Escalation, Task, TimelineEntry
from cases.casework.querysets import CaseQuerySet
from cases.casework.selectors import addressee
from cases.casework.statuses import OPEN
from cases.desk import rules
from cases.desk.labels import WOKEN
from cases.handover.models import EndOfShiftCheck, Handover
from cases.handover.rules import Decision
from fregat.lib import clock
from fregat.lib.rights import Role
from shifts.attendance.selectors import is_on_shift, leader, on_duty
from shifts.breaks import selectors as breaks
from shifts.breaks.models import Break
from shifts.roster.models import Shift
from staff.employees.models import Employee
from staff.employees.selectors import project_codes, team_ids

LINES = 100
"""The most lines a list on the desk or the board shows; the rest is one click away in `/cases/`."""

READS_THE_NUMBER: frozenset[str] = frozenset({Role.HEAD, Role.DIRECTOR})
"""Who has the number of cases without anybody on duty on the first page; senior managers have it on the board."""
TOLD = "="
"""In place of a login: whoever is told about the case (the senior manager, or who stands in for them)."""
_STANDS = Q(
    check_row__decisions__case__responsible=F("employee"), check_row__decisions__case__status__in=OPEN
)
"""Decisions about cases that are still open and theirs: of the others there is nothing left to decide."""


@dataclass(frozen=True)
class CaseLine:
    """One open case with what makes it dangerous."""

    case: Case
    next_task: Task | None
    risks: tuple[rules.Risk, ...]

    @property
    def weight(self) -> int:
        """For sorting: the heavier, the higher it stands."""
        return rules.weight(self.risks)


@dataclass(frozen=True)
class PersonLine:
    """Somebody of this shift: where they are in their working day and what they hold."""

    shift: Shift
    begun_at: datetime | None
    late_minutes: int
    presence: str
    open_cases: int
    check: EndOfShiftCheck | None
    decided: int
    """Cases of the end-of-shift check with a decision: help given, or still theirs and decided about."""
    to_decide: int
    """All cases of the check: those and the open ones."""
    pause: Break | None
    """The break that they are on."""


def case_lines(cases: CaseQuerySet, now: datetime) -> list[CaseLine]:
    """Open cases, the most dangerous first. Five queries, however many cases (at most LINES)."""
    rows = list(
        cases.open()
        .select_related("person", "insurer", "country", "responsible")
        .prefetch_related(
            Prefetch("tasks", Task.objects.filter(done_at=None).order_by("due_at"), "open_tasks"),
            Prefetch("escalations", Escalation.objects.open().order_by("due_at"), "open_escalations"),
        )
        .order_by("-id")[:LINES]
    )
    ids = [case.id for case in rows]
    last = dict(TimelineEntry.objects.filter(case__in=ids).values_list("case").annotate(Max("at")))
    waiting = set(pending_handovers().filter(case__in=ids).values_list("case", flat=True))
    present = _present(now)
    lines = [
        CaseLine(case, _first(case, "open_tasks"), rules.risks(_facts(case, present, last, waiting), now))
        for case in rows
    ]
    return sorted(lines, key=lambda line: (-line.weight, _due(line, now), line.case.id))


def _first(case: Case, name: str) -> Task | None:
    rows: list[Task] = getattr(case, name)
    return rows[0] if rows else None


def _due(line: CaseLine, now: datetime) -> float:
    return (line.next_task.due_at - now).total_seconds() if line.next_task else float("inf")


def _present(now: datetime) -> set[int]:
    """Ids of all who are on duty; the head counts always (glossary: on duty)."""
    return set(on_duty(now).values_list("id", flat=True)) | set(
        Employee.objects.heads().values_list("id", flat=True)
    )


def _facts(case: Case, present: set[int], last: dict[int, datetime], waiting: set[int]) -> rules.CaseFacts:
    escalations: list[Escalation] = case.open_escalations  # type: ignore[attr-defined]
    task = _first(case, "open_tasks")
    return rules.CaseFacts(
        on_duty=case.responsible_id in present,
        escalation_due=escalations[0].due_at if escalations else None,
        risen=any(row.risen_at for row in escalations),
        next_due=task.due_at if task else None,
        last_at=last.get(case.id, case.opened_at),
        not_accepted=case.id in waiting,
        provisional=case.provisional,
    )


def pending_handovers() -> QuerySet[Handover]:
    """Handovers that nobody has accepted and that still need it, the first due first. One query."""
    return (
        Handover.objects.filter(accepted_at=None, superseded_at=None)
        .select_related("case", "case__person", "case__country", "giver", "receiver")
        .order_by("due_at", "id")
    )


def my_tasks(user: Employee, cases: CaseQuerySet) -> QuerySet[Task]:
    """What the person must do on these cases: given to them, or to whoever answers. One query."""
    return (
        Task.objects.filter(
            Q(assignee=user) | Q(assignee=None, case__responsible=user), done_at=None, case__in=cases
        )
        .select_related("case", "case__person", "case__country", "by")
        .order_by("due_at", "id")[:LINES]
    )


def people(user: Employee, now: datetime) -> list[PersonLine]:
    """Whose shift runs or is about to begin: a leader and the head see all, others their team. Five queries."""
    shifts = (
        Shift.objects.standing()
        .filter(starts_at__lte=now + rules.COMING, ends_at__gt=now)
        .select_related("employee", "attendance", "check_row")
        .annotate(
            helped=Count(
                "check_row__decisions", filter=Q(check_row__decisions__decision=Decision.ASSISTED) & ~_STANDS
            ),
            standing=Count(
                "check_row__decisions", filter=~Q(check_row__decisions__decision=Decision.ASSISTED) & _STANDS
            ),
        )
        .order_by("ends_at", "employee__name_key", "employee__first_name")
    )
    if user.role != Role.HEAD and user != leader(now):
        shifts = shifts.filter(employee__in=team_ids(user, now) | {user.id})
    rows = list(shifts[:LINES])
    held, away = _held({shift.employee_id for shift in rows}), breaks.running(now)
    return [
        _person_line(shift, held.get(shift.employee_id, 0), away.get(shift.employee_id), now)
        for shift in rows
    ]


def tally(lines: Iterable[PersonLine]) -> list[tuple[str, int]]:
    """How many people are in each state, in the order of the working day; states that nobody is in are left out."""
    counted = Counter(line.presence for line in lines)
    return [(state, counted[state]) for state in rules.PRESENCES if counted[state]]


def _held(ids: Iterable[int]) -> dict[int, int]:
    rows = Case.objects.open().filter(responsible__in=ids).values_list("responsible").annotate(Count("id"))
    return dict(rows)


def _person_line(shift: Shift, held: int, pause: Break | None, now: datetime) -> PersonLine:
    attendance = getattr(shift, "attendance", None)
    begun = attendance.begun_at if attendance else None
    return PersonLine(
        shift=shift,
        begun_at=begun,
        late_minutes=attendance.late_seconds // 60 if attendance else 0,
        presence=rules.presence(
            begun, shift.starts_at, now, breaks.state_of(shift.ends_at, now, away=pause is not None)
        ),
        pause=pause,
        open_cases=held,
        check=getattr(shift, "check_row", None),
        decided=shift.helped + shift.standing,  # type: ignore[attr-defined]
        to_decide=shift.helped + held,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class Woken:
    """Somebody was woken for a case."""

    person_id: int
    name: str
    at: datetime
    confirmed_at: datetime | None
    confirmed_by: str
    """Another who answered in their place; empty when they did themselves."""
    passed_to: str
    """Who decides now, since a doctor has not answered in time; empty otherwise."""


@dataclass(frozen=True)
class NightLine:
    """An open case at night: when it is morning there, whether it can wait until then, who was woken for it."""

    line: CaseLine
    morning: datetime
    waits: bool
    grave: bool
    """Help is needed that is arranged at any hour. Which is a medical fact, and is not said in a list."""
    before_morning: bool
    woken: list[Woken]


def night_lines(user: Employee, cases: CaseQuerySet, now: datetime) -> list[NightLine]:
    """What a lone operator answers for at night: their cases, and those of whoever is not on duty.

    Nine queries, however many cases.
    """
    lines = case_lines(cases.filter(Q(responsible=user) | ~Q(responsible__in=_present(now))), now)
    rows = [line.case for line in lines]
    helps = defaultdict(set)
    services = CaseService.objects.filter(case__in=rows, state__in=("needed", "arranged"))
    for case_id, kind in services.values_list("case", "kind"):
        helps[case_id].add(kind)
    told = woken(rows, now)
    return [_night_line(line, helps[line.case.pk], told[line.case.pk], now) for line in lines]


def _night_line(line: CaseLine, helps: set[str], told: list[Woken], now: datetime) -> NightLine:
    morning = rules.until_morning(now, _zone(line.case.zone))
    due_at = line.next_task.due_at if line.next_task else None
    codes = {risk.code for risk in line.risks}
    return NightLine(
        line=line,
        morning=morning,
        waits=not rules.cannot_wait(codes, helps, due_at, morning),
        grave=bool(rules.GRAVE_HELP & helps),
        before_morning=due_at is not None and due_at < morning and not codes & {"task_overdue", "task_soon"},
        woken=told,
    )


def _zone(name: str) -> tzinfo:
    """Where nobody knows the place yet, morning is Kyiv's."""
    try:
        return ZoneInfo(name) if name else clock.KYIV
    except (ZoneInfoNotFoundError, ValueError):
        return clock.KYIV


def woken(cases: Iterable[Case], now: datetime) -> dict[int, list[Woken]]:
    """Key of a case → who was woken for it in the last hours, the latest first. One query."""
    found: dict[int, list[Woken]] = defaultdict(list)
    told = Escalation.objects.filter(
        case__in=[case.pk for case in cases], reason=WOKEN, raised_at__gt=now - rules.WOKEN_SHOWN
    )
    for row in told.select_related("addressee", "doctor", "acknowledged_by").order_by("-raised_at", "-pk"):
        found[row.case_id].append(_woken(row))
    return found


def _woken(row: Escalation) -> Woken:
    person = row.doctor or row.addressee
    by = row.acknowledged_by
    return Woken(
        person.pk, person.full_name, row.raised_at, row.acknowledged_at,
        confirmed_by=by.full_name if by is not None and by.pk != person.pk else "",
        passed_to=row.addressee.full_name if row.addressee_id != person.pk else "",
    )  # fmt: skip


def wakings(doctor: Employee, now: datetime) -> list[Escalation]:
    """What a doctor was woken for in the last hours: what waits first, the most urgent first. One query."""
    rows = Escalation.objects.filter(doctor=doctor, raised_at__gt=now - rules.WOKEN_SHOWN)
    rows = rows.select_related("case", "raised_by", "addressee", "acknowledged_by")
    waits_first = F("acknowledged_at").desc(nulls_first=True)
    return list(rows.order_by(waits_first, "due_at", "pk"))


def to_wake(by: Employee, case: Case, now: datetime) -> dict[str, Employee]:
    """Whom one may wake for this case: who is told about it, then the doctors of its project, by their logins."""
    people = {TOLD: addressee(case.responsible, now, not_to=by)}
    if case.insurer is not None:
        doctors = Employee.objects.employed().filter(role=Role.DOCTOR, assignments__project=case.insurer.code)
        people |= {one.username: one for one in doctors.exclude(pk=by.pk).order_by("name_key", "pk")}
    return people


def is_alone(user: Employee, now: datetime) -> bool:
    """Is this operator the only one on duty, or at night the only one of some project of theirs? Three queries."""
    if user.role != Role.OPERATOR or not is_on_shift(user, now):
        return False
    operators = on_duty(now).filter(role=Role.OPERATOR).exclude(pk=user.pk)
    others = [
        {row.project for row in one.assignments.all()} for one in operators.prefetch_related("assignments")
    ]
    return rules.is_alone(project_codes(user), others, night=rules.is_night(clock.local(now).time()))
