"""May this person? Each `check_…` raises with a sentence, `can_…` wraps it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.errors import NotAllowed
from fregat.lib.rights import may
from shifts.breaks.models import Break
from staff.employees.models import Employee


def check_ask(by: Employee) -> None:
    """Does this person's work know breaks? Raises NotAllowed."""
    if not by.is_active or not may(by.role, "break.ask"):
        raise NotAllowed(_("Breaks are agreed for those who work on shift."))


def check_own(by: Employee, row: Break) -> None:
    """Only oneself withdraws, begins and ends one's break. Raises NotAllowed."""
    check_ask(by)
    if row.shift.employee_id != by.pk:
        raise NotAllowed(_("Only the employee begins and ends the own break."))


def check_decide(by: Employee, row: Break, now: datetime) -> None:
    """May `by` agree to this break, move or refuse it? Never the own one. Raises NotAllowed."""
    if row.shift.employee_id == by.pk:
        raise NotAllowed(_("Nobody agrees to the own break."), code="own_act")
    if not Break.objects.within(by, "break.decide", now).filter(pk=row.pk).exists():
        raise NotAllowed(
            _("Breaks are agreed by the senior manager of the team or of the shift, or by the head.")
        )
