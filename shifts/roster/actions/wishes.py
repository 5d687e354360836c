"""What an employee wishes of days to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from fregat.lib import clock, live
from fregat.lib.db import action, lock
from fregat.lib.errors import Invalid
from shifts.roster import labels
from shifts.roster.models import Wish
from staff.employees.models import Employee

LONGEST = timedelta(days=62)


@action
def say_wish(
    *, by: Employee, kind: str, first_day: date, last_day: date, note: str = "", now: datetime | None = None
) -> Wish:
    """Write down what `by` wishes of these days, both included. Raises Invalid for days or a kind that cannot be."""
    now = now or clock.now()
    faults = {}
    if kind not in labels.WISH_LABELS:
        faults["kind"] = labels.FAULTS["unknown_wish"]
    if last_day < first_day:
        faults["last_day"] = labels.FAULTS["wish_reversed"]
    elif last_day < clock.local(now).date():
        faults["first_day"] = labels.FAULTS["wish_in_past"]
    elif last_day - first_day > LONGEST:
        faults["last_day"] = labels.FAULTS["wish_too_long"]
    if faults:
        raise Invalid(faults)
    row: Wish = Wish.objects.create(
        employee=by, kind=kind, first_day=first_day, last_day=last_day, note=note, said_at=now
    )
    live.publish("board", "shift")
    return row


@action
def withdraw_wish(*, by: Employee, wish_id: int, now: datetime | None = None) -> Wish:
    """`by` does not wish it any more. Raises NotFound for a wish of somebody else."""
    row: Wish = lock(Wish.objects.filter(employee=by), pk=wish_id)
    if row.withdrawn_at is None:
        row.withdrawn_at = now or clock.now()
        row.save(update_fields=["withdrawn_at"])
        live.publish("board", "shift")
    return row
