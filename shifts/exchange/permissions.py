"""May this person? Each `check_…` raises with a sentence, `can_…` wraps it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.errors import NotAllowed
from fregat.lib.rights import may
from shifts.exchange.labels import FAULTS
from shifts.exchange.models import Exchange
from shifts.roster.models import Shift
from staff.employees.models import Employee


def check_asks_at_all(by: Employee) -> None:
    """Does this person's work know shifts that are exchanged? Raises NotAllowed."""
    if not by.is_active or not may(by.role, "exchange.ask"):
        raise NotAllowed(_("Shifts are exchanged by those who work on shift."))


def check_ask(by: Employee, shift: Shift) -> None:
    """May `by` give this shift away? Raises NotAllowed."""
    check_asks_at_all(by)
    if shift.employee_id != by.pk:
        raise NotAllowed(FAULTS["not_yours"])


def check_answer(by: Employee, row: Exchange) -> None:
    """Only the colleague who is asked answers. Raises NotAllowed."""
    if not by.is_active or not may(by.role, "exchange.answer") or row.colleague_id != by.pk:
        raise NotAllowed(_("Only the colleague who is asked answers."), code="own_act")


def check_withdraw(by: Employee, row: Exchange) -> None:
    """Only whoever asks withdraws. Raises NotAllowed."""
    if not by.is_active or not may(by.role, "exchange.withdraw") or row.giver_id != by.pk:
        raise NotAllowed(_("Only whoever asks withdraws the request."))


def check_decide(by: Employee, row: Exchange, now: datetime) -> None:
    """May `by` decide about this request? Never about an own one. Raises NotAllowed."""
    if by.pk in (row.giver_id, row.colleague_id):
        raise NotAllowed(_("Nobody decides about the own exchange."), code="own_act")
    if not Exchange.objects.decidable_by(by, now).filter(pk=row.pk).exists():
        raise NotAllowed(
            _("This is decided by the senior manager of both people, or of the shift, or by the head.")
        )


def can_decide(by: Employee, row: Exchange, now: datetime) -> bool:
    """The same as an answer."""
    return Exchange.objects.decidable_by(by, now).filter(pk=row.pk).exists()
