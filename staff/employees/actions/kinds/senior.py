"""Change of senior manager: an operator reports to another one (JD I.5, A2, A3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees.actions.kinds import ground
from staff.employees.actions.ties import change_senior, check_leads
from staff.employees.models import Employee, Order
from staff.employees.registry import Clause, OrderKind


def _now_of(employee: Employee) -> Employee | None:
    tie = employee.subordinations.filter(until=None).select_related("senior").first()
    return tie.senior if tie else None


def _senior(order: Order) -> Employee:
    senior = ground.named(order, "senior")
    if senior is None:
        raise Invalid.field("senior", _("Name the new senior manager."))
    return senior


def _check(order: Order, now: datetime) -> None:
    employee, senior = ground.subject_of(order), _senior(order)
    ground.check_employed(employee)
    if senior.pk == employee.pk:
        raise Invalid.field("senior", _("Nobody is their own senior manager."))
    check_leads(senior)
    if _now_of(employee) == senior:
        raise Invalid.field("senior", _("The employee reports to this senior manager already."))


def _preview(order: Order, now: datetime) -> list[Sentence]:
    employee, senior, before = ground.subject_of(order), _senior(order), _now_of(ground.subject_of(order))
    said: list[Sentence] = [
        _("%(name)s reports to %(senior)s.") % {"name": employee.full_name, "senior": senior.full_name}
    ]
    if before is not None:
        said.append(
            _("%(senior)s sees the shifts and cases of this employee no longer as those of the own team.")
            % {"senior": before.full_name}
        )
    return said


def _take_effect(order: Order, now: datetime) -> Mapping[str, Any]:
    _check(order, now)
    return change_senior(ground.subject_of(order), _senior(order), now)


def _revoke(order: Order, now: datetime) -> None:
    ground.check_nothing_later(order)
    employee = ground.subject_of(order)
    ground.check_employed(employee)
    if _now_of(employee) != _senior(order):
        raise Conflict(
            _("The employee reports to somebody else by now: issue a new order."), code="moved_since"
        )
    senior = ground.leader_again(order.before.get("senior", ""))
    if senior is None:
        raise Conflict(_("The employee reported to nobody before: issue a new order."), code="nobody_before")
    change_senior(employee, senior, now)


def _preview_revoke(order: Order, now: datetime) -> list[Sentence]:
    senior = Employee.objects.filter(username=order.before.get("senior", "")).first()
    if senior is None:
        return []
    name = ground.subject_of(order).full_name
    return [_("%(name)s reports to %(senior)s.") % {"name": name, "senior": senior.full_name}]


def _text(order: Order) -> Sequence[Clause]:
    employee, before = ground.subject_of(order), _now_of(ground.subject_of(order))
    facts: list[tuple[Sentence, str]] = [
        (_("Surname, name, patronymic"), ground.formal_name(employee)),
        (_("Position"), ground.position(employee.role, employee.department)),
    ]
    if before is not None:
        facts.append((_("Senior manager until now"), ground.formal_name(before)))
    facts.append((_("New senior manager"), ground.formal_name(_senior(order))))
    return [Clause(_("Change the senior manager of the employee:"), facts)]


def _concerned(order: Order) -> Iterable[Employee | None]:
    before = Employee.objects.filter(username=order.before.get("senior", "")).first()
    return [before, ground.named(order, "senior")]


SENIOR_CHANGE = OrderKind(
    code="senior_change",
    label=_("Change of senior manager"),
    check=_check,
    preview=_preview,
    take_effect=_take_effect,
    revoke=_revoke,
    heading=_("On the change of senior manager"),
    text=_text,
    preview_revoke=_preview_revoke,
    concerned=_concerned,
)
