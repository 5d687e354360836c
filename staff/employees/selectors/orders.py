"""The read side of the director's orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.translation import gettext as _

from fregat.lib import clock
from fregat.lib.errors import DomainError, Invalid, NotFound, Sentence
from fregat.lib.gates import row_id
from staff.employees import permissions, registry
from staff.employees.models import Employee, Order
from staff.employees.rules import ABOUT_EMPLOYED, needs_senior
from staff.employees.statuses import OrderState

PAGE = 50
"""Orders that the register shows at a time."""

_PEOPLE = ("employee", "issued_by", "proposed_by", "closed_by", "revokes", "revocation__issued_by")


def get_order(user: Employee, pk: int | str, *, now: datetime) -> Order:
    """The one gate to an order. Raises NotFound for one that this person may not know of."""
    rows = Order.objects.visible_to(user, now).select_related(*_PEOPLE)
    order: Order | None = rows.filter(pk=row_id(pk)).first()
    if order is None:
        raise NotFound()
    return order


# --- The register ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Register:
    """One page of the register; `after` names the last of its rows when there are more."""

    rows: list[Order]
    more: bool
    counts: dict[str, int]
    """State → how many orders that one may see, the other filters kept."""


def register(user: Employee, filters: Mapping[str, str], *, after: int | None, now: datetime) -> Register:
    """The orders that the person may see, what asks for a decision first, then the newest (two statements)."""
    rows = _filtered(Order.objects.visible_to(user, now), filters)
    page = rows.select_related("employee", "issued_by", "proposed_by").order_by("-pk")
    if after is not None:
        page = page.filter(pk__lt=after)
    listed = list(page[: PAGE + 1])
    others = _filtered(Order.objects.visible_to(user, now), {**filters, "state": ""})
    found = dict(others.order_by().values_list("state").annotate(Count("pk")))
    return Register(listed[:PAGE], len(listed) > PAGE, found)


def to_decide(user: Employee, now: datetime) -> list[Order]:
    """What waits for this director: proposals to sign, orders that could not take effect, the oldest first."""
    if not permissions.can_manage(user, "order.issue"):
        return []
    asks = Q(state=OrderState.PROPOSED) | Q(state=OrderState.WAITING, failed_at__isnull=False)
    rows = Order.objects.visible_to(user, now).filter(asks).select_related("employee", "proposed_by")
    failed_first = Case(When(state=OrderState.WAITING, then=0), default=1)
    return list(rows.order_by(failed_first, "pk")[:PAGE])


def _filtered(rows: QuerySet[Order], filters: Mapping[str, str]) -> QuerySet[Order]:
    if filters.get("number"):
        rows = rows.filter(number__istartswith=filters["number"].strip().lstrip("№ "))
    if filters.get("employee"):
        rows = rows.filter(employee__username=filters["employee"])
    for name in ("kind", "state"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    return rows


RECENT = 10
"""Orders that the card of a personal record shows."""


def orders_card(viewer: Employee, employee: Employee, now: datetime) -> dict[str, Any] | None:
    """The card of the personal record: orders about the person, and those that may be begun (two statements)."""
    rows = Order.objects.visible_to(viewer, now).filter(employee=employee).order_by("-pk")
    listed = list(rows[: RECENT + 1])
    begins = _begins_about(viewer, employee, now)
    if not listed and not begins:
        return None
    return {
        "employee": employee, "orders": listed[:RECENT], "more": len(listed) > RECENT, "begins": begins,
    }  # fmt: skip


def _begins_about(viewer: Employee, employee: Employee, now: datetime) -> list[tuple[str, Sentence]]:
    if employee.dismissed_at is not None or not permissions.can_order_about(viewer, employee, now):
        return []
    kinds = [kind for kind in registry.order_kinds() if kind.has_form and kind.code in ABOUT_EMPLOYED]
    return [
        (kind.code, kind.label)
        for kind in kinds
        if kind.code != "senior_change" or needs_senior(employee.role)
    ]


# --- One order, and one that is not yet -----------------------------------------------------------------


@dataclass(frozen=True)
class Foreseen:
    """What an order would do as things stand now: what forbids it, what it does, what to think of."""

    faults: list[Sentence]
    effects: list[Sentence]
    warnings: list[Sentence]


def foresee(order: Order, now: datetime) -> Foreseen:
    """What this order, not signed yet or waiting, would do now. Nothing is written or locked."""
    kind = registry.order_kind(order.kind)
    warnings = _waiting_about(order)
    try:
        kind.check(order, now)
    except Invalid as refused:
        return Foreseen([text for texts in refused.errors.values() for text in texts], [], warnings)
    except DomainError as refused:
        return Foreseen([refused.sentence], [], warnings)
    return Foreseen([], kind.preview(order, now), warnings)


def foresee_revocation(order: Order, now: datetime) -> Foreseen:
    """What revoking this order would do now."""
    paper = Order(kind="revocation", revokes=order, employee=order.employee)
    return foresee(paper, now)


def _waiting_about(order: Order) -> list[Sentence]:
    """Other orders about the same person that wait for their moment."""
    if order.employee_id is None:
        return []
    rows = (
        Order.objects.waiting()
        .filter(employee=order.employee_id)
        .exclude(pk__in=[order.pk, order.revokes_id])
    )
    return [
        _("Another order about this employee waits: № %(number)s, %(kind)s, from %(moment)s.")
        % {
            "number": row.number,
            "kind": str(registry.order_kind(row.kind).label).lower(),
            "moment": f"{clock.local(row.effective_at):%d.%m.%Y %H:%M}" if row.effective_at else "",
        }
        for row in rows.order_by("effective_at")
    ]


def order_page(user: Employee, order: Order, *, now: datetime) -> dict[str, Any]:
    """What the page of one order shows, and what this person may do with it."""
    signs = permissions.can_manage(user, "order.issue", order.employee)
    proposed = order.state == OrderState.PROPOSED
    waiting = order.state == OrderState.WAITING
    return {
        "order": order,
        "kind_label": registry.order_kind(order.kind).label,
        "foreseen": foresee(order, now) if proposed or waiting else None,
        "may_sign": signs and proposed and order.proposed_by_id != user.pk,
        "may_withdraw": proposed and order.proposed_by_id == user.pk,
        "may_revoke": signs
        and order.kind != "revocation"
        and order.state in (OrderState.WAITING, OrderState.IN_FORCE),
        "may_retry": signs and waiting and order.failed_at is not None,
        "overdue": waiting and order.effective_at is not None and order.effective_at < now,
    }


# --- Whom and what a form offers ---------------------------------------------------------------------------


def people_for_orders(user: Employee, now: datetime) -> list[Employee]:
    """Whom this person may order or propose something about: employed, and never themselves (one statement)."""
    rows = Employee.objects.employed().exclude(pk=user.pk)
    if not permissions.can_manage(user, "order.issue") and not permissions.proposes_for_all(user):
        rows = rows.filter(pk__in=Employee.objects.team_of(user, now).values("pk"))
    return list(rows.order_by("name_key", "first_name_key"))


def senior_managers() -> list[Employee]:
    """Employed senior managers (one statement)."""
    rows = Employee.objects.employed().filter(role__in=["senior"])
    return list(rows.order_by("name_key", "first_name_key"))


def people_in_orders(user: Employee, now: datetime) -> list[Employee]:
    """Whom the orders that this person may see are about (one statement)."""
    about = Order.objects.visible_to(user, now).values("employee")
    return list(Employee.objects.filter(pk__in=about).order_by("name_key", "first_name_key"))


def has_team(username: str) -> bool:
    """Does anybody report to this employee now? (One statement, none for nobody.)"""
    if not username:
        return False
    ties = Employee.objects.filter(subordinations__senior__username=username, subordinations__until=None)
    return bool(ties.exists())
