"""Notices: what one employee must learn of, whatever page they are on.

A room registers a kind with its sentence and tells people inside its transaction; the bell in the bar counts
what is not read and is live. The sentence is worded when it is read, in the reader's language, and by the
rights of that moment: what a kind is about may have been closed to the reader since.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import live
from fregat.lib.errors import NotFound, Sentence
from fregat.lib.models import Notice
from fregat.lib.once import forget, once

SHOWN = 100
"""The most that the page of notices lists."""

log = logging.getLogger("fregat.notices")

OpenTo = Callable[[Any, Collection[int], datetime], Iterable[int]]
"""(reader, keys of objects, now) → those of them that the reader may see; one statement."""

CLOSED = _("This was about something that is closed to you now.")


@dataclass(frozen=True)
class Kind:
    """How a notice reads, and who may still read what it is about; None: whoever was told."""

    sentence: Sentence
    icon: str
    open_to: OpenTo | None


_kinds: dict[str, Kind] = {}


def register(kind: str, sentence: Sentence, icon: str = "bell", *, open_to: OpenTo | None = None) -> None:
    """Name a kind: its lazy sentence with `%(name)s` for the values, an icon of lucide's, whom it is open to.

    Raises ValueError when two rooms word one kind differently.
    """
    named = Kind(sentence, icon, open_to)
    if _kinds.setdefault(kind, named) != named:
        raise ValueError(f"two rooms word the notice {kind}")


@dataclass(frozen=True)
class Word:
    """What one person is told: whom, where it leads, what fills the sentence, the key of what it is about."""

    person: Any
    url: str = ""
    values: Mapping[str, Any] | None = None
    about: int | None = None


def tell(
    people: Iterable[Any], kind: str, *, url: str = "", values: Mapping[str, Any] | None = None,
    about: int | None = None, now: datetime,
) -> None:  # fmt: skip
    """Tell people, in the caller's transaction; their open pages hear of it on commit.

    `values` fill the sentence: codes, numbers, names of the staff, never data of an insured person. `about`:
    the key of the object, demanded of a kind that asks whether the reader may still see it.
    Whoever cannot sign in any more is told nothing. Raises KeyError for a kind that nobody registered.
    """
    told = {person.pk: person for person in people}
    tell_each(kind, [Word(person, url, values, about) for person in told.values()], now=now)


def tell_each(kind: str, words: Iterable[Word], *, now: datetime) -> None:
    """The same where each person is told something of their own, or several things. One statement."""
    told = [word for word in words if word.person.is_active]
    if _kinds[kind].open_to is not None and any(word.about is None for word in told):
        raise ValueError(f"the notice {kind} does not say what it is about")
    Notice.objects.bulk_create(
        Notice(
            employee_id=word.person.pk, kind=kind, values=dict(word.values or {}), url=word.url, about=word.about,
            at=now,
        )
        for word in told
    )  # fmt: skip
    for pk in dict.fromkeys(word.person.pk for word in told):
        live.publish(f"employee:{pk}", "notice")


@once
def unread(reader: Any) -> int:
    """How many notices the person has not read. One statement; the frame of a page has it already."""
    return unread_of(reader).count()


def unread_of_page(request: HttpRequest) -> int:
    """Of whoever reads the page; 0 for who is not signed in."""
    return unread(request.user) if request.user.is_authenticated else 0


def unread_of(reader: Any) -> QuerySet[Notice]:
    """What the person has not read."""
    return Notice.objects.filter(employee_id=reader.pk, read_at=None)


@dataclass(frozen=True)
class Line:
    """One notice as people read it."""

    id: int
    text: str
    icon: str
    url: str
    at: datetime
    new: bool


def latest(reader: Any, now: datetime) -> list[Line]:
    """The person's notices, the newest first, at most `SHOWN`. One statement, and one for each kind that asks."""
    rows: QuerySet[Notice] = Notice.objects.filter(employee_id=reader.pk).order_by("-id")
    return _lines(list(rows[:SHOWN]), reader, now)


def not_read(reader: Any, now: datetime, limit: int) -> list[Line]:
    """The latest of those that the person has not read. Statements as `latest`."""
    rows: QuerySet[Notice] = Notice.objects.filter(employee_id=reader.pk, read_at=None).order_by("-id")
    return _lines(list(rows[:limit]), reader, now)


def address(reader: Any, notice_id: int, now: datetime) -> str:
    """Where a notice of the person's leads; the list when it leads nowhere."""
    rows = Notice.objects.filter(employee_id=reader.pk, pk=notice_id)
    urls = [line.url for line in _lines(list(rows), reader, now) if line.url]
    return urls[0] if urls else reverse("lib:notices")


def read(employee_id: int, notice_id: int | None = None, *, now: datetime) -> None:
    """The person has read one of their notices, or all. Raises NotFound for one that is not theirs."""
    rows = Notice.objects.filter(employee_id=employee_id)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
        if not rows.exists():
            raise NotFound()
    if rows.filter(read_at=None).update(read_at=now):
        forget()
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


def _lines(rows: list[Notice], reader: Any, now: datetime) -> list[Line]:
    """Worded for the reader as of `now`."""
    about: dict[OpenTo, set[int]] = {}
    for row in rows:
        if (asks := _kind(row).open_to) is not None and row.about is not None:
            about.setdefault(asks, set()).add(row.about)
    seen = {asks: set(asks(reader, keys, now)) for asks, keys in about.items()}
    return [_line(row, seen) for row in rows]


def _kind(row: Notice) -> Kind:
    return _kinds.get(row.kind, Kind(row.kind, "bell", None))


def _line(row: Notice, seen: Mapping[OpenTo, set[int]]) -> Line:
    kind, new = _kind(row), row.read_at is None
    if kind.open_to is not None and row.about not in seen.get(kind.open_to, ()):
        return Line(row.pk, str(CLOSED), kind.icon, "", row.at, new)
    try:
        text = str(kind.sentence) % row.values
    except (KeyError, ValueError, TypeError):
        log.error("the notice %s does not fit its values", row.kind)
        text = str(kind.sentence)
    return Line(row.pk, text, kind.icon, row.url, row.at, new)
