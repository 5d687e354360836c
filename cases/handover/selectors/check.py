"""The end-of-shift check as its operator sees it (B4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q

from cases.casework.models import Case, CaseService, Escalation, Responsibility, Task
from cases.casework.querysets import CaseQuerySet
from cases.handover import rules, terms
from cases.handover.models import CheckDecision, EndOfShiftCheck
from cases.handover.selectors.cards import Card, card_of
from cases.handover.selectors.duty import led_at_end
from fregat.lib.rights import Role
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks
from shifts.breaks.rules import Ready
from shifts.roster.models import Shift
from staff.employees.models import Employee

READING_MAX = 50
"""The most cases of others that are shown for reading."""
RECEIVERS = (Role.OPERATOR, Role.DOCTOR, Role.SENIOR)
"""Roles that may be proposed as receivers."""
SOON = timedelta(hours=2)
"""A shift that begins within this time may receive: the night that relieves the day."""


@dataclass(frozen=True)
class Item:
    """One case of the check with its decision, if any, and the card to start from."""

    case: Case
    decision: CheckDecision | None
    card: Card
    next_task: Task | None = None
    escalated: bool = False

    @property
    def is_decided(self) -> bool:
        """The operator has said what is to be done."""
        return self.decision is not None


@dataclass(frozen=True)
class CheckView:
    """A shift with its check: what the API and the desk show."""

    shift: Shift
    due_at: datetime
    started_at: datetime | None
    late: bool
    presence: Ready = Ready.TAKES
    """Whether the person takes new calls."""
    items: list[Item] = field(default_factory=list)
    """Open cases of the operator, those in danger first, then those whose help was given in the check."""
    reading: list[Case] = field(default_factory=list)
    """Organised in this shift, answered for by others now."""

    @property
    def done(self) -> int:
        """How many cases have a decision."""
        return sum(item.is_decided for item in self.items)

    @property
    def total(self) -> int:
        """How many cases there are to decide about."""
        return len(self.items)

    @property
    def next_item(self) -> Item | None:
        """The first one that waits for a decision."""
        return next((item for item in self.items if not item.is_decided), None)


def current_check(user: Employee, now: datetime) -> CheckView | None:
    """The check of the running shift, there before it starts; None off shift. Nine queries."""
    shift = attendance.current_shift(user, now)
    if shift is None:
        return None
    check = EndOfShiftCheck.objects.filter(shift=shift).first()
    decisions = {row.case_id: row for row in _decisions(check)}
    cases = list(with_cards(Case.objects.open().filter(responsible=user)))
    given = [key for key, row in decisions.items() if row.decision == rules.Decision.ASSISTED]
    finished = with_cards(Case.objects.filter(id__in=given).exclude(id__in=[case.id for case in cases]))
    return CheckView(
        shift=shift,
        due_at=check.due_at if check else rules.check_at(shift.ends_at, terms.check_before_end()),
        started_at=check.started_at if check else None,
        late=bool(check and check.late),
        presence=breaks.ready_of(user, now),
        items=[
            *sorted((_item(case, decisions) for case in cases), key=danger),
            *(_item(case, decisions) for case in finished),
        ],
        reading=_reading(user, shift, now),
    )


def remaining(user: Employee, shift: Shift) -> int:
    """How many open cases of the person wait for a decision. One query, for the banner.

    «Help given» decides nothing about a case that is open again.
    """
    rows = CheckDecision.objects.filter(check_row__shift=shift).exclude(decision=rules.Decision.ASSISTED)
    decided = rows.values("case")
    return Case.objects.open().filter(responsible=user).exclude(id__in=decided).count()


def danger(item: Item) -> tuple[object, ...]:
    """Sorting: escalations not acknowledged, displeasure, the promise due first, then the oldest case."""
    due = item.next_task.due_at.timestamp() if item.next_task else float("inf")
    return (not item.escalated, not item.case.displeased, due, item.case.opened_at, item.case.id)


def _decisions(check: EndOfShiftCheck | None) -> list[CheckDecision]:
    return list(check.decisions.select_related("to")) if check else []


def with_cards(cases: CaseQuerySet) -> CaseQuerySet:
    """The cases with all that a card, a line of the check and a move need: three more queries."""
    services = (
        CaseService.objects.filter(state__in=("needed", "arranged")).select_related("kind").order_by("id")
    )
    return cases.select_related("person", "insurer", "policy", "country", "responsible").prefetch_related(
        Prefetch("tasks", Task.objects.filter(done_at=None).order_by("due_at"), "open_tasks"),
        Prefetch("services", services, "open_services"),
        Prefetch("escalations", Escalation.objects.open(), "open_escalations"),
    )


def _item(case: Case, decisions: dict[int, CheckDecision]) -> Item:
    tasks: list[Task] = case.open_tasks  # type: ignore[attr-defined]
    return Item(
        case=case,
        decision=_standing(case, decisions.get(case.id)),
        card=card_of(case),
        next_task=tasks[0] if tasks else None,
        escalated=bool(case.open_escalations),  # type: ignore[attr-defined]
    )


def _standing(case: Case, decision: CheckDecision | None) -> CheckDecision | None:
    """A case whose help was given and that is open again has to be decided about again."""
    if decision is not None and decision.decision == rules.Decision.ASSISTED and case.is_open:
        return None
    return decision


def _reading(user: Employee, shift: Shift, now: datetime) -> list[Case]:
    held = Responsibility.objects.filter(employee=user, until__gt=shift.starts_at).values("case")
    rows = Case.objects.visible_to(user, now).filter(id__in=held).exclude(responsible=user)
    return list(
        rows.select_related("person", "responsible", "insurer", "country").order_by("id")[:READING_MAX]
    )


def colleagues(shift: Shift, case: Case, now: datetime) -> list[Employee]:
    """Whom the person of this shift may propose for the case: of its project, or senior managers, with a shift
    that runs on or begins soon; nobody where the roster alone names the receiver.

    One query and what `led_at_end` asks. Whether the chosen one is on duty is asked at the end of the shift.
    """
    if case.insurer is None or rules.fixed(leads=led_at_end(shift), project=case.insurer.code):
        return []
    shifts = Shift.objects.not_ended(now).filter(starts_at__lt=now + SOON)
    rows = Employee.objects.employed().filter(role__in=RECEIVERS, id__in=shifts.values("employee"))
    same = Q(assignments__project=case.insurer.code) | Q(role=Role.SENIOR)
    return list(rows.filter(same).exclude(pk=shift.employee_id).distinct().order_by("name_key", "first_name"))
