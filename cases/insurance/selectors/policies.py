"""A policy, a person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Prefetch

from cases.insurance.models import InsuredPerson, Policy
from fregat.lib.errors import NotFound

if TYPE_CHECKING:
    from staff.employees.models import Employee


def get_policy(user: Employee, pk: int, *, now: datetime) -> Policy:
    """A policy within what the employee may see. Raises NotFound."""
    rows = Policy.objects.visible_to(user, now).for_reading()
    policy: Policy | None = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if policy is None:
        raise NotFound()
    return policy


def person_of(policy: Policy, pk: int | None) -> InsuredPerson | None:
    """The insured person with this id, when the policy names them."""
    return policy.persons.filter(pk=pk).first() if pk is not None else None


def get_person(user: Employee, pk: int | UUID, *, now: datetime) -> InsuredPerson:
    """A person with the policies that the employee may see, by id or uuid. Raises NotFound."""
    policies = Policy.objects.visible_to(user, now).for_reading()
    rows = InsuredPerson.objects.visible_to(user, now).prefetch_related(Prefetch("policies", policies))
    wanted: dict[str, Any] = {"uuid": pk} if isinstance(pk, UUID) else {"pk": pk}
    person: InsuredPerson | None = (
        rows.filter(**wanted).first() if isinstance(pk, UUID) or 0 < pk < 2**63 else None
    )
    if person is None:
        raise NotFound()
    return person
