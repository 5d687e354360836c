"""Who reports to whom, who acts for whom, who works on what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.models.expressions import BaseExpression
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from fregat.lib.errors import Conflict
from fregat.lib.once import once
from staff.employees import chains, registry
from staff.employees.labels import browser_name
from staff.employees.models import Employee, Subordination, Substitution
from staff.employees.rules import DIGEST_NAME, TOKEN_SHOWN, TOKENS_MAX


def _at(now: datetime) -> Q:
    """Rows of a dated tie that hold at `now` (half-open)."""
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def senior_of(employee: Employee, now: datetime, **beside: BaseExpression) -> Employee | None:
    """The senior manager to whom the employee reports at `now`; None for who reports to nobody (JD I.5).

    `beside`: what is read with it, of a row with the `senior`; the senior manager gets the values.
    """
    rows = Subordination.objects.filter(_at(now), employee=employee).select_related("senior")
    tie = rows.annotate(**beside).first()
    if tie is None:
        return None
    vars(tie.senior).update({name: getattr(tie, name) for name in beside})
    return tie.senior


def subordination_history(employee: Employee) -> list[Subordination]:
    """To whom the employee has reported, the latest first (A2)."""
    return list(employee.subordinations.select_related("senior").order_by("-since"))


def substitute_of(senior: Employee, now: datetime) -> Employee | None:
    """Whom the substitution of this senior manager names at `now` (JD I.2), for showing; routing asks `acting_for`."""
    row = (
        Substitution.objects.filter(_at(now), senior=senior, substitute__is_active=True)
        .select_related("substitute")
        .first()
    )
    return row.substitute if row else None


def acting_for(senior: Employee, now: datetime) -> list[Employee]:
    """Who acts for this senior manager at `now`, the nearest first: the substitute, then who substitutes the
    substitute (A → B → C). What is routed goes to the first of them who is there. One or two statements."""
    ids = chains.acting_for(senior.pk, now)
    found = Employee.objects.employed().in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def acts_for(employee: Employee, now: datetime) -> list[Employee]:
    """The senior managers for whom the employee acts at `now`, over others too. One statement."""
    led = Employee.objects.filter(pk__in=chains.led_by(employee.pk, now))
    return list(led.exclude(pk=employee.pk).by_name())


@once
def team_ids(senior: Employee, now: datetime) -> frozenset[int]:
    """Ids of those who report to this senior manager, or to one for whom they act, at `now`."""
    return frozenset(Employee.objects.team_of(senior, now).values_list("id", flat=True))


def head() -> Employee:
    """The head of the contact centre, the last resort of every routing (B5).

    Raises Conflict when nobody is the head: that is a set-up without its first employee, since the last
    head cannot be dismissed.
    """
    found: Employee | None = Employee.objects.heads().first()
    if found is None:
        raise Conflict(
            _("Nobody is the head of the contact centre. The director must appoint one."), code="no_head"
        )
    return found


def project_codes(employee: Employee) -> set[str]:
    """Codes of the projects (insurers) that the employee works on."""
    return set(employee.assignments.values_list("project", flat=True))


def about(employee: Employee, now: datetime) -> dict[str, Any]:
    """What a person is told about themselves, with what the rooms above add (`on_shift`)."""
    return {
        "username": employee.username,
        "full_name": employee.full_name,
        "role": employee.role,
        "get_role_display": str(employee.get_role_display()),
        "department": employee.department,
        "projects": sorted(project_codes(employee)),
        "senior": senior_of(employee, now),
        "language": employee.language,
        "theme": employee.theme,
        **registry.facts(employee, now),
    }


def own_page(employee: Employee, *, session_key: str | None, now: datetime) -> dict[str, Any]:
    """The person's own page: ties now and before, projects, sign-ins, tokens."""
    codes = sorted(project_codes(employee))
    names = registry.project_names(codes)
    ties = subordination_history(employee)
    senior_now = next((tie for tie in ties if tie.until is None), None)
    tokens = AuthToken.objects.filter(user=employee).order_by("created")
    return {
        "person": employee,
        "senior_now": senior_now,
        "seniors_before": [tie for tie in ties if tie.until is not None],
        "substitute": substitute_of(employee, now),
        "senior_substitute": substitute_of(senior_now.senior, now) if senior_now else None,
        "acts_for": acts_for(employee, now),
        "projects": [names[code] for code in codes],
        "sessions": own_sessions(employee, session_key),
        "tokens": [
            {"name": row.digest[:DIGEST_NAME], "begins": row.token_key[:TOKEN_SHOWN], "created": row.created}
            for row in tokens
        ],
        "tokens_left": TOKENS_MAX - len(tokens),
    }


def own_sessions(employee: Employee, session_key: str | None) -> list[dict[str, Any]]:
    """Where the person is signed in, this browser first; ended sign-ins are left out."""
    rows = UserSession.objects.filter(user=employee).order_by("-created_at")
    alive = set(
        Session.objects.filter(session_key__in=[row.session_key for row in rows]).values_list(
            "session_key", flat=True
        )
    )
    found = [
        {"row": row, "current": row.session_key == session_key, "browser": browser_name(row.user_agent)}
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda item: not item["current"])
