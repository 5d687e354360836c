"""What becomes of requests when their shifts change, their people leave, or nobody decides in time (B3, B6)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import clock, jobs
from fregat.lib.db import action
from shifts.exchange.actions.ground import EXPIRES, announce, move, tell
from shifts.exchange.models import Exchange
from shifts.exchange.querysets import ExchangeQuerySet
from shifts.exchange.selectors.lists import whole
from shifts.exchange.statuses import Fall, State
from shifts.roster.models import Shift
from staff.employees.models import Employee


def follow_shift(shift: Shift, by: Employee | None, now: datetime) -> None:
    """Effect of a change in the roster: a request about that shift was about something else, and falls."""
    why = Fall.CANCELLED if shift.is_cancelled else Fall.MOVED
    if not shift.employee.is_active:
        why = Fall.DISMISSED
    _fall(Exchange.objects.open().of_shifts(shift.pk), why, now)


def follow_dismissal(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Effect of a dismissal (A3): what they asked and what they were asked falls."""
    _fall(Exchange.objects.open().of_person(employee.pk), Fall.DISMISSED, now)


def follow_role(employee: Employee, before: str, by: Employee | None, now: datetime) -> None:
    """Effect of a transfer (A3): somebody of another role is no colleague of equal qualification any more."""
    if employee.role != before:
        _fall(Exchange.objects.open().of_person(employee.pk), Fall.TRANSFERRED, now)


@action
def expire(exchange_id: int, *, now: datetime | None = None) -> Exchange | None:
    """Its first shift is about to begin, and nobody has decided. None when it is decided, or not yet time.

    Called by the job; the row is locked without waiting (`fregat.lib.jobs`).
    """
    rows = Exchange.objects.select_for_update(of=("self",), nowait=True)
    row = whole(rows).filter(pk=exchange_id).first()
    now = now or clock.now()
    if row is None or not row.is_open:
        return None
    if now < row.expires_at:
        jobs.schedule(EXPIRES, row.pk, row.expires_at)
        return None
    _fell(row, Fall.BEGINS, now)
    return row


def _fall(rows: ExchangeQuerySet, why: Fall, now: datetime) -> None:
    for row in whole(rows.order_by("pk").select_for_update(of=("self",))):
        _fell(row, why, now)


def _fell(row: Exchange, why: Fall, now: datetime) -> None:
    move(row, State.FALLEN)
    row.fallen_at, row.fallen_why = now, why
    row.save()
    tell([row.giver, row.colleague], row, f"exchange_fallen_{why}", now)
    announce(row)
