"""Decisions of the head and notices of senior managers: published at once, acknowledged by one key (JD III.1, A5)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid, NotFound
from fregat.lib.text import fault_in
from staff.documents import permissions
from staff.documents.actions.asking import ask_to_read, done, no_more
from staff.documents.actions.rows import address, check_addressees, check_text, lock_decision
from staff.documents.labels import CONSTRAINT_SENTENCES, DECISION_LABELS
from staff.documents.models import Acknowledgement, Decision
from staff.documents.rules import REASON_MAX, Text
from staff.employees.models import Employee


@db.action
def publish_decision(*, by: Employee, kind: str, text: Text, now: datetime | None = None) -> Decision:
    """Publish to those concerned, who are told at once. Raises NotAllowed, Invalid (by field)."""
    if kind not in DECISION_LABELS:
        raise Invalid.field("kind", _("There is no such kind."))
    now = now or clock.now()
    permissions.check_publish(by, kind, text.to, now)
    check_text(text)
    check_addressees(text.to, CONSTRAINT_SENTENCES["decision_concerns_somebody"])
    decision = Decision(kind=kind, title=text.title, body=text.body, published_by=by, published_at=now)
    address(decision, text.to)
    decision.save()
    ask_to_read(decision, now)
    return decision


@db.action
def acknowledge(*, by: Employee, decision_id: int, now: datetime | None = None) -> Acknowledgement:
    """The person has read the decision. Doing it twice changes nothing.

    Raises NotFound, NotAllowed (it does not concern them), Conflict (withdrawn).
    """
    decision = _seen(by, decision_id)
    permissions.check_acknowledge(by, decision)
    if decision.withdrawn_at is not None:
        raise Conflict(_("This was withdrawn: there is nothing to acknowledge."), code="withdrawn")
    now = now or clock.now()
    row, new = Acknowledgement.objects.get_or_create(decision=decision, employee=by, defaults={"at": now})
    if new:
        done(by, decision, now)
    return row


@db.action
def withdraw(*, by: Employee, decision_id: int, reason: str, now: datetime | None = None) -> Decision:
    """Withdraw what was published: it stays to be read, marked, and waits for nobody any more.

    Raises NotFound, NotAllowed, Invalid (`reason`), Conflict (withdrawn already).
    """
    permissions.check_withdraw(by, _seen(by, decision_id))
    decision = lock_decision(decision_id)
    permissions.check_withdraw(by, decision)
    if decision.withdrawn_at is not None:
        raise Conflict(_("This was withdrawn already."), code="withdrawn")
    fault = fault_in(reason, max_length=REASON_MAX)
    if fault or not reason.strip():
        raise Invalid.field("reason", fault or _("Say why it is withdrawn."))
    decision.withdrawn_at, decision.withdrawn_by, decision.withdrawn_why = now or clock.now(), by, reason
    decision.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    no_more(decision, decision.withdrawn_at)
    return decision


def _seen(by: Employee, decision_id: int) -> Decision:
    decision = Decision.objects.visible_to(by).filter(pk=decision_id).first()
    if decision is None:
        raise NotFound()
    return decision
