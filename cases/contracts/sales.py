"""Which policies were sold here: lists of the insurers ask (registry of `cases.insurance`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from cases.contracts.models import Contract
from cases.insurance import registry


def register() -> None:
    """Hand it over."""
    registry.sell(registry.Sales(of_insurer, among, annulled))


def of_insurer(insurer: int, day: date) -> set[int]:
    """Of the insurer, those that cover the day. One statement."""
    rows = Contract.objects.filter(
        Q(policy__ended_on=None) | Q(policy__ended_on__gt=day),
        policy__insurer=insurer, policy__valid_from__lte=day, policy__valid_to__gte=day,
    )  # fmt: skip
    return set(rows.values_list("policy", flat=True))


def among(policies: Collection[int]) -> set[int]:
    """Of these policies. One statement."""
    return set(Contract.objects.filter(policy__in=list(policies)).values_list("policy", flat=True))


def annulled(policies: Collection[int]) -> set[int]:
    """Of these policies, those that were annulled. One statement."""
    rows = Contract.objects.filter(policy__in=list(policies), annulled_at__isnull=False)
    return set(rows.values_list("policy", flat=True))
