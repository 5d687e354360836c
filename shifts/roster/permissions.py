"""Who may plan whose shifts (security: roster)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Role, Scope, scopes
from shifts.roster.models import Shift
from staff.employees import selectors as staff
from staff.employees.models import Employee, Substitution


def check_plan(by: Employee, employee: Employee, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """May `by` plan this time for the employee? Raises NotAllowed with the reason."""
    check_plans_at_all(by)
    reach = scopes(by.role, "roster.edit")
    if Scope.CENTRE in reach or (Scope.OWN in reach and employee.pk == by.pk):
        return
    if Scope.TEAM in reach and staff.team(by, now).filter(pk=employee.pk).exists():
        return
    led = Shift.objects.all().led_by(by, now).overlapping(starts_at, ends_at)
    if Scope.ROUTED in reach and led.exists():
        return
    raise NotAllowed(
        _(
            "You plan the shifts of your own team, and of everybody while you lead the shift. %(name)s is of another team."
        )
        % {"name": employee.full_name}
    )


def check_plans_at_all(by: Employee) -> None:
    """Does `by` plan anybody's shifts? Raises NotAllowed."""
    if not by.is_active or not scopes(by.role, "roster.edit"):
        raise NotAllowed(_("Shifts are planned by senior managers and the head of the contact centre."))


def check_edit(by: Employee, shift: Shift, now: datetime) -> None:
    """May `by` change or cancel this shift? Raises NotAllowed with the reason."""
    check_plan(by, shift.employee, shift.starts_at, shift.ends_at, now)


def can_edit(by: Employee, shift: Shift, now: datetime) -> bool:
    """The same as an answer."""
    try:
        check_edit(by, shift, now)
    except NotAllowed:
        return False
    return True


def editable_people(by: Employee, now: datetime) -> set[int]:
    """Ids of those whose shifts `by` plans at any time (one or two queries, for a whole page)."""
    reach = scopes(by.role, "roster.edit") if by.is_active else frozenset()
    if Scope.CENTRE in reach:
        return set(Employee.objects.employed().values_list("id", flat=True))
    found: set[int] = {by.pk} if Scope.OWN in reach else set()
    if Scope.TEAM in reach:
        found |= staff.team_ids(by, now)
    return found


def may_lead(employee: Employee, starts_at: datetime, ends_at: datetime) -> bool:
    """A senior manager, or somebody who substitutes one for the whole of the shift."""
    if employee.role == Role.SENIOR:
        return True
    covering = Substitution.objects.filter(substitute=employee, since__lte=starts_at, until__gte=ends_at)
    return covering.exists()
