"""Acceptance is a fact of its own: accepted with a read-back, refused, or not accepted in time (B5)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.casework.actions.ground import announce, tell_time_line
from cases.casework.models import Case
from cases.handover import permissions
from cases.handover.actions.moving import ACCEPTANCE, rise, tell
from cases.handover.labels import ANSWER_LACKS
from cases.handover.models import Handover
from cases.handover.rules import Hop
from cases.handover.selectors import get_handover, rise_to
from fregat.lib import clock, jobs
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from shifts.breaks import selectors as breaks
from shifts.breaks.rules import Work
from staff.employees.models import Employee


@action
def accept(*, by: Employee, handover_id: int, read_back: str, now: datetime | None = None) -> Handover:
    """Accept the case with a line of read-back; a senior manager or the head takes it from an absent receiver.

    Raises NotFound, NotAllowed, Invalid (no read-back), Conflict (accepted already, gone to somebody else).
    """
    handover, case, now = _open(by, handover_id, now)
    permissions.check_accept(by, handover, now)
    if not read_back.strip():
        raise Invalid.field("read_back", ANSWER_LACKS["read_back"])
    _check_pending(handover)
    if handover.receiver_id != by.pk:
        if fault := breaks.why_not(by, Work.CASE, now):
            raise Conflict(fault, code="away")
        text = _("Instead of %(name)s, who is absent") % {"name": handover.receiver.full_name}
        rise(handover, case, by, hop=Hop.TAKEN, reason="taken_over", by=by, text=text, now=now)
    handover.accepted_at, handover.accepted_by, handover.read_back = now, by, read_back.strip()
    handover.save(update_fields=["accepted_at", "accepted_by", "read_back"])
    tell_time_line(case, "handover_accepted", by=by, now=now, text=handover.read_back)
    announce(case)
    tell(handover)
    return handover


@action
def refuse(*, by: Employee, handover_id: int, reason: str, now: datetime | None = None) -> Handover:
    """Refuse the case with a reason: it moves to the senior manager on duty, from them to the head.

    Raises NotFound, NotAllowed (not the receiver; the head), Invalid (no reason), Conflict.
    """
    handover, case, now = _open(by, handover_id, now)
    permissions.check_refuse(by, handover, now)
    if not reason.strip():
        raise Invalid.field("reason", ANSWER_LACKS["reason"])
    _check_pending(handover)
    to = Employee.objects.get(pk=rise_to(by, now))
    rise(handover, case, to, hop=Hop.REFUSED, reason="refused", by=by, text=reason.strip(), now=now)
    return handover


def _open(by: Employee, handover_id: int, now: datetime | None) -> tuple[Handover, Case, datetime]:
    """The handover that the person may see, locked after its case; the clock is read under the locks."""
    seen = get_handover(by, handover_id, now or clock.now())
    case = _lock_case(seen.case_id)
    handover = (
        Handover.objects.select_for_update(of=("self",)).select_related("receiver", "giver").get(pk=seen.pk)
    )
    return handover, case, now or clock.now()


def _lock_case(case_id: int, *, nowait: bool = False) -> Case:
    rows = Case.objects.select_for_update(of=("self",), nowait=nowait)
    return rows.select_related("responsible", "insurer", "person", "country").get(pk=case_id)


def _check_pending(handover: Handover) -> None:
    if handover.accepted_at:
        raise Conflict(_("This handover has been accepted already."), code="accepted")
    if handover.superseded_at:
        raise Conflict(_("The case has gone to somebody else, or it is open no more."), code="superseded")


@action
def expire(handover_id: int, now: datetime | None = None) -> None:
    """Job `acceptance`: not accepted in 15 minutes, the case rises to the senior manager on duty, then to the head.

    Locks the case (NOWAIT: somebody may be accepting it just now), then the handover, and reads it again:
    accepted or superseded, nothing is done; due later, the job moves itself. With the head it stays, shown
    on the board as not accepted: there is nobody above.
    """
    row = Handover.objects.pending().filter(pk=handover_id).first()
    if row is None:
        return
    case = _lock_case(row.case_id, nowait=True)
    handover = (
        Handover.objects.pending()
        .select_for_update(of=("self",), nowait=True)
        .select_related("receiver", "giver")
        .filter(pk=handover_id)
        .first()
    )
    now = now or clock.now()
    if handover is None:
        return
    if now < handover.due_at:
        jobs.schedule(ACCEPTANCE, handover_id, handover.due_at)
        return
    to = rise_to(handover.receiver, now)
    if to != handover.receiver_id:
        person = Employee.objects.get(pk=to)
        rise(handover, case, person, hop=Hop.NOT_ACCEPTED, reason="not_accepted", by=None, text="", now=now)
