"""Where one can go: rooms add their entries in `AppConfig.ready()`, the top bar shows those one may open."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fregat.lib import rights
from fregat.lib.errors import Sentence

log = logging.getLogger("fregat.navigation")

INLINE = 6
"""How many entries stand in the bar itself at 1366 px; the others are under "More"."""


@dataclass(frozen=True)
class Entry:
    """One place to go: `url_name` is the route, `shortcut` its key (`F2`, `Alt+1`) or empty."""

    key: str
    label: Sentence
    url_name: str
    icon: str
    order: int
    shortcut: str = ""
    menu: str = "bar"
    url: str = ""
    current: bool = False


_entries: dict[str, Entry] = {}


def add(
    key: str,
    label: Sentence,
    url_name: str,
    icon: str,
    order: int,
    shortcut: str = "",
    *,
    menu: str = "bar",
) -> None:
    """Add an entry to the top bar, or with `menu="person"` to the menu of the signed-in person.

    `icon` is a name of lucide's, `order` sorts (tens, so that others fit between). Raises ValueError
    when the key is taken by another entry.
    """
    entry = Entry(key, label, url_name, icon, order, shortcut, menu)
    if _entries.get(key, entry) != entry:
        raise ValueError(f"two navigation entries are called {key}")
    _entries[key] = entry


def entries() -> list[Entry]:
    """All entries, in order."""
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.key))


@cache
def _address(url_name: str) -> str:
    """The same for everybody, on every page; empty when there is none."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


class Navigation:
    """The entries one person may open, for the template: computed when the page draws them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def _visible(self) -> Iterator[Entry]:
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return
        match = getattr(self._request, "resolver_match", None)
        here = match.view_name if match else ""
        for entry in entries():
            if not rights.lets(user, rights.action_of(entry.url_name, "GET")):
                continue
            url = _address(entry.url_name)
            if not url:
                log.error("navigation entry %s has no address", entry.key)
                continue
            yield replace(entry, url=url, current=entry.url_name == here)

    @cached_property
    def _mine(self) -> list[Entry]:
        return list(self._visible())

    @cached_property
    def all(self) -> list[Entry]:
        """Every entry of the bar."""
        return [entry for entry in self._mine if entry.menu == "bar"]

    @cached_property
    def person(self) -> list[Entry]:
        """Entries of the person's own menu."""
        return [entry for entry in self._mine if entry.menu == "person"]

    def drawn(self) -> SafeString:
        """The menus of the bar: drawn once for a role, a page and a language."""
        return _drawn(tuple((entry.key, entry.current) for entry in self.all), get_language() or "")


@lru_cache(maxsize=1024)
def _drawn(shown: tuple[tuple[str, bool], ...], language: str) -> SafeString:
    listed = [
        replace(_entries[key], url=_address(_entries[key].url_name), current=current)
        for key, current in shown
    ]
    context = {"all": listed, "first": listed[:INLINE], "rest": listed[INLINE:]}
    return render_to_string("lib/_menus.html", context)
