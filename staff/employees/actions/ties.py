"""Who reports to whom and who acts for whom, with history (JD I.2, I.5, A2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Conflict, Invalid
from staff.employees import rules
from staff.employees.actions.rows import lock
from staff.employees.models import Employee, Subordination


def check_leads(senior: Employee) -> None:
    """Raises Invalid unless operators can report to this person: an employed senior manager."""
    if senior.role not in rules.LEADS_A_TEAM or not senior.is_active:
        raise Invalid.field("senior", _("Operators report to a senior manager who is employed."))


def tie(employee: Employee, senior: Employee, now: datetime) -> Subordination:
    """Let the employee (locked) report to `senior` from `now`, with no gap and no overlap."""
    if employee.pk == senior.pk:
        raise Invalid.field("senior", _("Nobody is their own senior manager."))
    current = employee.subordinations.filter(until=None).first()
    if current and current.senior_id == senior.pk:
        return current
    since = end_tie(employee, now)
    return Subordination.objects.create(employee=employee, senior=senior, since=since)


def end_tie(employee: Employee, now: datetime) -> datetime:
    """End the open subordination of the employee (locked). Returns when it ended, else `now`.

    A tie that began at this very instant, or later by another machine's clock, keeps a microsecond:
    periods are half-open and never empty.
    """
    current = employee.subordinations.filter(until=None).first()
    if current is None:
        return now
    current.until = max(now, current.since + timedelta(microseconds=1))
    current.save(update_fields=["until"])
    return current.until


def hand_team_over(senior: Employee, successor: Employee | None, now: datetime) -> list[str]:
    """Everybody who reports to `senior` reports to `successor` from now on (A3). Returns their usernames.

    Raises Invalid (`successor`) when there is a team and nobody to take it.
    """
    team = Employee.objects.filter(subordinations__senior=senior, subordinations__until=None)
    members = list(team.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if not members:
        return []
    check_successor(senior, successor)
    for member in members:
        tie(member, cast(Employee, successor), now)
    return [member.username for member in members]


def check_successor(senior: Employee, successor: Employee | None) -> None:
    """Raises Invalid unless somebody fit is named to take over the team of `senior` (A3)."""
    if successor is None:
        raise Invalid.field("successor", _("Name the senior manager who takes over this team."))
    if successor.pk == senior.pk or successor.role not in rules.LEADS_A_TEAM or not successor.is_active:
        raise Invalid.field("successor", _("The successor must be another senior manager who is employed."))


def change_senior(employee: Employee, senior: Employee, now: datetime) -> dict[str, Any]:
    """The effect of a change of senior manager, in the order's transaction; the one before stays in the history.

    Returns who it was before (A2). Raises Invalid (`senior`), Conflict (dismissed).
    """
    employee, senior = lock(employee, senior)
    if not employee.is_active:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")
    check_leads(senior)
    current = employee.subordinations.filter(until=None).select_related("senior").first()
    if current is not None and current.senior_id == senior.pk:
        raise Conflict(_("The employee reports to this senior manager already."), code="already")
    tie(employee, senior, now)
    return {"senior": current.senior.username if current else ""}
