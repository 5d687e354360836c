"""What the kinds of orders share: people named in an order, their words, whether an effect still stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Conflict, Invalid
from staff.employees import registry
from staff.employees.labels import DEPARTMENT_LABELS, ROLE_LABELS
from staff.employees.models import Employee, Order


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


def check_nothing_later(order: Order) -> None:
    """Raises Conflict when another order about the person has taken effect after this one."""
    later = (
        Order.objects.filter(
            employee=order.employee, state="in_force", took_effect_at__gt=order.took_effect_at
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
