"""What every page needs: the theme, the navigation, the live address, and what rooms add.

Rooms add their own values in `AppConfig.ready()`; a value is computed once a page, when drawn.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import NoReverseMatch, reverse

from fregat.lib.navigation import Navigation
from fregat.lib.preferences import theme_of

Value = Callable[[HttpRequest], Any]

HTMX_CONFIG = json.dumps(
    {
        "allowEval": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        # Pages hold personal data: none of it is left in the browser's storage.
        "historyCacheSize": 0,
        # New elements answer to keys and clicks at once, not 20 ms after they are seen.
        "defaultSettleDelay": 0,
        "refreshOnHistoryMiss": True,
        # A refusal is shown like any answer; a fault of the server must not overwrite what was typed.
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "4..", "swap": True, "error": True},
            {"code": "5..", "swap": False, "error": True},
        ],
    }
)

_DRAWN_BEFORE_MS = 5_000
"""A page may have been read from the database so long before its last line is drawn."""

_values: dict[str, Value] = {}


def register(name: str, value: Value) -> None:
    """Let pages use `{{ name }}`: `value(request)` is called at most once a page, and only when drawn.

    Names the base layout knows: `shift_clock` (None, or a dict with aware `starts_at`, `ends_at`,
    `check_at`, a `url` and a `label`), `shift_banner_url` (address of the banner's fragment, or ""),
    `inbox` (None, or the reader's messages: `unread`, `undelivered`).
    Raises ValueError when the name is taken.
    """
    if _values.get(name, value) is not value:
        raise ValueError(f"two rooms give pages the value {name}")
    _values[name] = value


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the base layout."""
    return {
        "theme": theme_of(request),
        "live_url": live_url(request),
        "live_since": int(time.time() * 1000) - _DRAWN_BEFORE_MS,
        "htmx_config": HTMX_CONFIG,
        "navigation": Navigation(request),
        "home_url": "/",
        "search_url": _search_url(),
        **{name: _once(value, request) for name, value in _values.items()},
    }


def live_url(request: HttpRequest) -> str:
    """Where the browser finds the event stream: on this origin, or on the live port of the same host.

    The cookie of the session travels to the same host name only.
    """
    try:
        host = split_domain_port(request.get_host())[0]
    except DisallowedHost:
        return "/live/"  # the page that says so is drawn all the same
    for origin in settings.LIVE_ORIGINS:
        if urlsplit(origin).hostname == host.strip("[]"):
            return f"{origin}/live/"
    return "/live/"


def _once(value: Value, request: HttpRequest) -> Callable[[], Any]:
    """A callable for the template engine, which calls it when drawn; the answer is kept."""
    return cache(lambda: value(request))


@cache
def _search_url() -> str:
    try:
        return reverse("search")
    except NoReverseMatch:
        return ""
