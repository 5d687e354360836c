"""What the kinds of orders share: people named in an order, their words, whether an effect still stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Conflict, Invalid, Sentence
from fregat.lib.rights import Department, Role
from staff.employees import registry
from staff.employees.actions.ties import check_successor, tie
from staff.employees.labels import DEPARTMENT_LABELS, ROLE_LABELS
from staff.employees.models import Employee, Order
from staff.employees.registry import Clause
from staff.employees.rules import LEADS_A_TEAM
from staff.employees.statuses import OrderState


def text(order: Order, name: str) -> str:
    """A value of the order as text, without edges."""
    return str(order.values.get(name) or "").strip()


def codes(order: Order, name: str) -> list[str]:
    """A value of the order that is a list of codes."""
    given: Any = order.values.get(name) or []
    return sorted({str(code) for code in given}) if isinstance(given, list | tuple) else []


def named(order: Order, name: str) -> Employee | None:
    """The employee whom a value of the order names by username; None when it names nobody.

    Raises Invalid when it names somebody who is not there.
    """
    username = text(order, name)
    if not username:
        return None
    found: Employee | None = Employee.objects.filter(username=username).first()
    if found is None:
        raise Invalid.field(name, _("There is no such employee."))
    return found


def subject_of(order: Order) -> Employee:
    """The employee the order is about, as the row stands now. Raises Invalid when it names nobody."""
    if order.employee_id is None:
        raise Invalid.field("employee", _("Name the employee."))
    return Employee.objects.get(pk=order.employee_id)


def department_of(order: Order) -> str:
    """The department that the order names, for whoever is of one."""
    return text(order, "department") if text(order, "role") == Role.DEPARTMENT else ""


def check_department(order: Order) -> None:
    """Raises Invalid when the position is one of a department and none is named."""
    if text(order, "role") == Role.DEPARTMENT and department_of(order) not in set(Department):
        raise Invalid.field("department", _("Choose the department."))


def revoker(order: Order) -> Employee | None:
    """Who signed the order that revokes this one."""
    return order.revocation.issued_by


def full_name(order: Order) -> str:
    """Surname, name and patronymic of the person as the order gives them."""
    return " ".join(filter(None, (text(order, key) for key in ("last_name", "first_name", "patronymic"))))


def formal_name(employee: Employee) -> str:
    """Surname, name and patronymic."""
    return " ".join(filter(None, (employee.last_name, employee.first_name, employee.patronymic)))


def position(role: str, department: str = "") -> str:
    """The position in words: «employee of another department, quality control»."""
    named_role = str(ROLE_LABELS.get(role, role))  # type: ignore[call-overload]
    named_department = str(DEPARTMENT_LABELS.get(department, ""))  # type: ignore[call-overload]
    return ", ".join(filter(None, (named_role, named_department)))


def project_words(wanted: list[str]) -> str:
    """Projects by their names."""
    return ", ".join(registry.project_names(wanted).values())


def team_of(employee: Employee) -> list[Employee]:
    """Who reports to the employee now."""
    rows = Employee.objects.filter(subordinations__senior=employee, subordinations__until=None)
    return list(rows.order_by("name_key", "first_name_key"))


def team_words(employee: Employee, successor: Employee | None) -> list[Sentence]:
    """What becomes of the people who report to the employee."""
    team = team_of(employee)
    if not team or successor is None:
        return []
    names = ", ".join(member.full_name for member in team)
    return [
        _("%(successor)s becomes the senior manager of: %(names)s.")
        % {"successor": successor.full_name, "names": names}
    ]


def successor_clause(employee: Employee, successor: Employee | None) -> list[Clause]:
    """The point of an order that gives a team its next senior manager."""
    team = team_of(employee)
    if not team or successor is None:
        return []
    facts: list[tuple[Sentence, str]] = [
        (_("Senior manager"), formal_name(successor)),
        (_("Employees"), ", ".join(formal_name(member) for member in team)),
    ]
    return [Clause(_("Put the team of the employee under:"), facts)]


def check_not_leading(employee: Employee, successor: Employee | None) -> None:
    """Raises Invalid when the employee has a team and nobody fit is named to take it over (A3)."""
    if team_of(employee):
        check_successor(employee, successor)


def check_employed(employee: Employee) -> None:
    """Raises Conflict when the employee has been dismissed."""
    if not employee.is_active:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")


def leader_again(username: str) -> Employee | None:
    """The senior manager of before, for a revocation. Raises Conflict when they are none any more."""
    if not username:
        return None
    found: Employee = Employee.objects.get(username=username)
    if found.role not in LEADS_A_TEAM or not found.is_active:
        raise Conflict(
            _("%(name)s, the senior manager of before, is none any more: issue a new order instead.")
            % {"name": found.full_name},
            code="senior_gone",
        )
    return found


def return_team(order: Order, now: datetime) -> None:
    """After a revocation: who still reports to the successor that the order named reports to its employee again."""
    senior, successor = subject_of(order), text(order, "successor")
    members = Employee.objects.employed().filter(
        username__in=order.before.get("team", []),
        subordinations__senior__username=successor,
        subordinations__until=None,
    )
    for member in members.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        tie(member, senior, now)


def check_nothing_later(order: Order) -> None:
    """Raises Conflict when another order about the person has taken effect after this one."""
    later = (
        Order.objects.filter(
            employee=order.employee, state=OrderState.IN_FORCE, took_effect_at__gt=order.took_effect_at
        )
        .exclude(kind="revocation")
        .order_by("took_effect_at")
        .last()
    )
    if later:
        raise Conflict(
            _("A later order about this employee is in force: № %(number)s. Revoke it first.")
            % {"number": later.number},
            code="later_order",
        )
