"""Where people are signed in, and that somebody is at two places at once (JD IV.9, requirements B1 and E4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from allauth.usersessions.models import UserSession
from django.urls import reverse

from fregat.lib import clock, db, notices, whence
from staff.employees import registry, selectors
from staff.employees.actions.rows import lock
from staff.employees.actions.security import note_security
from staff.employees.labels import browser_name
from staff.employees.models import Employee, SecurityEvent


def note_place(*, by: Employee, session_key: str, device: str, now: datetime | None = None) -> None:
    """A sign-in is in use, in the browser with this mark. One statement, so no transaction around it."""
    rows = UserSession.objects.filter(user=by, session_key=session_key)
    rows.update(last_seen_at=now or clock.now(), data={"device": device})


@db.action
def note_second_place(*, by: Employee, now: datetime | None = None) -> bool:
    """Two browsers in use with one account: a password may be shared (JD IV.9).

    The person is told, their senior manager, and on shift whoever leads it: once for each pair of browsers in one
    shift, off shift in one day. The lock on the person lets one of two sign-ins in the same moment tell it, and
    the constraint of the events keeps it so. Returns whether anything new was told.
    """
    (by,) = lock(by)
    now = now or clock.now()
    found = {_once(by, *pair, now): pair for pair in _pairs(selectors.places_in_use(by, now))}
    known = SecurityEvent.objects.filter(once__in=found).values_list("once", flat=True) if found else ()
    new = {once: pair for once, pair in found.items() if once not in set(known)}
    for once, (_earlier, later) in new.items():
        here = whence.Whence(later.ip, later.user_agent)
        note_security("second_place", account=by, by=by, now=now, here=here, once=once)
    if new:
        _tell(by, max((later for _earlier, later in new.values()), key=lambda row: row.created_at), now)
    return bool(new)


def note_second_places(*, now: datetime | None = None) -> int:
    """Everybody who is at two places now, without a new sign-in too. Returns how many were noted anew.

    Recurring; one statement when there is nobody, a transaction for each person when there is.
    """
    now = now or clock.now()
    return sum(note_second_place(by=person, now=now) for person in selectors.at_two_places(now))


def _pairs(rows: list[UserSession]) -> Iterator[tuple[UserSession, UserSession]]:
    """Sign-ins in different browsers, two by two, the one that was begun later second."""
    by_device = {row.data["device"]: row for row in rows}
    yield from combinations(sorted(by_device.values(), key=lambda row: (row.created_at, row.pk)), 2)


def _once(by: Employee, one: UserSession, other: UserSession, now: datetime) -> str:
    """The pair of browsers in this shift (off shift, on this day) as a digest: no mark of a browser is kept."""
    devices = sorted((one.data["device"], other.data["device"]))
    stretch = registry.stretch(by, now) or f"{clock.local(now):%Y-%m-%d}"
    return hashlib.sha256("|".join(("second_place", str(by.pk), stretch, *devices)).encode()).hexdigest()


def _tell(by: Employee, place: UserSession, now: datetime) -> None:
    values = {"name": by.full_name, "address": place.ip, "browser": browser_name(place.user_agent)}
    senior = selectors.senior_of(by, now) or Employee.objects.heads().first()
    notices.tell([by], "second_place", url=reverse("employees:me"), values=values, now=now)
    answer = [senior, *selectors.acting_for(senior, now)] if senior and senior.pk != by.pk else []
    told = {one.pk: one for one in [*answer, *registry.watchers(by, now)] if one.pk != by.pk}
    notices.tell(told.values(), "second_place_of", values=values, now=now)
