"""May this person? Each `check_…` raises with a sentence, `can_…` wraps it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.errors import NotAllowed
from fregat.lib.rights import may
from shifts.attendance.models import EndChange
from shifts.attendance.querysets import shifts_within
from shifts.roster.models import Shift
from staff.employees.models import Employee


def check_ask_end(by: Employee, shift: Shift) -> None:
    """May `by` ask for another end of this shift as its employee? Raises NotAllowed."""
    if not by.is_active or not may(by.role, "end.ask") or shift.employee_id != by.pk:
        raise NotAllowed(_("Only the employee asks for another end of the own shift."))


def check_prolong(by: Employee, shift: Shift, now: datetime) -> None:
    """May `by` ask somebody to stay longer? Raises NotAllowed."""
    if shift.employee_id == by.pk:
        raise NotAllowed(_("Your own shift is changed in «My shift»."), code="own_act")
    if not shifts_within(by, "end.prolong", now).filter(pk=shift.pk).exists():
        raise NotAllowed(
            _("To stay longer asks the senior manager of the team or of the shift, or the head.")
        )


def check_decide_end(by: Employee, row: EndChange, now: datetime) -> None:
    """May `by` answer? The other side does: never who asked. Raises NotAllowed."""
    if row.asked_by_id == by.pk:
        raise NotAllowed(_("Nobody agrees to what they asked for."), code="own_act")
    employee = row.shift.employee_id
    asked_by_employee = row.asked_by_id == employee
    if not asked_by_employee and by.pk != employee:
        raise NotAllowed(_("Whether to stay longer says the employee."))
    if not by.is_active or not EndChange.objects.within(by, "end.decide", now).filter(pk=row.pk).exists():
        raise NotAllowed(
            _(
                "The end of a shift is agreed by the senior manager of the team or of the shift, or by the head."
            )
        )


def check_withdraw_end(by: Employee, row: EndChange) -> None:
    """Only who asked takes it back. Raises NotAllowed."""
    if not by.is_active or row.asked_by_id != by.pk:
        raise NotAllowed(_("Only who asked takes it back."))


def check_rule(by: Employee) -> None:
    """May `by` say what counts as systematic lateness? Raises NotAllowed."""
    if not by.is_active or not may(by.role, "lateness.rule"):
        raise NotAllowed(_("From when lateness is systematic says the head of the contact centre."))
