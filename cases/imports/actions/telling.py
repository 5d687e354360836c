"""Policies that the house has sold end by a list, or somebody leaves one: whoever answers for open work is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cases.imports import registry as references
from cases.imports.actions.buckets import leaving
from cases.imports.models import Batch
from cases.insurance import registry
from cases.insurance.models import Policy

Days = dict[int | None, date]
"""Person (None: everybody) → from when the policy covers nothing for them."""


def hold(statement: str, asked: Mapping[str, Any]) -> list[tuple[Policy, Days]]:
    """Of the policies that end by the statement, or that somebody leaves, those that were sold here and that work
    refers to; that work is locked, before the policies are. A statement or two for each room, and one for each of these
    policies.
    """
    said: dict[int, Days] = {}
    for policy, person, day in leaving(statement, asked):
        days = said.setdefault(policy, {})
        days[person] = min(day, days.get(person, day))
    sold = registry.entered(said)
    referred, _persons = references.used(sold, set()) if sold else (set(), set())
    held = []
    for row in Policy.objects.filter(pk__in=referred).order_by("pk") if referred else ():
        registry.hold(row)
        held.append((row, said[row.pk]))
    return held


def tell(held: list[tuple[Policy, Days]], batch: Batch, now: datetime) -> None:
    """They have ended, by who had the list written."""
    by = batch.applied_by or batch.uploaded_by
    for policy, days in held:
        left = {person: day for person, day in days.items() if person is not None}
        registry.ended(policy, by, days.get(None), now, left=left)
