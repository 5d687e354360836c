"""Appointment: somebody becomes an employee (JD I.3-5, A3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fregat.lib import notices
from fregat.lib.errors import Conflict, Invalid, Sentence
from fregat.lib.rights import Role
from staff.employees import rules
from staff.employees.actions.dismissal import dismiss
from staff.employees.actions.kinds import ground
from staff.employees.actions.people import SENIOR_NEEDED, create_employee
from staff.employees.actions.rows import check_fields
from staff.employees.actions.ties import check_leads
from staff.employees.models import Employee, Order
from staff.employees.registry import Clause, OrderKind

_TEXTS = ("username", "last_name", "first_name", "patronymic", "role", "department", "email", "phone")


def _person(order: Order) -> Employee:
    """The employee as the order would make them, not saved."""
    return Employee(**_texts(order), languages=ground.codes(order, "languages"))


def _texts(order: Order) -> dict[str, Any]:
    return {name: ground.text(order, name) for name in _TEXTS} | {"department": ground.department_of(order)}


def _check(order: Order, now: datetime) -> None:
    person = _person(order)
    check_fields(person, exclude=("password", "name_key", "first_name_key"))
    ground.check_department(order)
    if rules.is_reserved(person.username):
        raise Invalid.field("username", _("This sign-in name is an address of Fregat: choose another."))
    _check_not_promised(order, person.username)
    senior = ground.named(order, "senior")
    if rules.needs_senior(person.role) and senior is None:
        raise Invalid.field("senior", SENIOR_NEEDED)
    if senior is not None:
        check_leads(senior)


def _check_not_promised(order: Order, username: str) -> None:
    """Two orders that wait for their moments do not appoint under one name."""
    other = Order.objects.waiting().filter(kind="appointment", values__username=username).exclude(pk=order.pk)
    found = other.first()
    if found:
        raise Invalid.field(
            "username",
            _("Order № %(number)s appoints somebody under this sign-in name.") % {"number": found.number},
        )


def _preview(order: Order, now: datetime) -> list[Sentence]:
    person, senior = _person(order), ground.named(order, "senior")
    said: list[Sentence] = [
        _("%(name)s becomes an employee: %(position)s.")
        % {"name": person.full_name, "position": ground.position(person.role, person.department)},
        _(
            "Sign-in name: %(username)s. The administrator opens the account; until then nobody signs in with it."
        )
        % {"username": person.username},
    ]
    if senior is not None:
        said.append(_("Reports to %(senior)s.") % {"senior": senior.full_name})
    projects = ground.codes(order, "projects")
    if projects:
        said.append(_("Works on projects: %(projects)s.") % {"projects": ground.project_words(projects)})
    return said


def _take_effect(order: Order, now: datetime) -> Mapping[str, Any]:
    _check(order, now)
    order.employee = create_employee(
        **_texts(order), languages=ground.codes(order, "languages"), projects=ground.codes(order, "projects"),
        senior=ground.named(order, "senior"), now=now,
    )  # fmt: skip
    administrators = Employee.objects.employed().filter(role=Role.ADMIN)
    url = reverse("employees:record", args=[order.employee.username])
    notices.tell(
        administrators, "account_needed", url=url, values={"person": order.employee.full_name}, now=now
    )
    return {}


def _revoke(order: Order, now: datetime) -> None:
    """The account is closed, as long as the person has never signed in."""
    ground.check_nothing_later(order)
    employee = ground.subject_of(order)
    if employee.last_login is not None or not employee.is_active:
        raise Conflict(
            _(
                "This employee has worked here: dismiss them by an order, that is not revoking the appointment."
            ),
            code="has_worked",
        )
    ground.check_not_leading(employee, None)
    dismiss(employee, successor=None, by=ground.revoker(order), now=now)


def _preview_revoke(order: Order, now: datetime) -> list[Sentence]:
    name = ground.subject_of(order).full_name
    return [_("The account of %(name)s, who has never signed in, is closed.") % {"name": name}]


def _text(order: Order) -> Sequence[Clause]:
    senior = ground.named(order, "senior")
    facts: list[tuple[Sentence, str]] = [
        (_("Surname, name, patronymic"), ground.full_name(order)),
        (_("Position"), ground.position(ground.text(order, "role"), ground.department_of(order))),
    ]
    if senior is not None:
        facts.append((_("Senior manager"), ground.formal_name(senior)))
    projects = ground.codes(order, "projects")
    if projects:
        facts.append((_("Projects"), ground.project_words(projects)))
    return [Clause(_("Appoint to the position:"), facts)]


APPOINTMENT = OrderKind(
    code="appointment",
    label=_("Appointment"),
    check=_check,
    preview=_preview,
    take_effect=_take_effect,
    revoke=_revoke,
    heading=_("On appointment to a position"),
    text=_text,
    preview_revoke=_preview_revoke,
    concerned=lambda order: [ground.named(order, "senior")],
)
