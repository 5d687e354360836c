"""What the actions of the room share: locks, the state's way, what must still hold, whom to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from fregat.lib import clock, live, notices
from fregat.lib.db import lock
from fregat.lib.errors import Conflict, NotFound
from shifts.attendance import selectors as attendance
from shifts.exchange import permissions
from shifts.exchange.labels import FAULTS
from shifts.exchange.models import Exchange
from shifts.exchange.selectors import Pool, fault_of, pool_of
from shifts.exchange.selectors.lists import whole
from shifts.exchange.statuses import State, may_move
from shifts.roster.actions.parts import lock_people
from shifts.roster.labels import span
from shifts.roster.models import Shift
from staff.employees.models import Employee

EXPIRES = "exchange_expires"
"""Kind of the job at the time when the first shift is about to begin."""


def locked(by: Employee, exchange_id: int, now: datetime | None) -> tuple[Exchange, datetime]:
    """The request, if `by` may see it, and the moment after the locks. Raises NotFound.

    People are locked first, as whoever changes their roster does: the effects of that change lock the request.
    """
    rows = Exchange.objects.visible_to(by, now or clock.now())
    people = rows.filter(pk=exchange_id).values_list("giver", "colleague").first()
    if people is None:
        raise NotFound()
    lock_people(*people)
    row: Exchange = lock(whole(rows), pk=exchange_id)
    return row, now or clock.now()


def move(row: Exchange, to: State) -> None:
    """Along the table. Raises Conflict."""
    if not may_move(row.state, to):
        raise Conflict(FAULTS["moved_on"], code="moved_on")
    row.state = to


def check_shift(shift: Shift, now: datetime) -> None:
    """Can this shift still go to somebody? Raises Conflict."""
    code = fault_of(shift, now)
    if code:
        raise Conflict(FAULTS[code], code=code)


def check_possible(row: Exchange, now: datetime) -> Pool:
    """Does everything that cannot be overridden still hold? Raises Conflict with what does not."""
    for shift in filter(None, (row.shift, row.wanted)):
        check_shift(shift, now)
    pool = pool_of(row)
    if said := pool.obstacle(row.colleague, row.wanted):
        raise Conflict(said, code="obstacle")
    return pool


def tell(people: Iterable[Employee], row: Exchange, kind: str, now: datetime, **values: object) -> None:
    """A notice about the request; open pages of both and the boards hear of it."""
    said = {
        "giver": row.giver.full_name, "shift": span(row.shift.starts_at, row.shift.ends_at),
        "wanted": span(row.wanted.starts_at, row.wanted.ends_at) if row.wanted else "", **values,
    }  # fmt: skip
    notices.tell(people, kind, url=reverse("exchange:exchange", args=[row.pk]), values=said, now=now)


def announce(row: Exchange) -> None:
    """Open pages of both and the boards draw it again."""
    for pk in (row.giver_id, row.colleague_id):
        live.publish(f"employee:{pk}", "exchange", row.pk)
    live.publish("board", "shift")


def who_decides(row: Exchange, now: datetime) -> list[Employee]:
    """Those who answer for the two and may decide; else the heads."""
    near = {
        one.pk: one for person in (row.giver, row.colleague) for one in attendance.who_answers(person, now)
    }
    able = [one for one in near.values() if permissions.can_decide(one, row, now)]
    return able or list(Employee.objects.heads())
