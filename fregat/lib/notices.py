"""Notices: what one employee must learn of, whatever page they are on.

A room registers a kind with its sentence and tells people inside its transaction; the bell in the bar counts
what is not read and is live. The sentence is worded when it is read, in the reader's language.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from fregat.lib import live
from fregat.lib.errors import NotFound, Sentence
from fregat.lib.models import Notice

SHOWN = 100
"""The most that the page of notices lists."""

log = logging.getLogger("fregat.notices")

_kinds: dict[str, tuple[Sentence, str]] = {}


def register(kind: str, sentence: Sentence, icon: str = "bell") -> None:
    """Name a kind: its lazy sentence with `%(name)s` for the values, and an icon of lucide's.

    Raises ValueError when two rooms word one kind differently.
    """
    if _kinds.get(kind, (sentence, icon)) != (sentence, icon):
        raise ValueError(f"two rooms word the notice {kind}")
    _kinds[kind] = (sentence, icon)


def tell(
    people: Iterable[Any], kind: str, *, url: str = "", values: Mapping[str, Any] | None = None, now: datetime
) -> None:
    """Tell people, in the caller's transaction; their open pages hear of it on commit.

    `values` fill the sentence: codes, numbers, names of the staff, never data of an insured person.
    Whoever cannot sign in any more is told nothing. Raises KeyError for a kind that nobody registered.
    """
    _kinds[kind]
    told = {person.pk: person for person in people if person.is_active}
    Notice.objects.bulk_create(
        Notice(employee_id=pk, kind=kind, values=dict(values or {}), url=url, at=now) for pk in told
    )
    for pk in told:
        live.publish(f"employee:{pk}", "notice")


def unread(employee_id: int) -> int:
    """How many notices the person has not read. One statement."""
    return Notice.objects.filter(employee_id=employee_id, read_at=None).count()


@dataclass(frozen=True)
class Line:
    """One notice as people read it."""

    id: int
    text: str
    icon: str
    url: str
    at: datetime
    new: bool


def latest(employee_id: int) -> list[Line]:
    """The person's notices, the newest first, at most `SHOWN`. One statement."""
    rows: QuerySet[Notice] = Notice.objects.filter(employee_id=employee_id).order_by("-id")
    return [_line(row) for row in rows[:SHOWN]]


def address(employee_id: int, notice_id: int) -> str:
    """Where a notice of the person's leads; the list when it leads nowhere."""
    urls = Notice.objects.filter(employee_id=employee_id, pk=notice_id).values_list("url", flat=True)
    return urls.first() or reverse("lib:notices")


def read(employee_id: int, notice_id: int | None = None, *, now: datetime) -> None:
    """The person has read one of their notices, or all. Raises NotFound for one that is not theirs."""
    rows = Notice.objects.filter(employee_id=employee_id)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
        if not rows.exists():
            raise NotFound()
    if rows.filter(read_at=None).update(read_at=now):
        live.publish(f"employee:{employee_id}", "notice")


def settle(url: str, *, now: datetime, employee_id: int | None = None) -> None:
    """What the notices with this address ask for is done, or needed no more: of one person, or of everybody."""
    rows = Notice.objects.filter(url=url, read_at=None)
    if employee_id is not None:
        rows = rows.filter(employee_id=employee_id)
    told = set(rows.values_list("employee_id", flat=True))
    if told:
        rows.update(read_at=now)
    for pk in told:
        live.publish(f"employee:{pk}", "notice")


def _line(row: Notice) -> Line:
    sentence, icon = _kinds.get(row.kind, (row.kind, "bell"))
    try:
        text = str(sentence) % row.values
    except (KeyError, ValueError, TypeError):
        log.error("the notice %s does not fit its values", row.kind)
        text = str(sentence)
    return Line(row.pk, text, icon, row.url, row.at, row.read_at is None)
