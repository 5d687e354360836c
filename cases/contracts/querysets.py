"""Named queries on tariffs and contracts, each starting from what a person may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q, QuerySet

from cases.insurance.models import Insurer, Programme
from cases.insurance.querysets import on_shift, projects_of
from fregat.lib import clock, rights
from fregat.lib.rights import Scope

if TYPE_CHECKING:
    from cases.contracts.models import Contract, Tariff
    from staff.employees.models import Employee


def insurers(user: Employee, action: str) -> QuerySet[Insurer]:
    """Insurers that an action of this room reaches."""
    scopes = rights.scopes(user.role, action)
    if Scope.CENTRE in scopes:
        return Insurer.objects.all()
    return (
        Insurer.objects.filter(pk__in=projects_of(user))
        if Scope.PROJECT in scopes
        else Insurer.objects.none()
    )


def programmes(user: Employee) -> QuerySet[Programme]:
    """Programmes whose tariffs the employee may see."""
    scopes = rights.scopes(user.role, "tariff.view")
    rows: QuerySet[Programme] = Programme.objects.select_related("insurer").order_by(
        "insurer__name_key", "name_uk", "pk"
    )
    if Scope.CENTRE in scopes:
        return rows
    return rows.filter(insurer__in=projects_of(user)) if Scope.PROJECT in scopes else rows.none()


class TariffQuerySet(models.QuerySet["Tariff"]):
    """Versions of tariffs."""

    def on(self, day: date) -> TariffQuerySet:
        """In force on a day: one for a programme at most."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def begun_or_ahead(self) -> TariffQuerySet:
        """Without those that were replaced before their first day was over."""
        return self.exclude(until=F("since"))


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts entered here."""

    def visible_to(self, user: Employee, now: datetime | None = None) -> ContractQuerySet:
        """Contracts of the employee's projects; nothing for operators off shift (B1)."""
        scopes = rights.scopes(user.role, "contract.view")
        if Scope.CENTRE in scopes:
            return self
        if Scope.PROJECT not in scopes:
            return self.none()
        return self.filter(on_shift(user, now or clock.now()), policy__insurer__in=projects_of(user))

    def in_state(self, state: str, today: date) -> ContractQuerySet:
        """`ahead`, `valid`, `over` or `annulled` on a day in Kyiv, as `Contract.state_on` says it."""
        if state == "annulled":
            return self.filter(annulled_at__isnull=False)
        rows = self.filter(annulled_at=None)
        if state == "over":
            return rows.filter(Q(policy__ended_on__lte=today) | Q(policy__valid_to__lt=today))
        rows = rows.filter(Q(policy__ended_on=None) | Q(policy__ended_on__gt=today))
        if state == "ahead":
            return rows.filter(policy__valid_from__gt=today)
        return rows.filter(policy__valid_from__lte=today, policy__valid_to__gte=today)

    def for_reading(self) -> ContractQuerySet:
        """With what a list shows, the newest first, in one statement."""
        return self.select_related(
            "policy__insurer", "policy__programme", "policy__territory", "tariff", "entered_by", "annulled_by"
        ).order_by("-pk")
