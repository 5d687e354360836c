"""How the access log names insurers' lists (registry of `cases.privacy`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from cases.imports.models import Batch
from cases.privacy import registry
from cases.privacy.registry import Named

if TYPE_CHECKING:
    from staff.employees.models import Employee


def register() -> None:
    """Hand it over."""
    registry.name_objects("import", _lists)


def _lists(uuids: Collection[UUID], reader: Employee | None, now: datetime) -> dict[UUID, Named]:
    rows = Batch.objects.all() if reader is None else Batch.objects.visible_to(reader)
    return {
        row.uuid: Named(row.file_name, reverse("imports:list", args=[row.pk]) if reader else "")
        for row in rows.filter(uuid__in=uuids)
    }
