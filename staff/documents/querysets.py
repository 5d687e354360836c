"""Named queries on documents, decisions and the people whom they concern."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import models
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet

from fregat.lib import rights
from fregat.lib.expressions import count_of
from fregat.lib.rights import Scope
from staff.documents.statuses import SIGNED_IN_THESE, State
from staff.employees.models import Employee

if TYPE_CHECKING:
    from staff.documents.models import Addressed, Decision, DocumentVersion

M = TypeVar("M", bound=models.Model)


class AnyOf(Func):
    """SQL `value = ANY (array)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def concerning(employee: Employee) -> Q:
    """Texts that concern this person: by role, by department, or by name."""
    condition = Q(roles__contains=[employee.role]) | Q(people__contains=[employee.pk])
    if employee.department:
        condition |= Q(departments__contains=[employee.department])
    return condition


def concerned_by(text: Addressed) -> QuerySet[Employee]:
    """Whoever is employed and the text concerns."""
    condition = (
        Q(role__in=text.roles) | Q(pk__in=text.people) | Q(department__in=[*filter(None, text.departments)])
    )
    return Employee.objects.employed().filter(condition)


def _concerned_here() -> QuerySet[Employee]:
    """The same for the row of the outer query."""
    return Employee.objects.employed().filter(
        Q(AnyOf(F("role"), OuterRef("roles")))
        | Q(AnyOf(F("id"), OuterRef("people")))
        | Q(AnyOf(F("department"), OuterRef("departments")))
    )


class VersionQuerySet(QuerySet["DocumentVersion"]):
    """Versions of documents."""

    def in_force(self) -> VersionQuerySet:
        """Those that hold now."""
        return self.filter(state=State.IN_FORCE)

    def signable(self) -> VersionQuerySet:
        """Those that are signed: in force, or ordered and about to be."""
        return self.filter(state__in=SIGNED_IN_THESE)

    def concerning(self, employee: Employee) -> VersionQuerySet:
        """Those that concern this person."""
        return self.filter(concerning(employee))

    def unsigned_by(self, employee: Employee) -> VersionQuerySet:
        """Those that the person concerned has not signed."""
        return self.signable().concerning(employee).exclude(signatures__employee=employee)

    def overdue(self, now: datetime, days: int) -> VersionQuerySet:
        """Those in force whose time to be signed is over at `now`: `rules.sign_by`, as a query."""
        return self.in_force().filter(in_force_at__lte=now - timedelta(days=days))

    def visible_to(self, user: Employee) -> VersionQuerySet:
        """What the person may read: every ordered version of a document that concerns them or that they signed.

        The head and the director see all, drafts too.
        """
        if Scope.CENTRE in rights.scopes_of(user, "document.read"):
            return self
        every: VersionQuerySet = self.model._default_manager.all()
        theirs = every.signable().concerning(user).values("document")
        signed = every.filter(signatures__employee=user).values("document")
        return self.exclude(state=State.DRAFT).filter(Q(document__in=theirs) | Q(document__in=signed))

    def counted(self) -> VersionQuerySet:
        """With `concerned` and `missing`: how many people each concerns, and how many of them have not signed."""
        missing = _concerned_here().exclude(signatures__version=OuterRef("pk"))
        return self.annotate(concerned=count_of(_concerned_here()), missing=count_of(missing))

    def lacking(self) -> VersionQuerySet:
        """Those that somebody whom they concern has not signed."""
        counted: Any = self.counted()
        return cast(VersionQuerySet, counted.filter(missing__gt=0))


class DecisionQuerySet(QuerySet["Decision"]):
    """Decisions and notices."""

    def standing(self) -> DecisionQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def concerning(self, employee: Employee) -> DecisionQuerySet:
        """Those that concern this person."""
        return self.filter(concerning(employee))

    def unread_by(self, employee: Employee) -> DecisionQuerySet:
        """Those that stand, concern the person, and that they have not acknowledged."""
        mine = self.standing().concerning(employee).exclude(published_by=employee)
        return mine.exclude(acknowledgements__employee=employee)

    def visible_to(self, user: Employee) -> DecisionQuerySet:
        """Those that concern the person, that they acknowledged, or that they published; the head and director: all."""
        if Scope.CENTRE in rights.scopes_of(user, "decision.read"):
            return self
        known = self.model._default_manager.filter(acknowledgements__employee=user).values("pk")
        return self.filter(concerning(user) | Q(pk__in=known) | Q(published_by=user))

    def counted(self) -> DecisionQuerySet:
        """With `concerned` and `missing`, as versions have them; who published it has read it."""
        people = _concerned_here().exclude(pk=OuterRef("published_by"))
        missing = people.exclude(acknowledgements__decision=OuterRef("pk"))
        return self.annotate(concerned=count_of(people), missing=count_of(missing))

    def lacking(self) -> DecisionQuerySet:
        """Those that somebody whom they concern has not acknowledged."""
        counted: Any = self.standing().counted()
        return cast(DecisionQuerySet, counted.filter(missing__gt=0))
