"""Transfer: somebody gets another position (JD I.4, A3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Conflict, Invalid, Sentence
from fregat.lib.rights import Role
from staff.employees import registry, rules
from staff.employees.actions.kinds import ground
from staff.employees.actions.people import LAST_HEAD, SENIOR_NEEDED, change_role
from staff.employees.actions.ties import check_leads
from staff.employees.models import Employee, Order
from staff.employees.registry import Clause, OrderKind


def _check(order: Order, now: datetime) -> None:
    employee, role = ground.subject_of(order), ground.text(order, "role")
    department = ground.department_of(order)
    ground.check_employed(employee)
    if role not in set(Role):
        raise Invalid.field("role", _("Choose the new position."))
    ground.check_department(order)
    if (role, department) == (employee.role, employee.department):
        raise Invalid.field("role", _("The employee has this position already."))
    if role != Role.HEAD and list(Employee.objects.heads()) == [employee]:
        raise Conflict(LAST_HEAD, code="last_head")
    senior = ground.named(order, "senior")
    if rules.needs_senior(role) and senior is None:
        raise Invalid.field("senior", SENIOR_NEEDED)
    if senior is not None:
        check_leads(senior)
        if senior.pk == employee.pk:
            raise Invalid.field("senior", _("Nobody is their own senior manager."))
    if role not in rules.LEADS_A_TEAM:
        ground.check_not_leading(employee, ground.named(order, "successor"))


def _preview(order: Order, now: datetime) -> list[Sentence]:
    employee, role = ground.subject_of(order), ground.text(order, "role")
    was = ground.position(employee.role, employee.department)
    said: list[Sentence] = [
        _("%(name)s: %(before)s → %(after)s. Rights of the new position hold from the next request on.")
        % {"name": employee.full_name, "before": was, "after": _position(order)}
    ]
    senior = ground.named(order, "senior")
    if senior is not None:
        said.append(_("Reports to %(senior)s.") % {"senior": senior.full_name})
    if role not in rules.LEADS_A_TEAM:
        said += ground.team_words(employee, ground.named(order, "successor"))
    return said + registry.foresee_role(employee, role, now)


def _take_effect(order: Order, now: datetime) -> Mapping[str, Any]:
    _check(order, now)
    return change_role(
        ground.subject_of(order), role=ground.text(order, "role"), senior=ground.named(order, "senior"),
        department=ground.department_of(order), successor=ground.named(order, "successor"),
        by=order.issued_by, now=now,
    )  # fmt: skip


def _revoke(order: Order, now: datetime) -> None:
    """The position of before, its senior manager and the team that was handed over."""
    ground.check_nothing_later(order)
    employee, before = ground.subject_of(order), order.before
    ground.check_employed(employee)
    senior = ground.leader_again(before.get("senior", ""))
    if before["role"] not in rules.LEADS_A_TEAM and ground.team_of(employee):
        raise Conflict(
            _("A team reports to this employee now: transfer them by a new order that names a successor."),
            code="has_team",
        )
    change_role(
        employee, role=before["role"], senior=senior, department=before["department"], successor=None,
        by=ground.revoker(order), now=now,
    )  # fmt: skip
    ground.return_team(order, now)


def _preview_revoke(order: Order, now: datetime) -> list[Sentence]:
    employee, before = ground.subject_of(order), order.before
    position = ground.position(before.get("role", ""), before.get("department", ""))
    said: list[Sentence] = [
        _("%(name)s has the position of before again: %(position)s.")
        % {"name": employee.full_name, "position": position}
    ]
    return said + registry.foresee_role(employee, before.get("role", ""), now)


def _position(order: Order) -> str:
    return ground.position(ground.text(order, "role"), ground.department_of(order))


def _text(order: Order) -> Sequence[Clause]:
    employee = ground.subject_of(order)
    facts: list[tuple[Sentence, str]] = [
        (_("Surname, name, patronymic"), ground.formal_name(employee)),
        (_("Position until now"), ground.position(employee.role, employee.department)),
        (_("New position"), _position(order)),
    ]
    senior, successor = ground.named(order, "senior"), ground.named(order, "successor")
    if senior is not None:
        facts.append((_("Senior manager"), ground.formal_name(senior)))
    clauses = [Clause(_("Transfer to another position:"), facts)]
    return clauses + ground.successor_clause(employee, successor)


def _concerned(order: Order) -> Iterable[Employee | None]:
    before = Employee.objects.filter(username=order.before.get("senior", "")).first()
    return [before, ground.named(order, "senior"), ground.named(order, "successor")]


TRANSFER = OrderKind(
    code="transfer",
    label=_("Transfer"),
    check=_check,
    preview=_preview,
    take_effect=_take_effect,
    revoke=_revoke,
    heading=_("On transfer to another position"),
    text=_text,
    preview_revoke=_preview_revoke,
    concerned=_concerned,
)
