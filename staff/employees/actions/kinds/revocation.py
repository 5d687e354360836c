"""Revocation: an order that takes back another one (A3). Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fregat.lib import db, jobs
from fregat.lib.errors import Conflict, NotFound, Sentence
from staff.employees import registry
from staff.employees.models import Order
from staff.employees.registry import Clause, OrderKind
from staff.employees.statuses import TRANSITIONS, OrderState

KIND = "revocation"
EFFECT_JOB = "order_effect"


def _target(order: Order) -> Order:
    if order.revokes_id is None:
        raise NotFound()
    return Order.objects.get(pk=order.revokes_id)


def _check(order: Order, now: datetime) -> None:
    target = _target(order)
    if target.kind == KIND:
        raise Conflict(_("A revoking order is not revoked: issue a new one."), code="revocation")
    if OrderState.REVOKED not in TRANSITIONS[OrderState(target.state)]:
        raise Conflict(
            _("Only an order that is signed and not revoked yet can be revoked."), code="not_revocable"
        )


def _preview(order: Order, now: datetime) -> list[Sentence]:
    target = _target(order)
    said: list[Sentence] = [_("Order № %(number)s is no longer in force.") % {"number": target.number}]
    if target.state == OrderState.WAITING:
        return [*said, _("It has not taken effect yet, so nothing else changes.")]
    preview = registry.order_kind(target.kind).preview_revoke
    return [*said, *(preview(target, now) if preview else [])]


def _take_effect(order: Order, now: datetime) -> Mapping[str, Any]:
    """The order taken back is locked first: a worker that is giving it effect finishes, or never begins."""
    target = db.lock(Order.objects.all(), pk=order.revokes_id)
    _check(order, now)
    kind = registry.order_kind(target.kind)
    if target.state == OrderState.IN_FORCE:
        kind.revoke(target, now)
    elif kind.never_mind is not None:
        kind.never_mind(target, now)
    target.state = OrderState.REVOKED
    target.save(update_fields=["state"])
    jobs.cancel(EFFECT_JOB, target.pk)
    return {}


def _revoke(order: Order, now: datetime) -> None:
    raise Conflict(_("A revoking order is not revoked: issue a new one."), code="revocation")


def _text(order: Order) -> Sequence[Clause]:
    target = _target(order)
    facts: list[tuple[Sentence, str]] = [
        (_("Number and date"), f"№ {target.number}, {target.signed_on:%d.%m.%Y}"),
        (_("About"), str(target.wording.get("heading") or registry.order_kind(target.kind).heading)),
    ]
    if target.wording.get("person"):
        facts.append((_("Employee"), target.wording["person"]))
    return [Clause(_("Revoke the order:"), facts)]


REVOCATION = OrderKind(
    code=KIND,
    label=_("Revocation of an order"),
    check=_check,
    preview=_preview,
    take_effect=_take_effect,
    revoke=_revoke,
    heading=_("On revoking an order"),
    text=_text,
    has_form=False,
)
