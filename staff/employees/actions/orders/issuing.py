"""An order is signed, or another one revokes it (JD I.3-4, A3).

Order of locks: the counter of the year, the order's row, the people. A job holds its own row and takes the
order's with NOWAIT (`fregat.lib.jobs`), so that a person who revokes never waits for a worker that waits
for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, jobs
from fregat.lib.errors import Conflict, Invalid, Sentence
from staff.employees import registry, rules
from staff.employees.actions.kinds.revocation import EFFECT_JOB
from staff.employees.actions.kinds.revocation import KIND as REVOCATION
from staff.employees.actions.orders.effect import put_into_force
from staff.employees.actions.orders.telling import changed
from staff.employees.actions.orders.wording import worded
from staff.employees.models import Employee, Order, OrderCounter
from staff.employees.permissions import check_issue
from staff.employees.statuses import OrderState

_DATE_FAULTS: dict[str, Sentence] = {
    "future": _("An order is not dated in the future; when it takes effect is another field."),
    "too_old": _("An order is dated at most 14 days back."),
    "before_last": _("The last order has a later date: numbers and dates go forward together."),
}


@db.action
def issue_order(
    *,
    by: Employee,
    kind: str,
    values: Mapping[str, Any],
    employee: Employee | None = None,
    subject: str = "",
    effective_at: datetime | None = None,
    signed_on: date | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Order:
    """Sign an order. It takes effect at `effective_at` (aware; None: at once), by a job when that is later.

    `signed_on` is the date printed on it (None: today in Kyiv), `note` its ground. Raises NotAllowed,
    NotFound (no such kind), Invalid and Conflict (the date, the moment, what the kind demands).
    """
    check_issue(by, employee)
    registry.order_kind(kind)
    order = Order(kind=kind, employee=employee, subject=subject, values=dict(values), note=note.strip())
    return sign(order, by=by, effective_at=effective_at, signed_on=signed_on, now=now)


@db.action
def revoke_order(
    *, by: Employee, order: Order, reason: str, signed_on: date | None = None, now: datetime | None = None
) -> Order:
    """Revoke an order by another one, at once; returns the revoking order.

    What was in force is put back by the order's kind. Raises NotAllowed, Invalid (`reason`), Conflict (it
    is revoked already, or cannot be put back: the sentence says why).
    """
    check_issue(by, order.employee)
    if not reason.strip():
        raise Invalid.field("reason", _("Say why the order is revoked."))
    paper = Order(kind=REVOCATION, employee=order.employee, revokes=order, note=reason.strip())
    return sign(paper, by=by, effective_at=None, signed_on=signed_on, now=now)


def sign(
    order: Order,
    *,
    by: Employee,
    effective_at: datetime | None,
    signed_on: date | None,
    now: datetime | None,
) -> Order:
    """Number, date and sign the order (a new one, or a locked proposal), then give it effect or let it wait."""
    signed_on = signed_on or clock.local(now or clock.now()).date()
    counter = lock_counter(signed_on.year)
    now = now or clock.now()
    if effective_at is not None and effective_at < now - rules.ORDER_PAST:
        raise Invalid.field("effective_at", _("This moment has passed. Leave it empty for «at once»."))
    kind = registry.order_kind(order.kind)
    kind.check(order, now)
    order.number, order.signed_on = _next_number(counter, signed_on, now), signed_on
    order.effective_at = max(effective_at, now) if effective_at else now
    _check_not_twice(order)
    order.issued_by, order.issued_at, order.state = by, now, OrderState.WAITING
    order.wording = worded(order)
    order.save()
    if order.effective_at <= now:
        put_into_force(order, now=now)
    else:
        jobs.schedule(EFFECT_JOB, order.pk, order.effective_at)
    changed(order)
    return order


def _check_not_twice(order: Order) -> None:
    """The same order does not wait twice (a form sent again); the counter's lock lets one look at a time.

    Raises Conflict, also for a second dismissal at whatever moment.
    """
    if order.employee_id is None or order.kind == REVOCATION:
        return
    same = Order.objects.waiting().filter(employee=order.employee_id, kind=order.kind).exclude(pk=order.pk)
    twice = same.filter(Q(kind="dismissal") | Q(effective_at=order.effective_at)).first()
    if twice:
        raise Conflict(
            _(
                "Order № %(number)s says the same about this employee and waits for its moment: revoke it first."
            )
            % {"number": twice.number},
            code="waits_already",
        )


def lock_counter(year: int) -> OrderCounter:
    """The year's counter, locked until the end of the transaction: numbers have no gaps and come one by one."""
    OrderCounter.objects.get_or_create(year=year)
    return OrderCounter.objects.select_for_update().get(year=year)


def _next_number(counter: OrderCounter, signed_on: date, now: datetime) -> str:
    fault = rules.order_date_fault(
        signed_on=signed_on, today=clock.local(now).date(), last_on=counter.last_on
    )
    if fault:
        raise Invalid.field("signed_on", _DATE_FAULTS[fault])
    counter.last, counter.last_on = counter.last + 1, signed_on
    counter.save(update_fields=["last", "last_on"])
    return rules.order_number(counter.last, counter.year)
