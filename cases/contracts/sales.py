"""Which policies were sold here, and when: lists of the insurers and the cover ask (registry of `cases.insurance`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Q

from cases.contracts.models import Contract, Tariff
from cases.insurance import registry


def register() -> None:
    """Hand it over."""
    registry.sell(registry.Sales(of_insurer, entered, annulled, risks))


def of_insurer(insurer: int, day: date) -> set[int]:
    """Of the insurer, those that cover the day. One statement."""
    rows = Contract.objects.filter(
        Q(policy__ended_on=None) | Q(policy__ended_on__gt=day),
        policy__insurer=insurer, policy__valid_from__lte=day, policy__valid_to__gte=day,
    )  # fmt: skip
    return set(rows.values_list("policy", flat=True))


def entered(policies: Collection[int]) -> Mapping[int, registry.Sale]:
    """Of these policies, with when they were entered and which extra risks were sold. One statement."""
    rows = Contract.objects.filter(policy__in=list(policies)).values_list("policy", "entered_at", "risks")
    return {policy: registry.Sale(at, frozenset(names)) for policy, at, names in rows}


def annulled(policies: Collection[int]) -> Mapping[int, datetime]:
    """Of these policies those that were annulled, with when. One statement."""
    rows = Contract.objects.filter(policy__in=list(policies), annulled_at__isnull=False)
    return {policy: at for policy, at in rows.values_list("policy", "annulled_at") if at is not None}


def risks(programme: int) -> set[str]:
    """Of every version of its tariff. One statement."""
    rows = Tariff.objects.filter(programme=programme)
    return {name for row in rows for name in row.facts().risks}
