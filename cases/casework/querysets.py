"""Named queries on cases and escalations, each starting from what a person may see (design: security)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.casework import registry
from cases.casework.statuses import OPEN, Status
from cases.insurance.querysets import projects_of
from fregat.lib import clock, rights
from fregat.lib.rights import Role, Scope
from shifts.attendance import selectors as attendance
from staff.employees import selectors as employees

if TYPE_CHECKING:
    from cases.casework.models import Case, Escalation
    from staff.employees.models import Employee

ON_SHIFT_ONLY = frozenset({Role.OPERATOR, Role.DOCTOR})
"""Roles to whom persons and cases are closed while they are off shift (B1)."""


def _rows(model: str) -> QuerySet[Any]:
    """Rows of a model of this room (the models stand above their querysets)."""
    rows: QuerySet[Any] = apps.get_model("casework", model)._default_manager.all()
    return rows


def closed_to(user: Employee, now: datetime) -> bool:
    """Persons and cases are closed to the user at `now`: dismissed, or a role that works on shift only, off shift."""
    if not user.is_active:
        return True
    return user.role in ON_SHIFT_ONLY and not attendance.is_on_duty(user, now)


def leads(user: Employee, now: datetime) -> bool:
    """The user leads the shift that runs now, themselves or as a substitute."""
    if user.role in {Role.CLIENT, Role.DEPARTMENT, Role.ADMIN, Role.DIRECTOR}:
        return False
    leader = attendance.leader(now)
    return leader is not None and leader.pk == user.pk


def _routed(user: Employee, now: datetime) -> Q:
    """Cases routed to the user: an escalation, a task, what rooms above add, the shift that they lead."""
    condition = (
        Q(pk__in=_rows("Escalation").filter(addressee=user).values("case"))
        | Q(pk__in=_rows("Task").filter(assignee=user, done_at=None).values("case"))
        | registry.grounds(user, now)
    )
    if user.role != Role.SENIOR:
        return condition
    if attendance.is_on_duty(user, now):
        condition |= Q(insurer=None)
    if leads(user, now):
        condition |= Q(responsible__in=attendance.on_duty(now).values("pk"))
    return condition


def visible(user: Employee, now: datetime) -> Q | None:
    """The condition on the cases that a person may see at `now`; None: not a single one."""
    scopes = rights.scopes(user.role, "case.view")
    if not scopes or closed_to(user, now):
        return None
    if Scope.CENTRE in scopes:
        return Q()
    condition = Q()
    if Scope.OWN in scopes:
        condition |= Q(responsible=user)
    if Scope.PROJECT in scopes:
        condition |= Q(insurer__in=projects_of(user))
    if Scope.TEAM in scopes:
        condition |= Q(responsible__in=employees.team_ids(user, now))
    if Scope.ROUTED in scopes:
        condition |= _routed(user, now)
    return condition


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> CaseQuerySet:
        """Those that the user may know of at `now` (the matrix; on shift only for operators and doctors)."""
        condition = visible(user, now or clock.now())
        return self.none() if condition is None else self.filter(condition)

    def open(self) -> CaseQuerySet:
        """Those for which somebody on duty must answer."""
        return self.filter(status__in=OPEN)

    def due_before(self, instant: datetime) -> CaseQuerySet:
        """With a task that is not done and due before `instant`."""
        tasks = _rows("Task").filter(case=OuterRef("pk"), done_at=None, due_at__lt=instant)
        return self.filter(Exists(tasks))

    def like(self, case: Case, since: datetime) -> CaseQuerySet:
        """Other cases, opened after `since`, that may be the same event: the same person, or the same dictated name."""
        same = Q(person=case.person_id) if case.person_id else Q(pk=None)
        if case.person_name:
            same |= Q(person_name__iexact=case.person_name)
        if case.caller_phone:
            same |= Q(caller_phone=case.caller_phone)
        return self.filter(same, opened_at__gte=since).exclude(status=Status.CANCELLED).exclude(pk=case.pk)

    def for_reading(self) -> CaseQuerySet:
        """With what a line or a page of a case shows of other rows."""
        return self.select_related("insurer", "policy", "person", "country", "responsible", "opened_by")


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """What the senior managers must know."""

    def open(self) -> EscalationQuerySet:
        """Neither acknowledged nor cancelled."""
        return self.filter(acknowledged_at=None)

    def visible_to(self, user: Employee, now: datetime | None = None) -> EscalationQuerySet:
        """Those of cases that the user may see."""
        now = now or clock.now()
        if not rights.may(user.role, "escalation.view"):
            return self.none()
        condition = visible(user, now)
        return self.none() if condition is None else self.filter(case__in=_rows("Case").filter(condition))
