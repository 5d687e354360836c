"""How the access log names cases, and whose data a case holds (registry of `cases.privacy`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from cases.casework.models import Case
from cases.casework.search import numbers
from cases.privacy import registry
from cases.privacy.registry import Named
from fregat.lib import clock

if TYPE_CHECKING:
    from staff.employees.models import Employee


def register() -> None:
    """Hand it over."""
    registry.hold_persons("case", _insured)
    registry.name_objects("case", _cases)
    registry.find_objects("case", _by_number)


def _insured(cases: str) -> QuerySet[Any, UUID]:
    rows = Case.objects.filter(uuid__one_of=cases, person__isnull=False).order_by()
    return rows.values_list("person__uuid", flat=True).distinct()


def _cases(uuids: Collection[UUID], reader: Employee | None, now: datetime) -> dict[UUID, Named]:
    rows = Case.objects.all() if reader is None else Case.objects.visible_to(reader, now)
    found = rows.filter(uuid__in=uuids).values_list("uuid", "number")
    return {
        uuid: Named(number, reverse("casework:case", args=[number]) if reader else "")
        for uuid, number in found
    }


def _by_number(text: str, reader: Employee | None, now: datetime) -> list[UUID]:
    rows = Case.objects.all() if reader is None else Case.objects.visible_to(reader, now)
    wanted = numbers(text, clock.local(now).year)
    return list(rows.filter(number__in=wanted).order_by("-id").values_list("uuid", flat=True))
