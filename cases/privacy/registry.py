"""What rooms above tell the privacy room about their objects, which it knows by kind and UUID only.

Filled in `AppConfig.ready()`. A resolver of names gets UUIDs, the reader and the moment, and answers with what that
reader may be told; for the reader None (the data officer) it names all it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from cases.privacy.rules.patterns import Who
from fregat.lib.errors import Sentence

if TYPE_CHECKING:
    from staff.employees.models import Employee


@dataclass(frozen=True)
class Target:
    """A record that somebody asks for by its number, whether or not they may see it."""

    uuid: UUID
    number: str
    project: str
    """Code of the insurer; empty when it is not known."""
    visible: bool
    """The person sees it anyway."""


@dataclass(frozen=True)
class File:
    """A record for reading: a template that draws no button, and its values."""

    template: str
    context: dict[str, Any]
    persons: tuple[UUID, ...] = ()
    """Whose data it is, when the record is no person itself."""
    part: str = "card"
    """Which part it shows: a word of the access log."""


@dataclass(frozen=True)
class Breakable:
    """A kind of record behind glass.

    `find(user, number, birth_date, now)`: by exact number alone, never by name, so that nobody browses;
    `file(uuid, now)`: the record as it is read through broken glass, None when it is gone.
    """

    kind: str
    label: Sentence
    find: Callable[[Employee, str, date | None, datetime], Target | None]
    file: Callable[[UUID, datetime], File | None]
    asks_birth_date: bool = False


_breakable: dict[str, Breakable] = {}


def behind_glass(kind: Breakable) -> None:
    """Let records of this kind be read through broken glass."""
    _breakable[kind.kind] = kind


def breakables() -> dict[str, Breakable]:
    """All kinds behind glass, by their code."""
    return dict(_breakable)


@dataclass(frozen=True)
class Named:
    """An object as a reader may know it: its name, and its page when they may open it."""

    label: str
    url: str = ""


Resolver = Callable[[Collection[UUID], "Employee | None", datetime], Mapping[UUID, Named]]
Finder = Callable[[str, "Employee | None", datetime], Collection[UUID]]

Describe = Callable[[Collection[UUID]], Mapping[UUID, Who]]
Persons = Callable[[str], QuerySet[Any, UUID]]

_describe: list[Describe] = []
_persons: dict[str, Persons] = {}
_resolvers: dict[str, Resolver] = {}
_finders: dict[str, Finder] = {}


def describe_persons(describe: Describe) -> None:
    """`describe(uuids)` → by what persons are recognised as employees or their kin; for the patterns, never shown."""
    if describe not in _describe:
        _describe.append(describe)


def described(uuids: Collection[UUID]) -> dict[UUID, Who]:
    """By what these persons are recognised."""
    return {uuid: who for describe in _describe for uuid, who in describe(uuids).items()}


def hold_persons(kind: str, persons: Persons) -> None:
    """`persons(uuids)` → a query for the UUIDs of the persons whose data these objects hold; `uuids` is a text with
    a blank between them, for the lookup `one_of`.

    It becomes a part of the log's own INSERT, built once: whose data was shown costs no statement more.
    """
    _persons[kind] = persons


def persons_of(kind: str, uuids: str) -> QuerySet[Any, UUID] | None:
    """Whose data objects of a kind hold; None when no room has said."""
    persons = _persons.get(kind)
    return persons(uuids) if persons else None


def name_objects(kind: str, resolver: Resolver) -> None:
    """`resolver(uuids, reader, now)` → names of objects of a kind of `rules.log.KINDS`."""
    _resolvers[kind] = resolver


def find_objects(kind: str, finder: Finder) -> None:
    """`finder(text, reader, now)` → objects of the kind that a number (of a case, of a policy) stands for."""
    _finders[kind] = finder


def names(kind: str, uuids: Collection[UUID], reader: Employee | None, now: datetime) -> dict[UUID, Named]:
    """Names of these objects; those that the reader may not know, or that are gone, are left out."""
    resolver = _resolvers.get(kind)
    return dict(resolver(uuids, reader, now)) if resolver and uuids else {}


def found(text: str, reader: Employee | None, now: datetime) -> list[tuple[str, UUID]]:
    """What a number may stand for, as kind and UUID."""
    return [(kind, uuid) for kind, finder in _finders.items() for uuid in finder(text, reader, now)]
