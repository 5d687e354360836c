"""Dismissal (JD I.4, A3): nothing of the person's is left without an owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from knox.models import AuthToken

from fregat.lib.errors import Sentence
from staff.employees import registry
from staff.employees.actions.dismissal import check_dismissal, dismiss, reinstate
from staff.employees.actions.kinds import ground
from staff.employees.models import Employee, Order
from staff.employees.registry import Clause, OrderKind


def _check(order: Order, now: datetime) -> None:
    employee, successor = ground.subject_of(order), ground.named(order, "successor")
    heads = list(Employee.objects.heads())
    check_dismissal(employee, successor=successor, by=order.issued_by, heads=heads)
    ground.check_not_leading(employee, successor)


def _preview(order: Order, now: datetime) -> list[Sentence]:
    employee = ground.subject_of(order)
    said: list[Sentence] = [
        _("%(name)s cannot sign in any more.") % {"name": employee.full_name},
        *_open_doors(employee),
        *registry.foresee_dismissal(employee, now),
        *ground.team_words(employee, ground.named(order, "successor")),
    ]
    codes = sorted(employee.assignments.values_list("project", flat=True))
    if codes:
        said.append(_("Loses the projects: %(projects)s.") % {"projects": ground.project_words(codes)})
    return said


def _open_doors(employee: Employee) -> list[Sentence]:
    said: list[Sentence] = []
    sessions = UserSession.objects.filter(user=employee).count()
    if sessions:
        said.append(
            ngettext(
                "%(count)s running sign-in ends at the very next request.",
                "%(count)s running sign-ins end at the very next request.",
                sessions,
            )
            % {"count": sessions}
        )
    tokens = AuthToken.objects.filter(user=employee).count()
    if tokens:
        said.append(
            ngettext("%(count)s API token is withdrawn.", "%(count)s API tokens are withdrawn.", tokens)
            % {"count": tokens}
        )
    return said


def _take_effect(order: Order, now: datetime) -> Mapping[str, Any]:
    _check(order, now)
    successor = ground.named(order, "successor")
    return dismiss(ground.subject_of(order), successor=successor, by=order.issued_by, now=now)


def _revoke(order: Order, now: datetime) -> None:
    """Employed again: the account, the senior manager, the projects, the team. What was passed on stays passed on."""
    ground.check_nothing_later(order)
    before = order.before
    senior = ground.leader_again(before.get("senior", ""))
    reinstate(ground.subject_of(order), senior=senior, projects=before.get("projects", []), now=now)
    ground.return_team(order, now)


def _preview_revoke(order: Order, now: datetime) -> list[Sentence]:
    employee, before = ground.subject_of(order), order.before
    said: list[Sentence] = [
        _("%(name)s is an employee again and signs in with the password they had.")
        % {"name": employee.full_name}
    ]
    senior = Employee.objects.filter(username=before.get("senior", "")).first()
    if senior is not None:
        said.append(_("Reports to %(senior)s.") % {"senior": senior.full_name})
    if before.get("projects"):
        projects = ground.project_words(before["projects"])
        said.append(_("Works on projects: %(projects)s.") % {"projects": projects})
    said.append(_("Cases, tasks and shifts that were passed on or cancelled do not come back by themselves."))
    return said


def _text(order: Order) -> Sequence[Clause]:
    employee = ground.subject_of(order)
    facts: list[tuple[Sentence, str]] = [
        (_("Surname, name, patronymic"), ground.formal_name(employee)),
        (_("Position"), ground.position(employee.role, employee.department)),
    ]
    clauses = [Clause(_("Dismiss from the position:"), facts)]
    return clauses + ground.successor_clause(employee, ground.named(order, "successor"))


def _concerned(order: Order) -> Iterable[Employee | None]:
    before = Employee.objects.filter(username=order.before.get("senior", "")).first()
    return [before, ground.named(order, "successor")]


DISMISSAL = OrderKind(
    code="dismissal",
    label=_("Dismissal"),
    check=_check,
    preview=_preview,
    take_effect=_take_effect,
    revoke=_revoke,
    heading=_("On dismissal"),
    text=_text,
    preview_revoke=_preview_revoke,
    concerned=_concerned,
)
