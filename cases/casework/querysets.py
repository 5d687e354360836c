"""Named queries on cases and escalations, each starting from what a person may see (design: security)."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Case as FirstThatHolds
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from cases.casework import registry
from cases.casework.statuses import OPEN, Status
from cases.insurance.querysets import projects_of
from cases.privacy.rules.log import GROUNDS
from fregat.lib import clock, rights
from fregat.lib.rights import Role, Scope
from shifts.attendance import selectors as attendance
from staff.employees import selectors as employees

if TYPE_CHECKING:
    from cases.casework.models import Case, Escalation
    from staff.employees.models import Employee

ON_SHIFT_ONLY = frozenset({Role.OPERATOR, Role.DOCTOR})
"""Roles to whom persons and cases are closed while they are off shift (B1)."""

_OF_LINE = (
    *(
        "uuid",
        "number",
        "status",
        "provisional",
        "person_name",
        "country",
        "insurer",
        "city",
        "zone",
        "opened_at",
    ),
    *(
        f"person__{name}"
        for name in ("surname", "given_name", "patronymic", "surname_latin", "given_name_latin")
    ),
    *("responsible__last_name", "responsible__first_name"),
)


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


def _work(user: Employee, now: datetime) -> dict[str, Q]:
    """What leads to a case by itself: an escalation, a task, what rooms above add (a handover, say)."""
    return {
        "escalation": Q(pk__in=_rows("Escalation").filter(addressee=user).values("case")),
        "task": Q(pk__in=_rows("Task").filter(assignee=user, done_at=None).values("case")),
        **registry.grounds(user, now),
    }


def _led(user: Employee, now: datetime) -> Q | None:
    """Cases of the shift that a senior manager works on or leads; None for everybody else."""
    if user.role != Role.SENIOR or not attendance.is_on_duty(user, now):
        return None
    condition = Q(insurer=None)
    if leads(user, now):
        condition |= Q(responsible__in=attendance.on_duty(now).values("pk"))
    return condition


def ways(user: Employee, now: datetime) -> dict[str, Q] | None:
    """On what grounds the user sees which cases at `now`: word of the access log → condition; None: not a single case.

    `centre`, every case, has no condition. The first in `rules.log.GROUNDS` that holds is the ground of a look.
    """
    if not rights.scopes(user.role, "case.view") or closed_to(user, now):
        return None
    return _ways(user, now)


def _ways(user: Employee, now: datetime) -> dict[str, Q]:
    scopes = rights.scopes(user.role, "case.view")
    found: dict[str, Q] = {}
    if {Scope.OWN, Scope.CENTRE} & scopes:
        found["responsibility"] = Q(responsible=user)
    if {Scope.ROUTED, Scope.CENTRE} & scopes:
        found |= _work(user, now)
    if Scope.ROUTED in scopes and (led := _led(user, now)) is not None:
        found["routed"] = led
    if Scope.TEAM in scopes:
        found["team"] = Q(responsible__in=employees.team_ids(user, now))
    if Scope.PROJECT in scopes:
        found["project"] = Q(insurer__in=projects_of(user))
    if Scope.CENTRE in scopes:
        found["centre"] = Q()
    return found


class Seat(NamedTuple):
    """What decides about the form of the condition on the cases that somebody sees, apart from who they are and the
    moment: a query by it is built once for all who have the same (`fregat.lib.frozen`)."""

    role: str
    department: str


def seat_of(user: Employee, now: datetime) -> Seat | None:
    """None when nothing is seen, or when the condition is another one for everybody: of senior managers, by their team
    and by the shift that they lead."""
    scopes = rights.scopes(user.role, "case.view")
    if not scopes or user.role == Role.SENIOR or Scope.TEAM in scopes or closed_to(user, now):
        return None
    return Seat(user.role, user.department)


def _at(seat: Seat, user: int) -> Employee:
    person: Employee = apps.get_model("employees", "Employee")(
        pk=user, role=seat.role, department=seat.department
    )
    return person


def _any_of(found: dict[str, Q]) -> Q:
    """What lies on any of the ways."""
    if "centre" in found:
        return Q()
    return reduce(or_, found.values(), Q())


def _ground(found: dict[str, Q]) -> Combinable:
    """In SQL: the first ground, in the order of precedence, on which a case that is seen is seen.

    What holds when no other does needs no question: so a list asks for the grants once, in its own condition.
    """
    *first, last = [word for word in GROUNDS if word in found]
    cases = (When(found[word], then=Value(word)) for word in first)
    return FirstThatHolds(*cases, default=Value(last), output_field=models.CharField())


def visible(user: Employee, now: datetime) -> Q | None:
    """The condition on the cases that a person may see at `now`; None: not a single one."""
    found = ways(user, now)
    return None if found is None else _any_of(found)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> CaseQuerySet:
        """Those that the user may know of at `now` (the matrix; on shift only for operators and doctors)."""
        condition = visible(user, now or clock.now())
        return self.none() if condition is None else self.filter(condition)

    def seen_by(self, user: Employee, now: datetime) -> CaseQuerySet:
        """The same, each with the `ground` on which it is seen, for the access log; no statement more."""
        found = ways(user, now)
        if found is None:
            return self.none()
        ground = {"ground": _ground(found)}
        rows: CaseQuerySet = self.filter(_any_of(found)).annotate(**ground)
        return rows

    def seen_from(self, seat: Seat, user: int, now: datetime) -> CaseQuerySet:
        """The same by the user's key and seat, for queries that are built once."""
        found = _ways(_at(seat, user), now)
        ground = {"ground": _ground(found)}
        rows: CaseQuerySet = self.filter(_any_of(found)).annotate(**ground)
        return rows

    def visible_from(self, seat: Seat, user: int, now: datetime) -> CaseQuerySet:
        """The same without the ground."""
        return self.filter(_any_of(_ways(_at(seat, user), now)))

    def open(self) -> CaseQuerySet:
        """Those for which somebody on duty must answer."""
        return self.filter(status__in=OPEN)

    def due_before(self, instant: datetime) -> CaseQuerySet:
        """With a task that is not done and due before `instant`."""
        tasks = _rows("Task").filter(case=OuterRef("pk"), done_at=None, due_at__lt=instant)
        return self.filter(Exists(tasks))

    def like(self, case: Case, since: datetime) -> list[CaseQuerySet]:
        """Other cases, opened after `since`, that may be the same event, each way on its index: the same person, the
        same dictated name, the same phone. In one condition with OR, a clinic that calls every hour would have the
        database walk back through all cases."""
        same = {
            "person": case.person_id,
            "person_name__iexact": case.person_name,
            "caller_phone": case.caller_phone,
        }
        others = self.filter(opened_at__gte=since).exclude(status=Status.CANCELLED).exclude(pk=case.pk)
        return [others.filter(**{name: value}) for name, value in same.items() if value]

    def for_reading(self) -> CaseQuerySet:
        """With what a line or a page of a case shows of other rows."""
        return self.select_related("insurer", "policy", "person", "country", "responsible", "opened_by")

    def for_list(self) -> CaseQuerySet:
        """With the little that a line of the list shows; insurer and country are reference data."""
        return self.select_related("person", "responsible").only(*_OF_LINE)


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
