"""The hours of a month by person, for whoever leads them and for the accountants."""

from __future__ import annotations

from datetime import date, datetime

from fregat.lib import clock
from fregat.lib.rights import Scope, scopes
from shifts.roster import rules
from shifts.roster.models import HoursExport, RosterRule, Shift
from shifts.roster.selectors.mine import MonthHours, fill_hours
from staff.employees.models import Employee

EXPORTS_SHOWN = 20


def hours(user: Employee, month: date, *, now: datetime) -> list[MonthHours]:
    """Planned and begun hours of everybody whose hours this person sees, in Ukrainian order. Five statements."""
    since, until = (
        rules.day_span(month, clock.KYIV.key)[0],
        rules.day_span(rules.next_month(month), clock.KYIV.key)[0],
    )
    rows = Shift.objects.standing().filter(starts_at__gte=since, starts_at__lt=until)
    if Scope.CENTRE not in scopes(user.role, "roster.hours"):
        rows = rows.plannable_by(user, now)
    shifts = list(rows.select_related("employee").order_by("starts_at"))
    terms = RosterRule.objects.terms_on(month)[rules.RuleKind.MONTH]
    found = {
        (shift.employee_id, month): MonthHours(month, shift.employee, norm=rules.norm(month, terms.limit))
        for shift in shifts
    }
    fill_hours(shifts, found)
    return sorted(
        found.values(), key=lambda one: (one.employee.name_key, one.employee.first_name, one.employee.pk)
    )


def last_exports() -> list[HoursExport]:
    """Who took hours out lately. One statement."""
    return list(HoursExport.objects.select_related("by").order_by("-at")[:EXPORTS_SHOWN])
