"""A policy, a person, and the policies as they insure a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from cases.insurance.selectors import catalogue
from fregat.lib.errors import NotFound
from fregat.lib.frozen import frozen
from staff.employees.models import Employee


def links(policies: QuerySet[Policy]) -> QuerySet[PolicyPerson]:
    """Who is insured by these policies, with what a list shows of them: the policy that ends last first."""
    rows = PolicyPerson.objects.filter(policy__in=policies)
    shown = rows.select_related("policy__insurer", "policy__programme", "policy__territory")
    return shown.order_by("-policy__valid_to", "policy_id")


def with_policies(policies: QuerySet[Policy]) -> Prefetch[Any, Any, Any]:
    """For persons: with those of their policies, for `links_of` and `policies_of`; one statement."""
    return Prefetch("insured_by", links(policies), to_attr="open_links")


def read_links(user: Employee, persons: Sequence[InsuredPerson], now: datetime) -> None:
    """Persons who were found, with those of their policies that the employee may see; one statement."""
    keys = " ".join(str(person.pk) for person in persons)
    found = _links_of(user.pk, keys, now, role=user.role) if persons else []
    insurers, territories = catalogue.insurers(), catalogue.territories()
    mine: dict[int, list[PolicyPerson]] = {person.pk: [] for person in persons}
    for link in found:
        policy = link.policy
        if policy.insurer_id in insurers:
            policy.insurer = insurers[policy.insurer_id]
        if policy.territory_id in territories:
            policy.territory = territories[policy.territory_id]
        mine[link.person_id].append(link)
    for person in persons:
        vars(person)["open_links"] = mine[person.pk]


@frozen
def _links_of(user: int, persons: str, now: datetime, *, role: str) -> QuerySet[PolicyPerson]:
    seen = PolicyPerson.objects.visible_to(Employee(pk=user, role=role), now)
    rows = seen.filter(person__one_of=persons).select_related("policy__programme")
    return rows.order_by("-policy__valid_to", "policy_id")


def links_of(person: InsuredPerson) -> list[PolicyPerson]:
    """How the person is insured, as far as whoever asked may see it."""
    found: list[PolicyPerson] = vars(person)["open_links"]
    return found


def policies_of(person: InsuredPerson) -> list[Policy]:
    """The policies as they insure this person."""
    return [link.as_insured() for link in links_of(person)]


def get_policy(user: Employee, pk: int, *, now: datetime) -> Policy:
    """A policy within what the employee may see. Raises NotFound."""
    rows = Policy.objects.visible_to(user, now).for_reading()
    policy: Policy | None = rows.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if policy is None:
        raise NotFound()
    return policy


def link_to(user: Employee, policy: int, person: int, *, now: datetime) -> PolicyPerson | None:
    """How a policy names a person, as far as the employee may see both; with its programme. One statement."""
    found = _link_to(user.pk, policy, person, now, role=user.role)
    return found[0] if found else None


@frozen
def _link_to(user: int, policy: int, person: int, now: datetime, *, role: str) -> QuerySet[PolicyPerson]:
    seen = PolicyPerson.objects.visible_to(Employee(pk=user, role=role), now)
    return seen.filter(policy=policy, person=person).select_related("person", "policy__programme")[:1]


def as_insured(policy: Policy, person: int | None) -> tuple[Policy, InsuredPerson | None]:
    """The policy as it insures the person with this id, and the person; as it is when it does not name them."""
    rows = PolicyPerson.objects.filter(policy=policy, person=person).select_related("person")
    link = rows.first() if person is not None else None
    if link is None:
        return policy, None
    link.policy = policy
    return link.as_insured(), link.person


def get_person(user: Employee, pk: int | UUID, *, now: datetime) -> InsuredPerson:
    """A person with the policies that the employee may see (`policies_of`), by id or uuid. Raises NotFound."""
    policies = with_policies(Policy.objects.visible_to(user, now))
    rows = InsuredPerson.objects.visible_to(user, now).prefetch_related(policies)
    wanted: dict[str, Any] = {"uuid": pk} if isinstance(pk, UUID) else {"pk": pk}
    person: InsuredPerson | None = (
        rows.filter(**wanted).first() if isinstance(pk, UUID) or 0 < pk < 2**63 else None
    )
    if person is None:
        raise NotFound()
    return person
