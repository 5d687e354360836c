"""One case moves: the handover with its hop, the responsibility, the acceptance that is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from cases.casework import actions as casework
from cases.casework.models import Case, Responsibility
from cases.handover import rules, terms
from cases.handover.models import CheckDecision, Handover, HandoverHop
from cases.handover.rules import Hop
from cases.handover.selectors import Card, card_of
from fregat.lib import jobs, live
from shifts.roster.models import Shift
from staff.employees.models import Employee

ACCEPTANCE = "acceptance"
_RECENT_ENDS = timedelta(hours=48)
"""A shift older than this has nothing to do with a case that moves now."""


def hand_over(
    case: Case, shift: Shift, to: Employee, *, hop: Hop, decision: CheckDecision | None, now: datetime
) -> Handover:
    """Open the handover of a locked case from this giver's shift: one row, also when it comes to it twice."""
    supersede(case, now)
    card = _card(case, decision)
    handover, _made = Handover.objects.update_or_create(
        case=case,
        shift=shift,
        defaults={
            "giver": shift.employee, "receiver": to, "moved_at": now, "due_at": now + terms.accept_within(),
            "summary": card.summary, "next_step": card.next_step, "next_at": card.next_at,
            "card_at": decision.decided_at if decision and decision.decision == rules.Decision.HAND_OVER else None,
            "accepted_at": None, "accepted_by": None, "read_back": "", "superseded_at": None,
        },
    )  # fmt: skip
    add_hop(handover, to, hop=hop, now=now)
    return handover


def _card(case: Case, decision: CheckDecision | None) -> Card:
    if decision is not None and decision.next_step:
        return Card(decision.summary, decision.next_step, decision.next_at)
    return card_of(case)


def add_hop(handover: Handover, to: Employee, *, hop: Hop, now: datetime, text: str = "") -> None:
    """The handover goes to `to`, who has the whole time to accept it."""
    HandoverHop(handover=handover, to=to, at=now, reason=hop, text=text).save(force_insert=True)
    jobs.schedule(ACCEPTANCE, handover.pk, handover.due_at)
    tell(handover)


def tell(handover: Handover) -> None:
    """Pages of the receiver, of the giver and the board fetch it again."""
    for channel in (f"employee:{handover.receiver_id}", f"employee:{handover.giver_id}", "board"):
        live.publish(channel, "handover", handover.pk)


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


def supersede(case: Case, now: datetime) -> None:
    """Nothing is left to accept: the case has gone to somebody else, or is open no more."""
    for handover in Handover.objects.pending().filter(case=case):
        handover.superseded_at = now
        handover.save(update_fields=["superseded_at"])
        tell(handover)


def follow_responsibility(case: Case, reason: str, now: datetime) -> None:
    """Effect of a change of the responsible person, in its transaction; the case is locked.

    A handover that waits for somebody else is over. A case passed on because its person was dismissed
    opens a handover of its own: the new one has to accept it too.
    """
    waiting = Handover.objects.pending().filter(case=case).first()
    if waiting is not None and waiting.receiver_id != case.responsible_id:
        supersede(case, now)
    if reason == "dismissed" and case.is_open:
        _hand_over_of_dismissed(case, now)


def _hand_over_of_dismissed(case: Case, now: datetime) -> None:
    last = Responsibility.objects.filter(case=case).aggregate(until=Max("until"))["until"]
    row = Responsibility.objects.filter(case=case, until=last).select_related("employee").first()
    shift = last_shift(row.employee, now) if row else None
    if shift is not None:
        hand_over(case, shift, case.responsible, hop=Hop.DISMISSED, decision=None, now=now)


def follow_status(case: Case, now: datetime) -> None:
    """Effect of a change of status, in its transaction: a case that is open no more needs no acceptance."""
    if not case.is_open:
        supersede(case, now)


def last_shift(person: Employee, now: datetime) -> Shift | None:
    """The shift from which the person gives: the latest that began, cancelled or not; None after two days."""
    rows = Shift.objects.filter(
        employee=person, starts_at__lte=now, ends_at__gt=now - _RECENT_ENDS, attendance__isnull=False
    )
    return rows.select_related("employee").order_by("-starts_at").first()
