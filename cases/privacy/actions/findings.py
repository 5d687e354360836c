"""Examining a finding: taken up, explained by whoever looked, justified or a breach; nobody examines their own."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.privacy import permissions
from cases.privacy.models import Finding
from cases.privacy.statuses import DECIDED, State, may_move
from fregat.lib import clock, db, notices
from fregat.lib.errors import Conflict, Invalid
from staff.employees.models import Employee


@db.action
def take_up(*, by: Employee, finding_id: int) -> Finding:
    """Begin the examination: whoever looked is asked to explain. Raises NotFound, NotAllowed, Conflict."""
    row, now = _locked(by, finding_id), clock.now()
    permissions.check_examine(by, row)
    _check_move(row, State.TAKEN_UP)
    row.state, row.taken_up_at, row.taken_up_by = State.TAKEN_UP, now, by
    row.save()
    notices.tell([row.employee], "finding_asks", url=_url(row), values={"number": row.pk}, now=now)
    return row


@db.action
def explain(*, by: Employee, finding_id: int, explanation: str) -> Finding:
    """How it came to these looks, in the words of whoever looked. Raises NotFound, NotAllowed, Conflict, Invalid."""
    row, now = _locked(by, finding_id), clock.now()
    permissions.check_explain(by, row)
    _check_move(row, State.EXPLAINED)
    if not explanation.strip():
        raise Invalid.field("explanation", _("Write how it came to these looks."))
    row.state, row.explanation, row.explained_at = State.EXPLAINED, explanation, now
    row.save()
    if row.taken_up_by is not None:
        notices.tell(
            [row.taken_up_by], "finding_explained", url=_url(row), values={"number": row.pk}, now=now
        )
    return row


@db.action
def decide(*, by: Employee, finding_id: int, decision: str, reason: str) -> Finding:
    """Justified, or a breach, and why. Raises NotFound, NotAllowed, Conflict, Invalid."""
    row, now = _locked(by, finding_id), clock.now()
    permissions.check_examine(by, row)
    if decision not in DECIDED:
        raise Invalid.field("decision", _("Choose: justified, or a breach."))
    _check_move(row, decision)
    if not reason.strip():
        raise Invalid.field("reason", _("Write what the decision rests on."))
    row.state, row.decided_at, row.decided_by, row.reason = decision, now, by, reason
    row.save()
    notices.tell([row.employee], "finding_decided", url=_url(row), values={"number": row.pk}, now=now)
    return row


def _locked(by: Employee, finding_id: int) -> Finding:
    return db.lock(Finding.objects.visible_to(by).select_related("employee", "taken_up_by"), pk=finding_id)


def _check_move(row: Finding, to: str) -> None:
    if not may_move(row.state, to):
        raise Conflict(
            _("The finding is “%(state)s” now: somebody was faster.") % {"state": row.get_state_display()}
        )


def _url(row: Finding) -> str:
    return reverse("privacy:finding", args=[row.pk])
