"""Plan, change and cancel a shift."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid, Stale
from shifts.roster import labels, permissions, rules
from shifts.roster.actions import parts
from shifts.roster.models import Shift
from staff.employees.models import Employee


@action
def plan_shift(
    *,
    by: Employee | None,
    employee: Employee,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    leads: bool = False,
    reason: str = "",
    draft: bool = False,
    now: datetime | None = None,
) -> Shift:
    """Plan a shift (JD II.11, B3). `by=None`: the program, which may also write in what has passed.

    `starts_at`, `ends_at` are aware instants, the span is half-open. Raises NotAllowed; Invalid for a
    length, date or leader that cannot be, and for a rule of working time that is not kept (a `reason`
    overrides the soft ones); Conflict when another shift of the person, or another leader, stands in the way.
    """
    parts.lock_people(employee.pk)
    now = now or clock.now()
    plan = rules.Plan(rules.instant(starts_at), rules.instant(ends_at), kind, leads)
    if by is not None:
        permissions.check_plan(by, employee, plan.starts_at, plan.ends_at, now)
    employee.refresh_from_db(fields=["is_active", "dismissed_at", "role"])
    if not employee.is_active:
        raise Invalid.field("employee", labels.FAULTS["not_employed"])
    parts.check_kind(kind)
    faults = rules.plan_faults(plan, now)
    if by is None:
        faults = [fault for fault in faults if fault.code not in rules.OF_THE_PAST]
    parts.refuse(faults, reason)
    shift = Shift(
        employee=employee, created_by=by, created_at=now, reason=reason, published_at=None if draft else now
    )  # fmt: skip
    parts.refuse_in_the_way(shift, plan)
    if by is not None and not draft:
        shift.overridden = parts.overridden(shift, None, plan, reason)
    parts.write(shift, plan)
    parts.announce(shift, by, now)
    return shift


@action
def change_shift(
    *,
    by: Employee | None,
    shift_id: int,
    changes: Mapping[str, Any],
    reason: str = "",
    version: int | None = None,
    overridden: Collection[str] = (),
    now: datetime | None = None,
) -> Shift:
    """Move, prolong, shorten or relabel a shift; it binds at once (B6).

    `changes` may hold `starts_at`, `ends_at`, `kind`, `leads`; `version` is the one that was read, None
    does not compare; `overridden`: the rules that both sides knew of when they agreed to it.
    Raises NotFound, NotAllowed, Stale with both versions, Invalid, Conflict.
    """
    shift = parts.locked(shift_id)
    now = now or clock.now()
    if by is not None:
        permissions.check_edit(by, shift, now)
    unknown = set(changes) - parts.CHANGEABLE
    if unknown:
        raise Invalid(dict.fromkeys(unknown, labels.FAULTS["unknown_field"]))
    old, new = parts.plan_of(shift), parts.changed(shift, changes)
    if version is not None and version != shift.version:
        raise Stale(mine=parts.texts(new), theirs=parts.texts(old))
    if shift.is_cancelled:
        raise Conflict(labels.FAULTS["cancelled"], code="cancelled")
    if new == old:
        return shift
    parts.check_kind(new.kind)
    parts.refuse(rules.change_faults(old, new, now) if by is not None else [], reason)
    if by is not None:
        # A shift must not be moved to where its mover has no say.
        permissions.check_plan(by, shift.employee, new.starts_at, new.ends_at, now)
    parts.refuse_in_the_way(shift, new)
    if by is not None and old.starts_at > now and not shift.is_draft:
        # A running shift is prolonged without ado: the desk needs it at once (B6).
        shift.overridden = parts.overridden(shift, old, new, reason)
    elif overridden:
        shift.overridden = sorted(overridden)
    shift.reason = reason or shift.reason
    shift.version += 1
    parts.ask_to_confirm(shift, by, now)
    parts.write(shift, new)
    parts.announce(shift, by, now)
    return shift


@action
def cancel_shift(
    *,
    by: Employee | None,
    shift_id: int,
    reason: str,
    version: int | None = None,
    now: datetime | None = None,
) -> Shift:
    """Cancel a shift that has not ended; the row stays, marked. A draft needs no reason. Raises as `change_shift`."""
    shift = parts.locked(shift_id)
    now = now or clock.now()
    if by is not None:
        permissions.check_edit(by, shift, now)
    if version is not None and version != shift.version:
        texts = parts.texts(parts.plan_of(shift))
        raise Stale(mine={**texts, str(labels.FIELD_LABELS["reason"]): reason}, theirs=texts)
    if shift.is_cancelled:
        raise Conflict(labels.FAULTS["cancelled"], code="cancelled")
    if shift.ends_at <= now:
        raise Conflict(labels.FAULTS["has_ended"], code="has_ended")
    if shift.is_draft:
        reason = reason.strip() or gettext("Draft withdrawn")
    if not reason.strip():
        raise Invalid.field("reason", labels.FAULTS["cancel_reason"])
    parts.ask_to_confirm(shift, by, now)
    shift.cancelled_at, shift.cancelled_by, shift.reason = now, by, reason
    shift.version += 1
    shift.save()
    parts.announce(shift, by, now)
    return shift
