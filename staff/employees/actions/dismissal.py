"""Dismissal: in one transaction nothing of the person's is left without an owner (A3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib import drafts
from fregat.lib.errors import Conflict, Invalid, NotAllowed, Sentence
from staff.employees import registry, rules
from staff.employees.actions.access import end_sign_ins
from staff.employees.actions.people import LAST_HEAD, SENIOR_NEEDED
from staff.employees.actions.rows import lock
from staff.employees.actions.security import note_security
from staff.employees.actions.substitutions import end_substitutions
from staff.employees.actions.ties import check_leads, end_tie, hand_team_over, tie
from staff.employees.models import Employee, ProjectAssignment

_REFUSALS: dict[str, Sentence] = {
    "already_dismissed": _("This employee has been dismissed already."),
    "last_head": LAST_HEAD,
}


def dismiss(
    employee: Employee, *, successor: Employee | None, by: Employee | None, now: datetime
) -> dict[str, Any]:
    """The effect of a dismissal, in the order's transaction. Returns what was before.

    They cannot sign in from this moment; all their sign-ins, tokens and open streams end. `successor` takes
    over the operators of a dismissed senior manager. Other rooms pass on what was the person's (open cases,
    tasks, what was being typed about a case); drafts that are nobody's work are forgotten.
    Raises Conflict (dismissed already; the last head), Invalid (`successor`).
    """
    # All heads are locked: of two dismissals at once the second sees that it would be the last.
    heads = list(Employee.objects.heads().select_for_update(no_key=True))
    employee, *rest = lock(employee, *([successor] if successor else []))
    check_dismissal(employee, successor=successor, by=by, heads=heads)
    current = employee.subordinations.filter(until=None).select_related("senior").first()
    before: dict[str, Any] = {"senior": current.senior.username if current else ""}
    before["team"] = hand_team_over(employee, rest[0] if rest else None, now)
    employee.is_active, employee.dismissed_at = False, now
    employee.save(update_fields=["is_active", "dismissed_at"])
    end_sign_ins(employee, "dismissed")
    note_security("account_closed", account=employee, by=by, now=now)
    registry.dismissed(employee, by, now)
    drafts.forget(employee.pk)
    end_tie(employee, now)
    end_substitutions(employee, now)
    before["projects"] = sorted(employee.assignments.values_list("project", flat=True))
    if employee.assignments.all().delete()[0]:
        registry.projects_changed(employee)
    return before


def check_dismissal(
    employee: Employee, *, successor: Employee | None, by: Employee | None, heads: list[Employee]
) -> None:
    """May this employee be dismissed now? `heads`: all who are employed. Raises as `dismiss` does."""
    code = rules.dismissal_fault(
        already=employee.dismissed_at is not None,
        own=by is not None and by.pk == employee.pk,
        role=employee.role,
        other_heads=len([head for head in heads if head.pk != employee.pk]),
        team=employee.team_history.filter(until=None).count(),
        has_successor=successor is not None,
    )
    if code == "own":
        raise NotAllowed(code="own_act")
    if code == "successor_needed":
        raise Invalid.field("successor", _("Name the senior manager who takes over this team."))
    if code:
        raise Conflict(_REFUSALS[code], code=code)


def reinstate(employee: Employee, *, senior: Employee | None, projects: list[str], now: datetime) -> None:
    """Take a dismissal back, in the order's transaction: the person is employed again, as they were.

    They sign in anew with the password they had. Raises Conflict (was not dismissed), Invalid (`senior`).
    """
    employee, *rest = lock(employee, *([senior] if senior else []))
    if employee.dismissed_at is None:
        raise Conflict(_("This employee has not been dismissed."), code="not_dismissed")
    employee.is_active, employee.dismissed_at = True, None
    employee.save(update_fields=["is_active", "dismissed_at"])
    if rules.needs_senior(employee.role) and not rest:
        raise Invalid.field("senior", SENIOR_NEEDED)
    if rest:
        check_leads(rest[0])
        tie(employee, rest[0], now)
    ProjectAssignment.objects.bulk_create(
        ProjectAssignment(employee=employee, project=code, since=now) for code in projects
    )
    if projects:
        registry.projects_changed(employee)
