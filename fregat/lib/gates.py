"""The gates to objects: what a person may not see does not exist, whatever they ask of it (ADR 0008).

The doors (`RightsMiddleware` for pages, `RouteRight` for the API) ask the matrix about the role. Before they
say 403 they pass by the gate of the object that the address names: it says 404 when this person may not see
it, as for one that does not exist. So a 403 never says that something is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fregat.lib import rights
from fregat.lib.errors import NotFound

Gate = Callable[..., Any]
"""`gate(user, now=…, **arguments of the address)`: raises NotFound."""

_gates: dict[str, Gate] = {}


def register(**gates: Gate) -> None:
    """The gates of a room, by the kinds of objects in its `OBJECTS`. Raises ValueError when a kind is taken."""
    twice = sorted(kind for kind, gate in gates.items() if _gates.get(kind, gate) is not gate)
    if twice:
        raise ValueError(f"two rooms guard: {twice}")
    _gates.update(gates)


def kinds() -> set[str]:
    """Kinds of objects that have a gate."""
    return set(_gates)


def check(user: Any, route: str, arguments: Mapping[str, Any], now: datetime) -> None:
    """Raise NotFound when what the address names does not exist for this person."""
    kind = rights.object_of(route)
    if kind:
        _gates[kind](user, now=now, **arguments)


def row_id(value: str | int) -> int:
    """The id in an address. Raises NotFound when it cannot be one."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise NotFound()
    return int(text)
