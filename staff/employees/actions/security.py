"""Notes of what happens to accounts and doors, in the transaction of what they are about (E4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache import cache

from fregat.lib import clock, live, whence
from staff.employees.labels import SECURITY_EVENTS, browser_name
from staff.employees.models import Employee, SecurityEvent

CHANNEL = "security"
"""Open pages of the administrator."""


def note_security(
    kind: str, *, account: Employee | None = None, by: Employee | None = None, now: datetime | None = None,
    here: whence.Whence | None = None, once: str = "", **values: Any,
) -> None:  # fmt: skip
    """Write one event down, with the address and browser of the request that it comes from, if any.

    `values`: codes and names of the staff or of settings, never of an insured person. Raises KeyError for a
    kind that nobody has words for. `here`: another address and browser than the request's. `once`: a digest of what
    must stand here one time only.
    """
    SECURITY_EVENTS[kind]
    here = here or whence.current()
    SecurityEvent.objects.create(
        kind=kind, account=account, by=by, at=now or clock.now(), address=here.address,
        browser=browser_name(here.agent)[:60], values=values, once=once,
    )  # fmt: skip
    live.publish(CHANNEL, "security")


def note_refused(username: str) -> None:
    """Somebody was not let in: a wrong password, or no such account."""
    note_security("sign_in_refused", account=_account(username))


def note_locked_out(username: str) -> None:
    """Too many refusals: the door stays shut for a while. Noted once in that while, however often they knock."""
    if cache.add(f"security-locked:{whence.current().address}:{username[:60].lower()}", 1, _WHILE):
        note_security("locked_out", account=_account(username))


_WHILE = 300
"""Seconds: as long as the door stays shut (`ACCOUNT_RATE_LIMITS`)."""


def _account(username: str) -> Employee | None:
    return Employee.objects.filter(username=username[:60]).first() if "\x00" not in username else None
