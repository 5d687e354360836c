"""The only writers of shifts: plan, change, cancel, and recompute when a zone's rules change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from fregat.lib import clock, live
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid, Sentence, Stale
from fregat.lib.rights import Role
from shifts.roster import labels, permissions, registry, rules
from shifts.roster.models import Shift
from staff.employees.models import Employee

_CHANGEABLE = {"starts_at", "ends_at", "kind", "leads"}
_LEADERS_LOCK = 7_110_211
"""Key of the advisory lock under which leaders are compared: they are different people's rows."""


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
    now: datetime | None = None,
) -> Shift:
    """Plan a shift (JD II.11, B3). `by=None`: the program, which may also write in what has passed.

    `starts_at`, `ends_at` are aware instants, the span is half-open. Raises NotAllowed; Invalid for a
    length, date or leader that cannot be (a `reason` overrides the soft rules); Conflict when another
    shift of the person, or another leader, stands in the way.
    """
    _lock_people(employee.pk)
    now = now or clock.now()
    plan = rules.Plan(rules.instant(starts_at), rules.instant(ends_at), kind, leads)
    if by is not None:
        permissions.check_plan(by, employee, plan.starts_at, plan.ends_at, now)
    employee.refresh_from_db(fields=["is_active", "dismissed_at", "role"])
    if not employee.is_active:
        raise Invalid.field("employee", labels.FAULTS["not_employed"])
    _check_kind(kind)
    faults = rules.plan_faults(plan, now)
    if by is None:
        faults = [fault for fault in faults if fault.code not in rules.OF_THE_PAST]
    _refuse(faults, reason)
    shift = Shift(employee=employee, created_by=by, created_at=now, reason=reason)
    _write(shift, plan)
    _announce(shift, by, now)
    return shift


@action
def change_shift(
    *,
    by: Employee | None,
    shift_id: int,
    changes: Mapping[str, Any],
    reason: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Shift:
    """Move, prolong, shorten or relabel a shift; it binds at once (B6).

    `changes` may hold `starts_at`, `ends_at`, `kind`, `leads`; `version` is the one that was read, None
    does not compare. Raises NotFound, NotAllowed, Stale with both versions, Invalid, Conflict.
    """
    shift = _locked(shift_id)
    now = now or clock.now()
    if by is not None:
        permissions.check_edit(by, shift, now)
    unknown = set(changes) - _CHANGEABLE
    if unknown:
        raise Invalid(dict.fromkeys(unknown, labels.FAULTS["unknown_field"]))
    old, new = _plan_of(shift), _changed(shift, changes)
    if version is not None and version != shift.version:
        raise Stale(mine=_texts(new), theirs=_texts(old))
    if shift.is_cancelled:
        raise Conflict(labels.FAULTS["cancelled"], code="cancelled")
    if new == old:
        return shift
    _check_kind(new.kind)
    _refuse(rules.change_faults(old, new, now) if by is not None else [], reason)
    if by is not None:
        # A shift must not be moved to where its mover has no say.
        permissions.check_plan(by, shift.employee, new.starts_at, new.ends_at, now)
    shift.reason = reason or shift.reason
    shift.version += 1
    _write(shift, new)
    _announce(shift, by, now)
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
    """Cancel a shift that has not ended; the row stays, marked. Raises as `change_shift` does."""
    shift = _locked(shift_id)
    now = now or clock.now()
    if by is not None:
        permissions.check_edit(by, shift, now)
    if version is not None and version != shift.version:
        texts = _texts(_plan_of(shift))
        raise Stale(mine={**texts, str(labels.FIELD_LABELS["reason"]): reason}, theirs=texts)
    if shift.is_cancelled:
        raise Conflict(labels.FAULTS["cancelled"], code="cancelled")
    if shift.ends_at <= now:
        raise Conflict(labels.FAULTS["has_ended"], code="has_ended")
    if not reason.strip():
        raise Invalid.field("reason", labels.FAULTS["cancel_reason"])
    shift.cancelled_at, shift.cancelled_by, shift.reason = now, by, reason
    shift.version += 1
    shift.save()
    _announce(shift, by, now)
    return shift


@action
def recompute(*, now: datetime | None = None) -> list[Shift]:
    """Give future shifts the instants that their wall times have under the zone's rules of today.

    Run after an update of the zone data. Returns the shifts that moved. Those that move later are
    written from the last to the first and the others the other way round, so that neighbours do not
    meet on the way.
    """
    now = now or clock.now()
    rows = Shift.objects.standing().filter(starts_at__gt=now).select_for_update(of=("self",))
    moved: list[tuple[Shift, rules.Plan]] = []
    for shift in rows.select_related("employee").order_by("starts_at", "id"):
        starts_at = rules.recomputed(shift.local_start, shift.zone, shift.starts_at)
        ends_at = rules.recomputed(shift.local_end, shift.zone, shift.ends_at)
        if (starts_at, ends_at) != (shift.starts_at, shift.ends_at):
            moved.append((shift, rules.Plan(starts_at, ends_at, shift.kind, shift.leads)))
    later = [pair for pair in reversed(moved) if pair[1].starts_at > pair[0].starts_at]
    earlier = [pair for pair in moved if pair[1].starts_at <= pair[0].starts_at]
    for shift, plan in [*later, *earlier]:
        shift.starts_at, shift.ends_at = plan.starts_at, plan.ends_at
        shift.version += 1
        shift.save(update_fields=["starts_at", "ends_at", "version"])
        _announce(shift, None, now)
    return [shift for shift, _plan in moved]


def cancel_shifts_of_dismissed(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Effect of a dismissal: what is left of the person's roster is cancelled (A3)."""
    for shift in _left(employee, now):
        _cancel_by_order(shift, _("Dismissal"), by, now)


def follow_role(employee: Employee, before: str, by: Employee | None, now: datetime) -> None:
    """Effect of a transfer (A3): shifts that the new role may not lead are led no more, and whoever does not
    work in shifts any more has none left."""
    for shift in _left(employee, now):
        if not rules.works_in_shifts(employee.role) and rules.works_in_shifts(before):
            _cancel_by_order(shift, _("Transfer"), by, now)
        elif shift.leads and not permissions.may_lead(employee, shift.starts_at, shift.ends_at):
            shift.leads, shift.version = False, shift.version + 1
            shift.save(update_fields=["leads", "version"])
            _announce(shift, by, now)


def foresee_dismissal(employee: Employee, now: datetime) -> list[Sentence]:
    """What a dismissal would do to the roster, in words (one statement)."""
    left = Shift.objects.not_ended(now).filter(employee=employee).count()
    return [labels.cancelled_shifts(left)] if left else []


def foresee_role(employee: Employee, role: str, now: datetime) -> list[Sentence]:
    """What a transfer to this role would do to the roster, in words (one statement)."""
    if rules.works_in_shifts(employee.role) and not rules.works_in_shifts(role):
        return foresee_dismissal(employee, now)
    led = Shift.objects.not_ended(now).filter(employee=employee, leads=True).count()
    return [labels.shifts_without_leader(led)] if led and role != Role.SENIOR else []


def _left(employee: Employee, now: datetime) -> Iterable[Shift]:
    rows = Shift.objects.not_ended(now).filter(employee=employee).order_by("starts_at", "id")
    return rows.select_for_update(of=("self",)).select_related("employee")


def _cancel_by_order(shift: Shift, reason: str, by: Employee | None, now: datetime) -> None:
    shift.cancelled_at, shift.cancelled_by, shift.reason = now, by, reason
    shift.version += 1
    shift.save()
    _announce(shift, by, now)


# --- Parts -------------------------------------------------------------------------------------------


def _lock_people(*ids: int) -> None:
    """One roster at a time for a person: two planners then read each other's shift, not a deadlock."""
    people = Employee.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    list(people.order_by("pk").values_list("pk", flat=True))


def _locked(shift_id: int) -> Shift:
    owner = Shift.objects.filter(pk=shift_id).values_list("employee_id", flat=True)
    _lock_people(*owner)
    row: Shift = lock(Shift.objects.select_related("employee"), pk=shift_id)
    return row


def _plan_of(shift: Shift) -> rules.Plan:
    return rules.Plan(shift.starts_at, shift.ends_at, shift.kind, shift.leads)


def _changed(shift: Shift, changes: Mapping[str, Any]) -> rules.Plan:
    wanted = {name: getattr(shift, name) for name in _CHANGEABLE} | dict(changes)
    starts_at, ends_at = rules.instant(wanted["starts_at"]), rules.instant(wanted["ends_at"])
    return rules.Plan(starts_at, ends_at, wanted["kind"], bool(wanted["leads"]))


def _texts(plan: rules.Plan) -> dict[str, str]:
    """A plan in words, for showing two versions side by side."""
    values = {
        "starts_at": f"{clock.local(plan.starts_at):%d.%m.%Y %H:%M}",
        "ends_at": f"{clock.local(plan.ends_at):%d.%m.%Y %H:%M}",
        "kind": str(labels.KIND_LABELS.get(plan.kind, plan.kind)),
        "leads": _("yes") if plan.leads else _("no"),
    }
    return {str(labels.FIELD_LABELS[name]): text for name, text in values.items()}


def _check_kind(kind: str) -> None:
    if kind not in labels.KIND_LABELS:
        raise Invalid.field("kind", labels.FAULTS["unknown_kind"])


def _refuse(faults: list[rules.Fault], reason: str) -> None:
    left = rules.standing_faults(faults, reason.strip())
    if not left:
        return
    if not left[0].field:
        raise Conflict(labels.FAULTS[left[0].code], code=left[0].code)
    raise Invalid({fault.field: labels.FAULTS[fault.code] for fault in left})


def _write(shift: Shift, plan: rules.Plan) -> None:
    """Save the plan, after asking what stands in its way (the constraints ask again)."""
    _refuse_overlap(shift, plan)
    if plan.leads:
        if not permissions.may_lead(shift.employee, plan.starts_at, plan.ends_at):
            raise Invalid.field("leads", labels.FAULTS["may_not_lead"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEADERS_LOCK])
        _refuse_second_leader(shift, plan)
    shift.starts_at, shift.ends_at, shift.kind, shift.leads = (
        plan.starts_at,
        plan.ends_at,
        plan.kind,
        plan.leads,
    )
    shift.local_start = rules.wall(plan.starts_at, shift.zone)
    shift.local_end = rules.wall(plan.ends_at, shift.zone)
    shift.save()


def _refuse_overlap(shift: Shift, plan: rules.Plan) -> None:
    others = Shift.objects.overlapping(plan.starts_at, plan.ends_at).filter(employee=shift.employee)
    other = others.exclude(pk=shift.pk).order_by("starts_at").first()
    if other is not None:
        words = {"name": shift.employee.full_name, "span": labels.span(other.starts_at, other.ends_at)}
        raise Conflict(labels.OVERLAP % words, code="no_two_shifts_at_once")


def _refuse_second_leader(shift: Shift, plan: rules.Plan) -> None:
    others = Shift.objects.overlapping(plan.starts_at, plan.ends_at).filter(leads=True)
    other = others.exclude(pk=shift.pk).select_related("employee").order_by("starts_at").first()
    if other is not None:
        words = {"name": other.employee.full_name, "span": labels.span(other.starts_at, other.ends_at)}
        raise Conflict(labels.SECOND_LEADER % words, code="one_leader_at_a_moment")


def _announce(shift: Shift, by: Employee | None, now: datetime) -> None:
    """Effects of the rooms above, inside; the open pages, after the commit."""
    registry.shift_changed(shift, by, now)
    live.publish(f"employee:{shift.employee_id}", "shift", shift.pk)
    live.publish(f"employee:{shift.employee_id}", live.RIGHTS)
    live.publish("board", "shift")
