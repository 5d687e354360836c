"""From where the work of this moment comes: the address and the browser of the request, nothing in a job.

Actions know no request; a note of who did what from where asks here (`RightsMiddleware` says it).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest

from fregat.lib.address import address_of


@dataclass(frozen=True)
class Whence:
    """The network address and what the browser says of itself; empty when there is no request."""

    address: str = ""
    agent: str = ""


_NOWHERE = Whence()
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


@contextmanager
def coming_from(request: HttpRequest) -> Iterator[None]:
    """While this holds, `current` speaks of this request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current() -> Whence:
    """From where the work comes; asked for, not kept ready: few requests need it."""
    request = _request.get()
    if request is None:
        return _NOWHERE
    return Whence(address_of(request) or "", request.headers.get("User-Agent", "")[:400])
