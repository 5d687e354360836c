"""Somebody asks a colleague to take a shift, or to exchange it; takes the request back (B3)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib import clock, jobs
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.attendance.selectors import window
from shifts.exchange import permissions, rules
from shifts.exchange.actions.ground import (
    EXPIRES,
    announce,
    check_possible,
    check_shift,
    locked,
    move,
    tell,
    who_decides,
)
from shifts.exchange.labels import FAULTS
from shifts.exchange.models import Exchange
from shifts.exchange.statuses import State
from shifts.roster.actions.parts import lock_people
from shifts.roster.models import Shift
from shifts.roster.selectors import get_shift
from staff.employees.models import Employee


@action
def ask(
    *, by: Employee, shift_id: int, colleague: Employee, wanted_id: int | None = None, words: str = "",
    now: datetime | None = None,
) -> Exchange:  # fmt: skip
    """Ask the colleague to work `by`'s shift, for one of theirs or for nothing.

    What breaks a rule of working time may be asked for, with a word why: the senior manager alone overrides it.
    Raises NotFound, NotAllowed; Invalid (`colleague`, `wanted`, `words`); Conflict when a shift cannot go to
    anybody any more, when the colleague cannot take it, or when a request about it waits already.
    """
    permissions.check_ask(by, get_shift(by, shift_id, now=now or clock.now()))
    lock_people(by.pk, colleague.pk)
    now = now or clock.now()
    shift = Shift.objects.select_related("employee").get(pk=shift_id)
    check_shift(shift, now)
    if colleague.pk == by.pk:
        raise Invalid.field("colleague", FAULTS["colleague"])
    row = Exchange(
        shift=shift, giver=by, colleague=colleague, wanted=_wanted(colleague, wanted_id, now), words=words.strip(),
        state=State.ASKED, asked_at=now, expires_at=now,
    )  # fmt: skip
    pool = check_possible(row, now)
    if not row.words and (said := pool.against(colleague, row.wanted)):
        raise Invalid({"words": [*said, FAULTS["why"]]})
    starts = [one.starts_at for one in (row.shift, row.wanted) if one is not None]
    row.expires_at = rules.expires_at(starts, round(window().total_seconds() / 60))
    row.save()
    jobs.schedule(EXPIRES, row.pk, row.expires_at)
    kind = "exchange_swap" if row.wanted else "exchange_give"
    tell([colleague], row, kind, now, name=by.full_name)
    announce(row)
    return row


@action
def withdraw(*, by: Employee, exchange_id: int, now: datetime | None = None) -> Exchange:
    """Whoever asked does not want it any more; nobody has decided yet. Raises NotFound, NotAllowed, Conflict."""
    row, now = locked(by, exchange_id, now)
    permissions.check_withdraw(by, row)
    told = [row.colleague, *(who_decides(row, now) if row.is_accepted else [])]
    move(row, State.WITHDRAWN)
    row.save()
    tell(told, row, "exchange_withdrawn", now)
    announce(row)
    return row


def _wanted(colleague: Employee, wanted_id: int | None, now: datetime) -> Shift | None:
    """The colleague's shift. Raises Invalid for one of somebody else or one that does not stand."""
    if wanted_id is None:
        return None
    rows = Shift.objects.standing().filter(employee=colleague, starts_at__gt=now + window())
    found: Shift | None = rows.select_related("employee").filter(pk=wanted_id).first()
    if found is None:
        raise Invalid.field("wanted", FAULTS["wanted"])
    return found
