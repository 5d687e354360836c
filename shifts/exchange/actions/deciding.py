"""The colleague answers, the senior manager decides, the roster changes (B3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.exchange import permissions
from shifts.exchange.actions.ground import announce, check_possible, locked, move, tell, who_decides
from shifts.exchange.labels import FAULTS
from shifts.exchange.models import Exchange
from shifts.exchange.statuses import State
from shifts.roster import actions as roster
from shifts.roster.actions import Passing
from shifts.roster.labels import span
from staff.employees.models import Employee


@action
def answer(
    *, by: Employee, exchange_id: int, agree: bool, words: str = "", now: datetime | None = None
) -> Exchange:
    """The colleague agrees, and the senior manager is asked; or does not, and that is the end of it.

    Raises NotFound, NotAllowed, Invalid (`words`, when a rule of working time is broken and neither has said why),
    Conflict.
    """
    row, now = locked(by, exchange_id, now)
    permissions.check_answer(by, row)
    move(row, State.ACCEPTED if agree else State.DECLINED)
    row.answered_at, row.answer = now, words.strip()
    if agree:
        pool = check_possible(row, now)
        said = pool.against(row.colleague, row.wanted)
        if said and not (row.words or row.answer):
            raise Invalid({"words": [*said, FAULTS["why"]]})
    row.save()
    tell([row.giver], row, "exchange_accepted" if agree else "exchange_declined", now, name=by.full_name)
    if agree:
        tell(who_decides(row, now), row, "exchange_to_decide", now, name=by.full_name)
    announce(row)
    return row


@action
def decide(
    *, by: Employee, exchange_id: int, agree: bool, reason: str = "", now: datetime | None = None
) -> Exchange:
    """The senior manager agrees and the roster changes in the same transaction, or refuses with the reason.

    Both people and then the request are locked, so the second of two decisions finds the first. What the roster
    refuses leaves the request as it was; a rule of working time is overridden by the `reason`, as in the roster.
    Raises NotFound, NotAllowed, Invalid (`reason`), Conflict.
    """
    row, now = locked(by, exchange_id, now)
    permissions.check_decide(by, row, now)
    move(row, State.DONE if agree else State.REFUSED)
    row.decided_by, row.decided_at, row.reason = by, now, reason.strip()
    if agree:
        check_possible(row, now)
    elif not row.reason:
        raise Invalid.field("reason", FAULTS["reason"])
    # Before the roster changes: the request hears of its shifts, and is not open any more then.
    row.save()
    if agree:
        _pass_on(row, by, now)
        _tell_done(row, now)
    else:
        tell([row.giver, row.colleague], row, "exchange_refused", now)
    announce(row)
    return row


def _pass_on(row: Exchange, by: Employee, now: datetime) -> None:
    """By the roster's own action, which asks its rules and its rights again."""
    names = {"giver": row.giver.full_name, "colleague": row.colleague.full_name}
    passing = [Passing(row.shift_id, row.colleague)]
    if row.wanted_id is None:
        text = _("%(giver)s has given the shift away to %(colleague)s.") % names
    else:
        text = _("%(giver)s and %(colleague)s have exchanged shifts.") % names
        passing.append(Passing(row.wanted_id, row.giver))
    made = roster.pass_shifts(by=by, passing=passing, reason=text, why=row.reason, now=now)
    row.shift_now, row.wanted_now = made[0], made[1] if len(made) > 1 else None
    row.save()


def _tell_done(row: Exchange, now: datetime) -> None:
    if row.wanted is None:
        tell([row.giver], row, "exchange_given", now, name=row.colleague.full_name)
        tell([row.colleague], row, "exchange_taken", now, name=row.giver.full_name)
        return
    given, got = (span(one.starts_at, one.ends_at) for one in (row.shift, row.wanted))
    tell([row.giver], row, "exchange_swapped", now, name=row.colleague.full_name, mine=got, theirs=given)
    tell([row.colleague], row, "exchange_swapped", now, name=row.giver.full_name, mine=given, theirs=got)
