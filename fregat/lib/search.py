"""The global search: each room gives what it finds, within what the person may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Hit:
    """One line of the results: where it leads, what it is, why it was found."""

    url: str
    title: str
    subtitle: str
    group: str
    """`person`, `case`, `policy`, `employee`, `command`: worded by the desk."""
    icon: str


Provider = Callable[[Any, str, datetime, Any], Iterable[Hit]]
"""`(user, text, now, request)` → hits, best first, at most about 8. The provider records its looks."""

_providers: list[tuple[int, Provider]] = []


def register(provider: Provider, *, order: int = 50) -> None:
    """Add a room's results; what has a greater `order` stands further below, equals as they were registered."""
    if provider not in [one for _order, one in _providers]:
        _providers.append((order, provider))
        _providers.sort(key=lambda row: row[0])


def find(user: Any, text: str, now: datetime, request: Any) -> list[Hit]:
    """Everything found for a text, room after room."""
    return [hit for _order, provider in _providers for hit in provider(user, text, now, request)]
