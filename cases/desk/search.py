"""What the desk itself gives to the search: commands, that is the places one may go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fregat.lib.navigation import Navigation
from fregat.lib.search import Hit


def commands(user: Any, text: str, now: datetime, request: Any) -> Iterator[Hit]:
    """Pages whose name contains the text."""
    wanted = text.casefold()
    places = Navigation(request)
    for entry in [*places.all, *places.person]:
        if wanted in str(entry.label).casefold():
            yield Hit(entry.url, str(entry.label), entry.shortcut, "command", entry.icon)
