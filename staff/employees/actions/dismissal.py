"""Dismissal: in one transaction nothing of the person's is left without an owner (A3)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid, NotAllowed, Sentence
from staff.employees import registry, rules
from staff.employees.actions.access import end_sign_ins
from staff.employees.actions.rows import lock
from staff.employees.actions.ties import end_tie, hand_team_over
from staff.employees.models import Employee, Substitution
from staff.employees.permissions import check_manage

_REFUSALS: dict[str, Sentence] = {
    "already_dismissed": _("This employee has been dismissed already."),
    "last_head": _("The contact centre cannot be left without a head: appoint another one first."),
}


@db.action
def dismiss(
    *,
    by: Employee | None,
    employee: Employee,
    successor: Employee | None = None,
    now: datetime | None = None,
) -> Employee:
    """Dismiss somebody: they cannot sign in from this moment, and all their sign-ins and tokens end (A3).

    `successor` takes over the operators of a dismissed senior manager. Other rooms pass on what was
    the person's (open cases, tasks) inside the same transaction. Raises NotAllowed, Conflict (dismissed
    already; the last head), Invalid (`successor`).
    """
    check_manage(by, "employee.dismiss", employee)
    # All heads are locked: of two dismissals at once the second sees that it would be the last.
    heads = list(Employee.objects.heads().select_for_update(no_key=True))
    employee, *rest = lock(employee, *([successor] if successor else []))
    _check_rule(by, employee, heads, has_successor=bool(rest))
    now = now or clock.now()
    hand_team_over(employee, rest[0] if rest else None, now)
    employee.is_active, employee.dismissed_at = False, now
    employee.save(update_fields=["is_active", "dismissed_at"])
    end_sign_ins(employee, "dismissed")
    registry.dismissed(employee, by, now)
    end_tie(employee, now)
    _end_substitutions(employee, now)
    if employee.assignments.all().delete()[0]:
        registry.projects_changed(employee)
    return employee


def _check_rule(
    by: Employee | None, employee: Employee, heads: list[Employee], *, has_successor: bool
) -> None:
    code = rules.dismissal_fault(
        already=employee.dismissed_at is not None,
        own=by is not None and by.pk == employee.pk,
        role=employee.role,
        other_heads=len([head for head in heads if head.pk != employee.pk]),
        team=employee.team_history.filter(until=None).count(),
        has_successor=has_successor,
    )
    if code == "own":
        raise NotAllowed(code="own_act")
    if code == "successor_needed":
        raise Invalid.field("successor", _("Name the senior manager who takes over this team."))
    if code:
        raise Conflict(_REFUSALS[code], code=code)


def _end_substitutions(employee: Employee, now: datetime) -> None:
    """Those that run end now, those to come are dropped."""
    theirs = Substitution.objects.filter(Q(senior=employee) | Q(substitute=employee))
    theirs.filter(since__gte=now).delete()
    theirs.filter(since__lt=now, until__gt=now).update(until=now)
