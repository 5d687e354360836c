"""May this person? Each `check_…` raises with a sentence, `can_…` wraps it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.errors import NotAllowed
from fregat.lib.rights import may
from shifts.absence.models import Absence
from shifts.absence.querysets import people_within
from staff.employees.models import Employee


def check_own(by: Employee, row: Absence) -> None:
    """Only oneself takes back, brings, explains. Raises NotAllowed."""
    if not by.is_active or row.employee_id != by.pk:
        raise NotAllowed(_("Only the employee does this in the own absence."))


def check_decide(by: Employee, employee: Employee, now: datetime) -> None:
    """May `by` agree to an absence of the employee, refuse it or write it in? Never the own one. Raises NotAllowed."""
    if employee.pk == by.pk:
        raise NotAllowed(_("Nobody agrees to the own absence."), code="own_act")
    if not people_within(by, "absence.decide", now).filter(pk=employee.pk).exists():
        raise NotAllowed(
            _(
                "Absences are agreed by the senior manager of the team or of the shift, the head or the director."
            )
        )


def can_decide(by: Employee, employee: Employee, now: datetime) -> bool:
    """The same as an answer."""
    try:
        check_decide(by, employee, now)
    except NotAllowed:
        return False
    return True


def check_cover(by: Employee, row: Absence, now: datetime) -> None:
    """May `by` pass the shifts of this absence on? Raises NotAllowed."""
    if not people_within(by, "absence.cover", now).filter(pk=row.employee_id).exists():
        raise NotAllowed(_("Who covers says the senior manager of the team or of the shift, or the head."))


def can_cover(by: Employee, row: Absence, now: datetime) -> bool:
    """The same as an answer."""
    return people_within(by, "absence.cover", now).filter(pk=row.employee_id).exists()


def check_certificate(by: Employee, row: Absence, now: datetime) -> None:
    """May `by` open the file? Raises NotAllowed: who only answers for the shift sees that it is there."""
    if not people_within(by, "absence.certificate", now).filter(pk=row.employee_id).exists():
        raise NotAllowed(_("The certificate itself is seen by the employee, the head and the director."))


def check_judge(by: Employee, row: Absence) -> None:
    """May `by` decide about a missing certificate? Raises NotAllowed."""
    if row.employee_id == by.pk:
        raise NotAllowed(_("Nobody decides about the own certificate."), code="own_act")
    if not by.is_active or not may(by.role, "absence.judge"):
        raise NotAllowed(_("About a missing certificate decides the director."))
