"""Policies that the house has sold end by a list: whoever answers for open work under one is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cases.imports import registry as references
from cases.imports.actions.buckets import pairs
from cases.imports.models import Batch
from cases.insurance import registry
from cases.insurance.models import Policy

Ending = dict[int, tuple[Policy, date]]


def hold(statement: str, asked: Mapping[str, Any]) -> Ending:
    """Of the policies that the statement lays out to end those that were sold here and that work refers to; that work
    is locked, before the policies are. A statement or two for each room, and one for each of these policies.
    """
    days = pairs(statement, asked)
    sold = registry.entered(days)
    referred, _persons = references.used(sold, set()) if sold else (set(), set())
    held: Ending = {}
    for policy in Policy.objects.filter(pk__in=referred).order_by("pk") if referred else ():
        registry.hold(policy)
        held[policy.pk] = policy, days[policy.pk]
    return held


def tell(held: Ending, batch: Batch, now: datetime) -> None:
    """They have ended, by who had the list written."""
    for policy, day in held.values():
        registry.ended(policy, batch.applied_by or batch.uploaded_by, day, now)
