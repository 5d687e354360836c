"""Who may plan whose shifts (security: roster)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Role, Scope, scopes
from shifts.roster.models import Shift
from staff.employees import selectors as staff
from staff.employees.models import Employee, Substitution

_OTHER_TEAM = gettext_lazy(
    "%(name)s is of another team. You plan the shifts of your own team, and while you lead a shift"
    " those that overlap it."
)


def check_plan(
    by: Employee, employee: Employee, starts_at: datetime, ends_at: datetime, now: datetime
) -> None:
    """May `by` plan this time for the employee? Raises NotAllowed with the reason."""
    check_plans_at_all(by)
    if _plans_always(by, employee, now):
        return
    led = Shift.objects.all().led_by(by, now).overlapping(starts_at, ends_at)
    if Scope.ROUTED in scopes(by.role, "roster.edit") and led.exists():
        return
    raise NotAllowed(_OTHER_TEAM % {"name": employee.full_name})


def check_plans_for(by: Employee, employee: Employee, now: datetime) -> None:
    """May `by` plan anything for the employee now, whatever the time? Raises NotAllowed with the reason."""
    check_plans_at_all(by)
    if _plans_always(by, employee, now):
        return
    if Scope.ROUTED in scopes(by.role, "roster.edit") and Shift.objects.all().led_by(by, now).exists():
        return
    raise NotAllowed(_OTHER_TEAM % {"name": employee.full_name})


def _plans_always(by: Employee, employee: Employee, now: datetime) -> bool:
    reach = scopes(by.role, "roster.edit")
    if Scope.CENTRE in reach or (Scope.OWN in reach and employee.pk == by.pk):
        return True
    return Scope.TEAM in reach and Employee.objects.team_of(by, now).filter(pk=employee.pk).exists()


def check_plans_at_all(by: Employee) -> None:
    """Does `by` plan anybody's shifts? Raises NotAllowed."""
    if not by.is_active or not scopes(by.role, "roster.edit"):
        raise NotAllowed(_("Shifts are planned by senior managers and the head of the contact centre."))


def check_sets_rules(by: Employee) -> None:
    """May `by` set the rules of working time? Raises NotAllowed."""
    if not can_set_rules(by):
        raise NotAllowed(
            _("The rules of working time are set by the head of the contact centre or the director.")
        )


def can_set_rules(by: Employee) -> bool:
    """The same as an answer."""
    return by.is_active and bool(scopes(by.role, "roster.rules_set"))


def check_exports_hours(by: Employee) -> None:
    """May `by` take the hours of the staff out? Raises NotAllowed."""
    if not can_export_hours(by):
        raise NotAllowed(_("Hours are taken out by the head of the contact centre or the director."))


def can_export_hours(by: Employee) -> bool:
    """The same as an answer."""
    return by.is_active and bool(scopes(by.role, "roster.hours_export"))


def can_read_hours(by: Employee) -> bool:
    """May `by` open the page of the hours?"""
    return bool(scopes(by.role, "roster.hours"))


def can_read_rules(by: Employee) -> bool:
    """May `by` open the page of the rules?"""
    return bool(scopes(by.role, "roster.rules"))


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


class Editable:
    """What `by` may plan, asked once for a whole page: `in` answers for a shift, `person` for a person."""

    def __init__(self, by: Employee, now: datetime) -> None:
        reach = scopes(by.role, "roster.edit") if by.is_active else frozenset()
        self.everybody = Scope.CENTRE in reach
        self.people: set[int] = {by.pk} if Scope.OWN in reach else set()
        self.led: list[tuple[datetime, datetime]] = []
        if Scope.TEAM in reach:
            self.people |= staff.team_ids(by, now)
        if Scope.ROUTED in reach:
            led = Shift.objects.all().led_by(by, now)
            self.led = list(led.values_list("starts_at", "ends_at"))

    def __bool__(self) -> bool:
        return self.everybody or bool(self.people)

    def person(self, employee_id: int) -> bool:
        """May a shift be planned for this person at any time?"""
        return self.everybody or employee_id in self.people

    def __contains__(self, shift: Shift) -> bool:
        if self.person(shift.employee_id):
            return True
        return any(start < shift.ends_at and shift.starts_at < end for start, end in self.led)


def may_lead(employee: Employee, starts_at: datetime, ends_at: datetime) -> bool:
    """A senior manager, or somebody who substitutes one for the whole of the shift."""
    if employee.role == Role.SENIOR:
        return True
    covering = Substitution.objects.filter(substitute=employee, since__lte=starts_at, until__gte=ends_at)
    return covering.exists()
