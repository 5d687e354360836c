"""Who learns of an order, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from fregat.lib import live, notices
from fregat.lib.rights import Role
from staff.employees import registry
from staff.employees.models import Employee, Order
from staff.employees.permissions import ORDERS_CHANNEL


def concerned(order: Order) -> list[int]:
    """Ids of those whom the effect concerns: the employee, and whom the kind names."""
    named = registry.order_kind(order.kind).concerned
    people = [order.employee, *(named(order) if named else [])]
    return sorted({person.pk for person in people if person is not None})


def directors() -> Iterable[Employee]:
    """Who signs orders."""
    rows: Iterable[Employee] = Employee.objects.employed().filter(role=Role.DIRECTOR)
    return rows


def in_force(order: Order, now: datetime) -> None:
    """Those concerned read of it, but for whoever signed it."""
    people = Employee.objects.filter(pk__in=order.concerned).exclude(pk=order.issued_by_id)
    _tell(people, "order_in_force", order, now)


def failed(order: Order, now: datetime) -> None:
    """The directors must decide what becomes of it."""
    _tell(directors(), "order_failed", order, now)


def proposed(order: Order, now: datetime) -> None:
    """The directors have something to sign."""
    _tell(directors(), "order_proposed", order, now)


def answered(order: Order, kind: str, now: datetime) -> None:
    """The author of a proposal learns how the director decided: `order_signed` or `order_declined`."""
    if order.proposed_by is not None:
        _tell([order.proposed_by], kind, order, now)


def changed(order: Order) -> None:
    """Open pages that show the order fetch it anew."""
    live.publish(ORDERS_CHANNEL, "order")


def _tell(people: Iterable[Employee], kind: str, order: Order, now: datetime) -> None:
    values = {
        "number": order.number,
        "heading": order.wording.get("heading", ""),
        "person": order.wording.get("person", ""),
        "author": order.proposed_by.full_name if order.proposed_by else "",
    }
    url = reverse("employees:order", args=[order.pk])
    notices.tell(people, kind, url=url, values=values, about=order.pk, now=now)
    changed(order)
