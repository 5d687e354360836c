"""One case moves: the handover with its hop, the responsibility, the acceptance that is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from cases.casework import actions as casework
from cases.casework.models import Case, Responsibility
from cases.handover import rules, terms
from cases.handover.actions.watching import end_lapses, write_ended_by_hand, write_passed_by_hand
from cases.handover.models import CheckDecision, Handover, HandoverHop
from cases.handover.rules import Hop, LapseEnd
from cases.handover.selectors import Card, card_of, card_values
from fregat.lib import jobs, live
from shifts.roster.models import Shift
from staff.employees.models import Employee

ACCEPTANCE = "acceptance"
_RECENT_ENDS = timedelta(hours=48)
"""A shift older than this has nothing to do with a case that moves now."""


@dataclass(frozen=True)
class Move:
    """One locked case, to whom it goes, and what its giver decided about it."""

    case: Case
    to: Employee
    decision: CheckDecision | None = None


def hand_over(moves: list[Move], giver: Employee, shift: Shift | None, *, hop: Hop, now: datetime) -> None:
    """Open the handovers of these cases from one giver's shift: one row a case, also when it comes to it twice.

    Without a shift of the giver each passing is a row of its own: whoever receives accepts all the same.
    The same few statements for one case and for a hundred: many shifts end in the same minute.
    """
    cases = [move.case for move in moves]
    supersede(Handover.objects.pending().filter(case__in=cases), now)
    before = Handover.objects.filter(case__in=cases, shift=shift) if shift else Handover.objects.none()
    there = {row.case_id: row for row in before}
    rows = [
        _opened(there.get(move.case.pk) or Handover(case=move.case, shift=shift), move, giver, now)
        for move in moves
    ]
    for row in rows:
        if row.pk:
            row.save()
    Handover.objects.bulk_create([row for row in rows if not row.pk])
    HandoverHop.objects.bulk_create(
        HandoverHop(handover=row, to=row.receiver, at=now, reason=hop) for row in rows
    )
    jobs.schedule_many(ACCEPTANCE, [(row.pk, row.due_at) for row in rows])
    for row in rows:
        tell(row)


def _opened(row: Handover, move: Move, giver: Employee, now: datetime) -> Handover:
    """The row as it begins, a new one or the one of this case and shift that is there."""
    card, decision = _card(move.case, move.decision), move.decision
    row.giver, row.receiver, row.moved_at, row.due_at = giver, move.to, now, now + terms.accept_within()
    for name, value in card_values(card).items():
        setattr(row, name, value)
    written = decision is not None and decision.decision == rules.Decision.HAND_OVER
    row.card_at = decision.decided_at if decision is not None and written else None
    row.accepted_at = row.accepted_by = row.superseded_at = None
    row.read_back = ""
    return row


def _card(case: Case, decision: CheckDecision | None) -> Card:
    if decision is not None and decision.next_step:
        return Card(**card_values(decision))
    return card_of(case)


def add_hop(handover: Handover, to: Employee, *, hop: Hop, now: datetime, text: str = "") -> None:
    """The handover goes to `to`, who has the whole time to accept it."""
    HandoverHop(handover=handover, to=to, at=now, reason=hop, text=text).save(force_insert=True)
    jobs.schedule(ACCEPTANCE, handover.pk, handover.due_at)
    tell(handover)


def tell(handover: Handover) -> None:
    """Pages of the receiver, of the giver and the board fetch it again."""
    for pk in (handover.receiver_id, handover.giver_id):
        live.publish(f"employee:{pk}", "handover", handover.pk)
    live.publish("board", "handover")


def rise(
    handover: Handover,
    case: Case,
    to: Employee,
    *,
    hop: Hop,
    reason: str,
    by: Employee | None,
    text: str,
    now: datetime,
) -> None:
    """The case and its handover, both locked, move on to `to`: refused, not accepted, taken."""
    left = handover.receiver_id
    handover.receiver = to
    handover.due_at = now + terms.accept_within()
    handover.save(update_fields=["receiver", "due_at"])
    add_hop(handover, to, hop=hop, now=now, text=text)
    casework.pass_case(case=case, to=to, reason=reason, text=text, by=by, now=now)
    live.publish(f"employee:{left}", "handover", handover.pk)


def supersede(waiting: Iterable[Handover], now: datetime) -> None:
    """Nothing is left to accept: the cases have gone to somebody else, or are open no more. One statement, or none."""
    over = list(waiting)
    if not over:
        return
    Handover.objects.filter(pk__in=[row.pk for row in over]).update(superseded_at=now)
    for row in over:
        row.superseded_at = now
        tell(row)


_BY_HAND = frozenset({"taken_over", "assigned", "refused", "not_accepted"})
"""What the end of a shift and the rescue have not looked at already."""
_HOPS_OF_ORDERS = {"dismissed": Hop.DISMISSED, "transferred": Hop.TRANSFERRED}


def follow_responsibility(cases: Sequence[Case], reason: str, now: datetime) -> None:
    """Effect of a change of the responsible persons, in its transaction; the cases are locked. Two statements.

    A handover that waits for somebody else is over, and so is a time without anybody on duty. A case passed
    on because its person was dismissed or transferred opens a handover of its own: the new one has to accept it too.
    """
    holder = {case.pk: case.responsible_id for case in cases}
    waiting = Handover.objects.pending().filter(case__in=holder)
    supersede((row for row in waiting if row.receiver_id != holder[row.case_id]), now)
    if reason in _BY_HAND:
        write_passed_by_hand(cases, now)
    end_lapses(cases, LapseEnd.MOVED, now)
    hop = _HOPS_OF_ORDERS.get(reason)
    for case in cases if hop is not None else ():
        if case.is_open and hop is not None:
            _hand_over_of_leaving(case, hop, now)


def _hand_over_of_leaving(case: Case, hop: Hop, now: datetime) -> None:
    last = Responsibility.objects.filter(case=case).aggregate(until=Max("until"))["until"]
    row = Responsibility.objects.filter(case=case, until=last).select_related("employee").get()
    giver = row.employee
    hand_over([Move(case, case.responsible)], giver, last_shift(giver, now), hop=hop, now=now)


def follow_status(case: Case, now: datetime) -> None:
    """Effect of a change of status, in its transaction: a case that is open no more needs no acceptance."""
    if not case.is_open:
        write_ended_by_hand(case, now)
        end_lapses([case], LapseEnd.NOT_OPEN, now)
        supersede(Handover.objects.pending().filter(case=case), now)


def last_shift(person: Employee, now: datetime) -> Shift | None:
    """The shift from which the person gives: the latest that began, cancelled or not; None after two days."""
    rows = Shift.objects.filter(
        employee=person, starts_at__lte=now, ends_at__gt=now - _RECENT_ENDS, attendance__isnull=False
    )
    return rows.order_by("-starts_at").first()
