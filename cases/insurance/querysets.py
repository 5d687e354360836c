"""Named queries on insurers, policies and insured persons, each starting from what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Reverse

from cases.insurance.rights import ON_SHIFT_ONLY
from fregat.lib import clock, rights
from fregat.lib.once import known, once
from fregat.lib.rights import Scope

if TYPE_CHECKING:
    from cases.insurance.models import Edition, InsuredPerson, Insurer, Policy, PolicyPerson, Programme
    from staff.employees.models import Employee

PERMISSION = "work_on_project"


def projects_of(user: Employee) -> list[int] | QuerySet[Any, Any]:
    """Ids of the insurers (projects) that the employee works on: as the frame of the request read them, else as a
    subquery. For `…__in`."""
    read: list[int] | None = known(project_ids, user)
    return granted_to(user) if read is None else read


@once
def project_ids(user: Employee) -> list[int]:
    """The same read at once, in no order."""
    return list(granted_to(user).values_list("content_object_id", flat=True))


def granted_to(user: Employee) -> QuerySet[Any, Any]:
    """The same as a subquery: django-guardian's grants."""
    grants = apps.get_model("insurance", "InsurerUserObjectPermission")
    rows = grants._default_manager.filter(user=user.pk, permission__codename=PERMISSION)
    return rows.order_by().values("content_object_id")


def on_shift(user: Employee, now: datetime) -> Q:
    """True in SQL when the employee is on duty, or of a role to which persons are open at any time (B1)."""
    if user.role not in ON_SHIFT_ONLY:
        return Q()
    from shifts.attendance.selectors import begun_running

    return Q(Exists(begun_running(now).filter(employee=user.pk)))


def _may_now(user: Employee, now: datetime) -> bool:
    """The same of the employee themselves."""
    from shifts.attendance.selectors import current_shift

    return user.role not in ON_SHIFT_ONLY or current_shift(user, now) is not None


@dataclass(frozen=True)
class Reach:
    """Whom an employee may see at a moment: everybody, or who is insured in these projects (ids in a text)."""

    everywhere: bool = False
    projects: str = ""


def reach_now(user: Employee, now: datetime) -> Reach | None:
    """For who asks one question in many statements: shift and projects are asked once, by the frame. None: nobody."""
    scopes = rights.scopes(user.role, "person.look_up")
    if Scope.CENTRE in scopes:
        return Reach(everywhere=True)
    if Scope.PROJECT not in scopes or not _may_now(user, now):
        return None
    return Reach(projects=" ".join(map(str, project_ids(user))))


def _insured(**where: Any) -> Exists:
    """Of a person: insured by a policy of which this is true."""
    named = apps.get_model("insurance", "PolicyPerson")._default_manager
    return Exists(named.filter(person=OuterRef("pk"), **where))


class InsurerQuerySet(models.QuerySet["Insurer"]):
    """Insurers (projects)."""

    def visible_to(self, user: Employee) -> InsurerQuerySet:
        """Those of the employee's projects; all of them for who sees the whole centre."""
        scopes = rights.scopes(user.role, "insurer.view")
        if Scope.CENTRE in scopes:
            return self
        return self.filter(pk__in=projects_of(user)) if Scope.PROJECT in scopes else self.none()


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes of the insurers."""

    def visible_to(self, user: Employee) -> ProgrammeQuerySet:
        """Whose rules the employee may read: of their projects; all of them for who sees the whole centre."""
        scopes = rights.scopes(user.role, "rules.view")
        if Scope.CENTRE in scopes:
            return self
        return self.filter(insurer__in=projects_of(user)) if Scope.PROJECT in scopes else self.none()


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions of the rules of programmes."""

    def published(self) -> EditionQuerySet:
        """Those that count."""
        return self.filter(published_at__isnull=False)

    def in_force(self, on: date, *, known_at: datetime) -> EditionQuerySet:
        """For events of a day, the latest first, as far as they were published at `known_at`: what came later
        does not change what was said before."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(begun, published_at__lte=known_at).order_by("-number")


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Policies."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> PolicyQuerySet:
        """Policies of the employee's projects; nothing for operators and doctors off shift."""
        scopes = rights.scopes(user.role, "policy.view")
        if Scope.CENTRE in scopes:
            return self
        if Scope.PROJECT not in scopes:
            return self.none()
        return self.filter(on_shift(user, now or clock.now()), insurer__in=projects_of(user))

    def for_reading(self) -> PolicyQuerySet:
        """With what a list shows, in one statement."""
        return self.select_related("insurer", "programme", "territory").order_by("-valid_to", "id")


class PolicyPersonQuerySet(models.QuerySet["PolicyPerson"]):
    """Who is insured by which policy."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> PolicyPersonQuerySet:
        """Where the employee may see the policy, and so the person whom it insures."""
        seen = rights.scopes(user.role, "policy.view") & rights.scopes(user.role, "person.look_up")
        if Scope.CENTRE in seen:
            return self
        if Scope.PROJECT not in seen:
            return self.none()
        return self.filter(on_shift(user, now or clock.now()), policy__insurer__in=projects_of(user))


class InsuredPersonQuerySet(models.QuerySet["InsuredPerson"]):
    """Insured persons."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> InsuredPersonQuerySet:
        """Persons of a policy of the employee's projects; nothing for operators and doctors off shift."""
        scopes = rights.scopes(user.role, "person.look_up")
        if Scope.CENTRE in scopes:
            return self
        if Scope.PROJECT not in scopes:
            return self.none()
        return self.filter(
            on_shift(user, now or clock.now()), _insured(policy__insurer__in=projects_of(user))
        )

    def within(self, reach: Reach) -> InsuredPersonQuerySet:
        """The same of a reach that was asked before; its projects may be a stand-in (`fregat.lib.frozen`)."""
        if reach.everywhere:
            return self
        return self.filter(_insured(policy__insurer__one_of=reach.projects))

    def with_phone_end(self, backwards: str) -> InsuredPersonQuerySet:
        """By the last digits of the phone, the last of them first (index `person_by_phone_end`)."""
        rows: InsuredPersonQuerySet = self.alias(phone_backwards=Reverse("phone")).filter(
            phone_backwards__begins=backwards
        )
        return rows
