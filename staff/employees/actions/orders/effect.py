"""An order takes effect: at its signing, or by a job at its moment. The job survives `kill -9`."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, jobs
from fregat.lib.errors import Conflict, DomainError, Invalid
from staff.employees import registry
from staff.employees.actions.kinds.revocation import EFFECT_JOB
from staff.employees.actions.orders import telling
from staff.employees.models import Employee, Order
from staff.employees.permissions import check_issue
from staff.employees.statuses import OrderState


@db.action
def put_into_force(order: Order, *, now: datetime) -> None:
    """The effect itself (the order is locked, or new). Raises what the kind refuses by."""
    kind = registry.order_kind(order.kind)
    order.before = dict(kind.take_effect(order, now) or {})
    order.state, order.took_effect_at = OrderState.IN_FORCE, now
    order.failed_at, order.failed_reason = None, ""
    order.concerned = telling.concerned(order)
    order.save(
        update_fields=[
            "employee", "before", "state", "took_effect_at", "failed_at", "failed_reason", "concerned",
        ]
    )  # fmt: skip
    telling.in_force(order, now)


@db.action
def give_effect(order_id: int) -> None:
    """The moment of a waiting order has come. Done twice, or too early, it does nothing.

    The order's row is taken with NOWAIT (`fregat.lib.jobs`): a director who revokes it right now does not wait
    for a worker. When things have changed so that it cannot take effect, it goes on waiting with the reason,
    and the directors are told: nothing vanishes silently.
    """
    order = Order.objects.select_for_update(nowait=True, of=("self",)).filter(pk=order_id).first()
    now = clock.now()
    if order is None or order.state != OrderState.WAITING:
        return
    if order.effective_at and order.effective_at > now:
        jobs.schedule(EFFECT_JOB, order.pk, order.effective_at)
        return
    try:
        put_into_force(order, now=now)
    except DomainError as refused:
        if jobs.is_busy(refused):
            raise
        _note_failure(order_id, refused, now)


@db.action
def retry_order(*, by: Employee, order_id: int, now: datetime | None = None) -> Order:
    """Give effect now to an order that could not take it at its moment, things having been mended.

    Raises NotAllowed, NotFound, Conflict (it does not wait, or its moment has not come), and what the kind
    refuses by.
    """
    order: Order = db.lock(Order.objects.all(), pk=order_id)
    check_issue(by, order.employee)
    now = now or clock.now()
    if order.state != OrderState.WAITING or order.failed_at is None:
        raise Conflict(_("Only an order that could not take effect at its moment is tried again."))
    put_into_force(order, now=now)
    jobs.cancel(EFFECT_JOB, order.pk)
    return order


def _note_failure(order_id: int, refused: DomainError, now: datetime) -> None:
    with translation.override("uk"):
        reason = _reason(refused)
    order = Order.objects.get(pk=order_id)
    order.failed_at, order.failed_reason = now, reason
    order.save(update_fields=["failed_at", "failed_reason"])
    telling.failed(order, now)


def _reason(refused: DomainError) -> str:
    """The refusal in words; of a form's faults the first of each field."""
    if isinstance(refused, Invalid):
        return " ".join(str(texts[0]) for texts in refused.errors.values())
    return str(refused.sentence)
