"""How the access log names persons and policies, and whose data a policy holds (registry of `cases.privacy`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from cases.insurance.rules.numbers import number_readings
from cases.privacy import registry
from cases.privacy.registry import Named
from cases.privacy.rules.patterns import Who

if TYPE_CHECKING:
    from staff.employees.models import Employee


def register() -> None:
    """Hand it over."""
    registry.hold_persons("policy", _insured)
    registry.describe_persons(_described)
    registry.name_objects("person", _persons)
    registry.name_objects("policy", _policies)
    registry.find_objects("person", _by_policy)
    registry.find_objects("policy", _by_number)


def _insured(policies: str) -> QuerySet[Any, UUID]:
    rows = PolicyPerson.objects.filter(policy__uuid__one_of=policies).order_by("id")
    return rows.values_list("person__uuid", flat=True)


def _described(uuids: Collection[UUID]) -> dict[UUID, Who]:
    rows = InsuredPerson.objects.filter(uuid__in=uuids)
    return {row.uuid: Who(row.surname, row.given_name, row.phone) for row in rows}


def _persons(uuids: Collection[UUID], reader: Employee | None, now: datetime) -> dict[UUID, Named]:
    rows = InsuredPerson.objects.all() if reader is None else InsuredPerson.objects.visible_to(reader, now)
    return {
        row.uuid: Named(row.full_name, reverse("insurance:person", args=[row.pk]) if reader else "")
        for row in rows.filter(uuid__in=uuids)
    }


def _policies(uuids: Collection[UUID], reader: Employee | None, now: datetime) -> dict[UUID, Named]:
    rows = Policy.objects.all() if reader is None else Policy.objects.visible_to(reader, now)
    return {uuid: Named(number) for uuid, number in rows.filter(uuid__in=uuids).values_list("uuid", "number")}


def _numbered(text: str, reader: Employee | None, now: datetime) -> QuerySet[Any, Any]:
    rows = Policy.objects.all() if reader is None else Policy.objects.visible_to(reader, now)
    return rows.filter(number_key__in=[key for key in number_readings(text) if key])


def _by_number(text: str, reader: Employee | None, now: datetime) -> list[UUID]:
    return list(_numbered(text, reader, now).order_by("id").values_list("uuid", flat=True)[:20])


def _by_policy(text: str, reader: Employee | None, now: datetime) -> list[UUID]:
    named = PolicyPerson.objects.filter(policy__in=_numbered(text, reader, now).values("pk"))
    return list(named.order_by("id").values_list("person__uuid", flat=True)[:20])
