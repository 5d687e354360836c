"""Somebody who is signed in is here: rooms above take note (the first request begins the shift, B1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from fregat.lib import frame
from fregat.lib.once import moment

Hook = Callable[[Any, HttpRequest], None]

_hooks: list[Hook] = []


def on_seen(hook: Hook) -> None:
    """Register what is done when an employee makes a request. It must be cheap when there is nothing to do."""
    if hook not in _hooks:
        _hooks.append(hook)


def seen(user: Any, request: HttpRequest) -> None:
    """An employee made a request, by session or by token: the frame is read, and the hooks run."""
    frame.read(user, moment())
    for hook in _hooks:
        hook(user, request)
