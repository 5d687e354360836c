"""Articles in the global search, by any form of the words in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.knowledge.selectors import Found, find
from fregat.lib import clock, rights
from fregat.lib.search import Hit
from staff.employees.models import Employee

LIMIT = 5


def articles(user: Employee, text: str, now: datetime, request: Any) -> Iterator[Hit]:
    """Those that hold and have every word; nothing for a role that reads none. Two queries at most."""
    if not rights.lets(user, "article.read"):
        return iter(())
    return (_hit(found) for found in find(user, text, clock.local(now).date(), limit=LIMIT))


def _hit(found: Found) -> Hit:
    row = found.version
    where = "".join(bit.text for bit in found.snippet)
    return Hit(
        url=reverse("knowledge:article", args=[row.article_id]),
        title=row.title,
        subtitle=" · ".join(part for part in (row.article.for_whom, where) if part),
        group="article",
        icon="book-open",
    )
