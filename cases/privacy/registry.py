"""What rooms above tell the privacy room about their objects, which it knows by kind and UUID only.

Filled in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
