"""What becomes of the shifts of whoever leaves or is transferred (A3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.errors import Sentence
from fregat.lib.rights import Role
from shifts.roster import labels, permissions, rules
from shifts.roster.actions import parts
from shifts.roster.models import Shift
from staff.employees.models import Employee


def cancel_shifts_of_dismissed(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Effect of a dismissal: what is left of the person's roster is cancelled (A3)."""
    for shift in _left(employee, now):
        _cancel_by_order(shift, _("Dismissal"), by, now)


def follow_role(employee: Employee, before: str, by: Employee | None, now: datetime) -> None:
    """Effect of a transfer (A3): shifts that the new role may not lead are led no more, and whoever does not
    work in shifts any more has none left."""
    for shift in _left(employee, now):
        if not rules.works_in_shifts(employee.role) and rules.works_in_shifts(before):
            _cancel_by_order(shift, _("Transfer"), by, now)
        elif shift.leads and not permissions.may_lead(employee, shift.starts_at, shift.ends_at):
            shift.leads, shift.version = False, shift.version + 1
            shift.save(update_fields=["leads", "version"])
            parts.announce(shift, by, now)


def foresee_dismissal(employee: Employee, now: datetime) -> list[Sentence]:
    """What a dismissal would do to the roster, in words (one statement)."""
    left = Shift.objects.not_ended(now).filter(employee=employee).count()
    return [labels.cancelled_shifts(left)] if left else []


def foresee_role(employee: Employee, role: str, now: datetime) -> list[Sentence]:
    """What a transfer to this role would do to the roster, in words (one statement)."""
    if rules.works_in_shifts(employee.role) and not rules.works_in_shifts(role):
        return foresee_dismissal(employee, now)
    led = Shift.objects.not_ended(now).filter(employee=employee, leads=True).count()
    return [labels.shifts_without_leader(led)] if led and role != Role.SENIOR else []


def _left(employee: Employee, now: datetime) -> Iterable[Shift]:
    rows = Shift.objects.planned().filter(employee=employee, ends_at__gt=now).order_by("starts_at", "id")
    return rows.select_for_update(of=("self",)).select_related("employee")


def _cancel_by_order(shift: Shift, reason: str, by: Employee | None, now: datetime) -> None:
    shift.cancelled_at, shift.cancelled_by, shift.reason = now, by, reason
    shift.version += 1
    shift.save()
    parts.announce(shift, by, now)
