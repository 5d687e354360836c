"""Documents in the global search: those that the person may read, by a word of their title."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from fregat.lib.search import Hit
from staff.documents.labels import KIND_LABELS
from staff.documents.models import DocumentVersion
from staff.employees.models import Employee

LIMIT = 5


def documents(user: Employee, text: str, now: datetime, request: Any) -> Iterator[Hit]:
    """Versions in force, or about to be, whose title has the text in it. One query."""
    rows = DocumentVersion.objects.visible_to(user).signable().filter(title__icontains=text)
    found = rows.select_related("document").defer("body", "changes").order_by("title", "document", "-number")
    return (_hit(row) for row in found[:LIMIT])


def _hit(row: DocumentVersion) -> Hit:
    return Hit(
        url=reverse("documents:version", args=[row.document_id, row.number]),
        title=row.title,
        subtitle=str(KIND_LABELS[row.document.kind]),
        group="document",
        icon="file-text",
    )
