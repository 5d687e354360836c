"""Drafts of orders: a senior manager or the head proposes, the director signs or declines (security: «propose»)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from staff.employees import registry, rules
from staff.employees.actions.orders import telling
from staff.employees.actions.orders.issuing import lock_counter, sign
from staff.employees.actions.orders.wording import worded
from staff.employees.actions.rows import lock
from staff.employees.models import Employee, Order
from staff.employees.permissions import check_issue, check_propose
from staff.employees.statuses import TRANSITIONS, OrderState


@db.action
def propose_order(
    *,
    by: Employee,
    kind: str,
    values: Mapping[str, Any],
    employee: Employee | None = None,
    effective_at: datetime | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Order:
    """Put a draft before the director. It has no number and no effect until it is signed.

    `effective_at` None: at once when signed. Raises NotAllowed (an employee of another team), NotFound, Invalid
    and Conflict (what the kind demands).
    """
    now = now or clock.now()
    order = Order(
        kind=kind, employee=employee, values=dict(values), note=note.strip(), effective_at=effective_at,
        state=OrderState.PROPOSED, proposed_by=by, proposed_at=now,
    )  # fmt: skip
    check_propose(by, order, now)
    if not registry.order_kind(kind).has_form:
        raise NotAllowed()
    if effective_at is not None and effective_at < now - rules.ORDER_PAST:
        raise Invalid.field("effective_at", _("This moment has passed. Leave it empty for «at once»."))
    registry.order_kind(kind).check(order, now)
    _check_not_proposed(order)
    order.wording = worded(order)
    order.save()
    telling.proposed(order, now)
    return order


def _check_not_proposed(order: Order) -> None:
    """A form sent twice is one proposal (the person's row is locked). Raises Conflict."""
    if order.employee is None:
        return
    lock(order.employee)
    same = Order.objects.filter(
        state=OrderState.PROPOSED, kind=order.kind, employee=order.employee, proposed_by=order.proposed_by
    )
    if same.exists():
        raise Conflict(_("You have put such an order before the director already."), code="proposed_already")


@db.action
def sign_proposal(
    *,
    by: Employee,
    order_id: int,
    effective_at: datetime | None = None,
    signed_on: date | None = None,
    now: datetime | None = None,
) -> Order:
    """The director signs a proposal: from here on it is an order like any other (see `issue_order`).

    `effective_at` None: at once. Raises NotAllowed (also for whoever proposed it), Conflict (decided already).
    """
    signed_on = signed_on or clock.local(now or clock.now()).date()
    lock_counter(signed_on.year)
    order = _locked(order_id, OrderState.WAITING)
    check_issue(by, order.employee)
    if order.proposed_by_id == by.pk:
        raise NotAllowed(_("Nobody agrees to their own proposal."), code="own_act")
    sign(order, by=by, effective_at=effective_at, signed_on=signed_on, now=now)
    telling.answered(order, "order_signed", order.issued_at or clock.now())
    return order


@db.action
def decline_proposal(*, by: Employee, order_id: int, reason: str, now: datetime | None = None) -> Order:
    """The director declines, and says why. Raises NotAllowed, Invalid (`reason`), Conflict."""
    check_issue(by)
    if not reason.strip():
        raise Invalid.field("reason", _("Say why it is declined: the author reads it."))
    return _close(order_id, OrderState.DECLINED, by, reason.strip(), now)


@db.action
def withdraw_proposal(*, by: Employee, order_id: int, now: datetime | None = None) -> Order:
    """The author takes a proposal back before it is decided. Raises NotAllowed, Conflict."""
    return _close(order_id, OrderState.WITHDRAWN, by, "", now)


def _close(order_id: int, state: OrderState, by: Employee, reason: str, now: datetime | None) -> Order:
    order = _locked(order_id, state)
    if state == OrderState.WITHDRAWN and order.proposed_by_id != by.pk:
        raise NotAllowed(_("Only its author takes a proposal back."))
    now = now or clock.now()
    order.state, order.closed_by, order.closed_at, order.closed_reason = state, by, now, reason
    order.save(update_fields=["state", "closed_by", "closed_at", "closed_reason"])
    if state == OrderState.DECLINED:
        telling.answered(order, "order_declined", now)
    telling.changed(order)
    return order


def _locked(order_id: int, to: OrderState) -> Order:
    order: Order = db.lock(Order.objects.select_related("employee", "proposed_by"), pk=order_id)
    if order.state != OrderState.PROPOSED or to not in TRANSITIONS[OrderState(order.state)]:
        raise Conflict(
            _("This order has been decided already. Open it again to see how it stands."),
            code="order_moves_forward",
        )
    return order
