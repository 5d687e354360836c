"""The read side of the desk and the board. Each function states its number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from cases.casework.models import Case, Escalation, Task, TimelineEntry
from cases.casework.querysets import CaseQuerySet
from cases.casework.statuses import OPEN
from cases.desk import rules
from cases.handover.models import EndOfShiftCheck, Handover
from cases.handover.rules import Decision
from fregat.lib.rights import Role
from shifts.attendance.selectors import leader, on_duty
from shifts.breaks import selectors as breaks
from shifts.breaks.models import Break
from shifts.roster.models import Shift
from staff.employees.models import Employee
from staff.employees.selectors import team_ids

LINES = 100
"""The most lines a list on the desk or the board shows; the rest is one click away in `/cases/`."""

READS_THE_NUMBER: frozenset[str] = frozenset({Role.HEAD, Role.DIRECTOR})
"""Who has the number of cases without anybody on duty on the first page; senior managers have it on the board."""
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
