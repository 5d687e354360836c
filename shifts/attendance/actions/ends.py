"""A shift that ends at another time than planned, because both sides agreed (B1, B6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from fregat.lib import clock, live, notices
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid
from shifts.attendance import permissions, rules, selectors
from shifts.attendance.labels import FAULTS
from shifts.attendance.models import EndChange
from shifts.attendance.statuses import State, may_move
from shifts.roster import actions as roster
from shifts.roster.labels import FAULTS as ROSTER_FAULTS
from shifts.roster.labels import broken
from shifts.roster.models import Shift
from shifts.roster.rules import instant
from shifts.roster.selectors import broken_by_end
from staff.employees.models import Employee


@action
def ask_end(*, by: Employee, ends_at: datetime, reason: str, now: datetime | None = None) -> EndChange:
    """Ask to end one's running (else next) shift at another time; whoever answers for the shift is told.

    Raises NotAllowed, Invalid (`ends_at`, `reason`), Conflict (asked already).
    """
    at = now or clock.now()
    mine = selectors.current_shift(by, at) or selectors.next_shift(by, at)
    if mine is None:
        raise Invalid.field("ends_at", FAULTS["no_shift"])
    shift: Shift = lock(Shift.objects.standing(), pk=mine.pk)
    now = now or clock.now()
    permissions.check_ask_end(by, shift)
    row = _ask(by, shift, ends_at, reason, now)
    kind = "end_asked_early" if row.is_early else "end_asked_longer"
    _tell(selectors.who_decides(by, now), row, kind, by, reason, now)
    return row


@action
def prolong(
    *, by: Employee, shift_id: int, ends_at: datetime, reason: str, now: datetime | None = None
) -> EndChange:
    """Ask somebody to stay longer; the shift is prolonged when they agree.

    Raises NotFound, NotAllowed, Invalid (`ends_at`, `reason`), Conflict (asked already).
    """
    shift: Shift = lock(Shift.objects.standing(), pk=shift_id)
    now = now or clock.now()
    permissions.check_prolong(by, shift, now)
    if instant(ends_at) < instant(shift.ends_at):
        raise Invalid.field("ends_at", FAULTS["earlier_only_own"])
    row = _ask(by, shift, ends_at, reason, now)
    _tell([shift.employee], row, "end_asked_of_you", by, reason, now)
    return row


@action
def agree_end(*, by: Employee, change_id: int, reason: str = "", now: datetime | None = None) -> EndChange:
    """The other side agrees: the shift ends at that time, and everything that hangs on its end moves along.

    The roster's rules of working time are asked: whoever answers for the shift gives the `reason` that overrides
    them, as in the roster; what they asked for themselves has it already. Raises NotFound, NotAllowed, Conflict
    (moved on, another shift stands then), Invalid (`ends_at`: the time has passed; `reason`: the rules, in words).
    """
    row, now = _locked(by, change_id, now)
    permissions.check_decide_end(by, row, now)
    _move(row, State.AGREED)
    shift = row.shift
    if shift.is_cancelled or shift.ends_at != row.planned_end:
        raise Conflict(FAULTS["shift_moved"], code="shift_moved")
    _check_end(shift, row.ends_at, now)
    faults = broken_by_end(shift, row.ends_at)
    why = row.reason
    if faults and row.asked_by_id == shift.employee_id and not _in_the_way(shift, row):
        if not reason.strip():
            raise Invalid({"reason": [*map(broken, faults), ROSTER_FAULTS["write_why"]]})
        why = reason.strip()
    row.decided_by, row.decided_at = by, now
    row.save()
    # Agreed by both sides, so it is not asked once more who may plan whom.
    roster.change_shift(
        by=None, shift_id=shift.pk, changes={"ends_at": row.ends_at}, reason=why, now=now,
        overridden={fault.kind for fault in faults},
    )  # fmt: skip
    _tell(_both(row), row, "end_agreed", shift.employee, "", now, but=by)
    return row


@action
def refuse_end(*, by: Employee, change_id: int, reason: str, now: datetime | None = None) -> EndChange:
    """The other side does not agree. Raises NotFound, NotAllowed, Invalid (no reason), Conflict."""
    row, now = _locked(by, change_id, now)
    permissions.check_decide_end(by, row, now)
    if not reason.strip():
        raise Invalid.field("reason", FAULTS["why"])
    _move(row, State.REFUSED)
    row.decided_by, row.decided_at, row.answer = by, now, reason.strip()
    row.save()
    _tell(_both(row), row, "end_refused", row.shift.employee, row.answer, now, but=by)
    return row


@action
def withdraw_end(*, by: Employee, change_id: int, now: datetime | None = None) -> EndChange:
    """Who asked takes it back. Raises NotFound, NotAllowed, Conflict."""
    row, now = _locked(by, change_id, now)
    permissions.check_withdraw_end(by, row)
    _move(row, State.WITHDRAWN)
    row.save()
    _announce(row)
    return row


def _ask(by: Employee, shift: Shift, ends_at: datetime, reason: str, now: datetime) -> EndChange:
    _check_end(shift, ends_at, now)
    if not reason.strip():
        raise Invalid.field("reason", FAULTS["why"])
    return EndChange.objects.create(
        shift=shift, planned_end=shift.ends_at, ends_at=ends_at, reason=reason.strip(), asked_by=by,
        asked_at=now, state=State.ASKED,
    )  # fmt: skip


def _check_end(shift: Shift, ends_at: datetime, now: datetime) -> None:
    if fault := rules.end_fault(shift.starts_at, shift.ends_at, ends_at, now):
        raise Invalid.field("ends_at", FAULTS[fault])


def _in_the_way(shift: Shift, row: EndChange) -> bool:
    """Another shift of the person stands then: the roster refuses that, and no reason helps."""
    others = Shift.objects.planned_over(shift.starts_at, row.ends_at).filter(employee=shift.employee_id)
    return others.exclude(pk=shift.pk).exists()


def _locked(by: Employee, change_id: int, now: datetime | None) -> tuple[EndChange, datetime]:
    """The wish, its shift locked before it, and the moment after the locks."""
    rows = EndChange.objects.visible_to(by, now or clock.now())
    shift_id = rows.filter(pk=change_id).values_list("shift", flat=True).first()
    lock(Shift.objects.all(), pk=shift_id)
    row: EndChange = lock(rows.select_related("shift__employee", "asked_by"), pk=change_id)
    return row, now or clock.now()


def _move(row: EndChange, to: State) -> None:
    if not may_move(row.state, to):
        raise Conflict(FAULTS["moved_on"], code="moved_on")
    row.state = to


def _both(row: EndChange) -> list[Employee]:
    return [row.asked_by, row.shift.employee]


def _tell(
    people: Iterable[Employee], row: EndChange, kind: str, about: Employee, reason: str, now: datetime,
    *, but: Employee | None = None,
) -> None:  # fmt: skip
    values = {"name": about.full_name, "at": f"{clock.local(row.ends_at):%H:%M}", "reason": reason}
    told = [one for one in people if but is None or one.pk != but.pk]
    notices.tell(told, kind, url=reverse("attendance:shift"), values=values, now=now)
    _announce(row)


def _announce(row: EndChange) -> None:
    live.publish(f"employee:{row.shift.employee_id}", "shift", row.shift_id)
    live.publish(f"employee:{row.asked_by_id}", "shift", row.shift_id)
    live.publish("board", "shift")
