"""What planning, changing and cancelling have in common: locks, refusals, the writing of a plan, who hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from fregat.lib import clock, live, notices
from fregat.lib.db import lock
from fregat.lib.errors import Conflict, Invalid
from shifts.roster import labels, permissions, registry, rules, selectors
from shifts.roster.models import Shift
from staff.employees.models import Employee

CHANGEABLE = {"starts_at", "ends_at", "kind", "leads"}
_LEADERS_LOCK = 7_110_211
"""Key of the advisory lock under which leaders are compared: they are different people's rows."""


def lock_people(*ids: int) -> None:
    """One roster at a time for a person: two planners then read each other's shift, not a deadlock."""
    people = Employee.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    list(people.order_by("pk").values_list("pk", flat=True))


def lock_leaders() -> None:
    """One at a time says who leads, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEADERS_LOCK])


def locked(shift_id: int) -> Shift:
    owner = Shift.objects.filter(pk=shift_id).values_list("employee_id", flat=True)
    lock_people(*owner)
    row: Shift = lock(Shift.objects.select_related("employee"), pk=shift_id)
    return row


def plan_of(shift: Shift) -> rules.Plan:
    return rules.Plan(shift.starts_at, shift.ends_at, shift.kind, shift.leads)


def changed(shift: Shift, changes: Mapping[str, Any]) -> rules.Plan:
    wanted = {name: getattr(shift, name) for name in CHANGEABLE} | dict(changes)
    starts_at, ends_at = rules.instant(wanted["starts_at"]), rules.instant(wanted["ends_at"])
    return rules.Plan(starts_at, ends_at, wanted["kind"], bool(wanted["leads"]))


def texts(plan: rules.Plan) -> dict[str, str]:
    """A plan in words, for showing two versions side by side."""
    values = {
        "starts_at": f"{clock.local(plan.starts_at):%d.%m.%Y %H:%M}",
        "ends_at": f"{clock.local(plan.ends_at):%d.%m.%Y %H:%M}",
        "kind": str(labels.KIND_LABELS.get(plan.kind, plan.kind)),
        "leads": _("yes") if plan.leads else _("no"),
    }
    return {str(labels.FIELD_LABELS[name]): text for name, text in values.items()}


def check_kind(kind: str) -> None:
    if kind not in labels.KIND_LABELS:
        raise Invalid.field("kind", labels.FAULTS["unknown_kind"])


def refuse(faults: list[rules.Fault], reason: str) -> None:
    left = rules.standing_faults(faults, reason.strip())
    if not left:
        return
    if not left[0].field:
        raise Conflict(labels.FAULTS[left[0].code], code=left[0].code)
    raise Invalid({fault.field: labels.FAULTS[fault.code] for fault in left})


def refuse_in_the_way(shift: Shift, plan: rules.Plan) -> None:
    """Ask what stands in the way of the plan: no reason overrides that (the constraints ask again)."""
    _refuse_overlap(shift, plan)
    if plan.leads:
        if not permissions.may_lead(shift.employee, plan.starts_at, plan.ends_at):
            raise Invalid.field("leads", labels.FAULTS["may_not_lead"])
        lock_leaders()
        _refuse_second_leader(shift, plan)


def overridden(shift: Shift, old: rules.Plan | None, new: rules.Plan, reason: str) -> list[str]:
    """Kinds of the rules of working time that the plan breaks and a reason overrides.

    Raises Invalid with a sentence for each when there is no reason. The person is locked: nothing comes between.
    """
    faults = selectors.newly_broken(shift, old, new)
    if faults and not reason.strip():
        raise Invalid({"reason": [*map(labels.broken, faults), labels.FAULTS["write_why"]]})
    return sorted({fault.kind for fault in faults})


def write(shift: Shift, plan: rules.Plan) -> None:
    """Save the plan."""
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
    others = Shift.objects.planned_over(plan.starts_at, plan.ends_at).filter(employee=shift.employee)
    other = others.exclude(pk=shift.pk).order_by("starts_at").first()
    if other is not None:
        words = {"name": shift.employee.full_name, "span": labels.span(other.starts_at, other.ends_at)}
        raise Conflict(labels.OVERLAP % words, code="no_two_shifts_at_once")


def _refuse_second_leader(shift: Shift, plan: rules.Plan) -> None:
    others = Shift.objects.planned_over(plan.starts_at, plan.ends_at).filter(leads=True)
    other = others.exclude(pk=shift.pk).select_related("employee").order_by("starts_at").first()
    if other is not None:
        words = {"name": other.employee.full_name, "span": labels.span(other.starts_at, other.ends_at)}
        raise Conflict(labels.SECOND_LEADER % words, code="one_leader_at_a_moment")


def announce(shift: Shift, by: Employee | None, now: datetime) -> None:
    """Effects of the rooms above, inside; the open pages, after the commit. A draft concerns those alone who plan."""
    live.publish("board", "shift")
    if shift.is_draft:
        return
    registry.shift_changed(shift, by, now)
    live.publish(f"employee:{shift.employee_id}", "shift", shift.pk)
    live.publish(f"employee:{shift.employee_id}", live.RIGHTS)


def ask_to_confirm(shift: Shift, by: Employee | None, now: datetime) -> None:
    """What somebody else changes after publication the employee is told of, and asked to confirm (B3)."""
    if by is None or shift.is_draft or by.pk == shift.employee_id:
        return
    shift.confirm_asked_at, shift.confirmed_at = now, None
    month = f"{clock.local(shift.starts_at):%Y-%m}"
    url = f"{reverse('roster:roster')}?month={month}"
    words = {"span": labels.span(shift.starts_at, shift.ends_at)}
    notices.tell([shift.employee], "shift_changed", url=url, values=words, now=now)
