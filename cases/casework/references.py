"""Which policies and persons cases refer to: they outlive the list that brought them (registry of `cases.imports`)."""

from __future__ import annotations

from collections.abc import Collection

from cases.casework.models import Case


def referred(policies: Collection[int], persons: Collection[int]) -> tuple[set[int], set[int]]:
    """Those of these policies and persons. Two statements."""
    cases = Case.objects.order_by()
    return (
        set(cases.filter(policy__in=policies).values_list("policy_id", flat=True)),
        set(cases.filter(person__in=persons).values_list("person_id", flat=True)),
    )
