"""The edge: by what a browser is known again, and that a sign-in is in use in it (ADR 0020).

A cookie that is signed, hidden from scripts and outlives the sign-in: the same browser after signing in anew is the
same place, another browser at the same network address is another.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from fregat.lib import clock
from staff.employees import actions, rules
from staff.employees.models import Employee

COOKIE = "fregat_device"
_SALT = "staff.employees.places"
_AGE = 2 * 365 * 24 * 3600
"""Seconds; renewed at every sign-in."""

_KEPT = 10_000
_noted: dict[str, datetime] = {}
"""Session → when this process last noted its use: most requests write nothing."""


def device_of(request: HttpRequest) -> str:
    """The mark of the request's browser; empty when it has none of ours."""
    value = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_AGE)
    return value if isinstance(value, str) else ""


def mark(request: HttpRequest, response: HttpResponse) -> str:
    """Give the browser its mark, or renew the one that it has. Returns it."""
    device = device_of(request) or uuid.uuid4().hex
    response.set_signed_cookie(
        COOKIE, device, salt=_SALT, max_age=_AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return device


def signed_in(request: HttpRequest, response: HttpResponse, user: Employee) -> None:
    """A sign-in has begun here: its browser is known from now on, and a second place is noticed at once."""
    key = request.session.session_key
    if key is not None:
        actions.note_place(by=user, session_key=key, device=mark(request, response))
        actions.note_second_place(by=user)


def note_use(user: Any, request: HttpRequest) -> None:
    """A request by a sign-in: one statement a minute at most, else none. Tokens are no places."""
    session = getattr(request, "session", None)
    if session is None or not isinstance(user, Employee) or session.get(SESSION_KEY) != str(user.pk):
        return
    key, now = session.session_key, clock.now()
    before = _noted.get(key)
    if before is not None and before <= now < before + rules.PLACE_NOTED:
        return
    device = device_of(request)
    if device:
        if len(_noted) >= _KEPT:
            _noted.clear()
        _noted[key] = now
        actions.note_place(by=user, session_key=key, device=device, now=now)
