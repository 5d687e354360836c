"""The director's orders: numbered, dated, never deleted and never rewritten (JD I.3-4, A3)."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staff.employees.labels import ORDER_STATE_LABELS
from staff.employees.querysets import OrderQuerySet
from staff.employees.statuses import SIGNED, OrderState

# Plain texts: migrations keep them without knowing this room's code.
_LABELS = [(state.value, label) for state, label in ORDER_STATE_LABELS.items()]
_STATES = [state.value for state in OrderState]
_SIGNED = sorted(state.value for state in SIGNED)
_ENDED = [OrderState.IN_FORCE.value, OrderState.REVOKED.value]


def _person(related_name: str = "+") -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name=related_name
    )


def _pair(name: str, one: str, other: str) -> models.CheckConstraint:
    """Both or neither."""
    return models.CheckConstraint(
        condition=Q(**{one: None, other: None}) | Q(**{f"{one}__isnull": False, f"{other}__isnull": False}),
        name=name,
    )


class OrderCounter(models.Model):
    """The last number of a year and its date: locked while an order is signed, so that there are no gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Order(models.Model):
    """What the director orders; what it does is known to its kind (`registry.order_kind`).

    A trigger keeps what was signed as it was signed, and the application's role cannot delete. `values`
    is what the kind needs, people by username. `wording` is the text as it was signed, in Ukrainian;
    `before` is what the kind noted at its effect, so that a revocation can put it back.
    """

    number = models.CharField(_("number"), max_length=20, blank=True)
    """Empty until the director signs."""
    kind = models.CharField(_("kind"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=_LABELS)
    employee = _person("orders")
    subject = models.CharField(max_length=100, blank=True)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    note = models.TextField(_("ground"), blank=True)
    signed_on = models.DateField(_("date"), null=True)
    effective_at = models.DateTimeField(_("takes effect"), null=True)
    """Null in a proposal: at once, when it is signed."""
    took_effect_at = models.DateTimeField(null=True)
    proposed_by = _person()
    proposed_at = models.DateTimeField(null=True)
    issued_by = _person()
    issued_at = models.DateTimeField(null=True)
    closed_by = _person()
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(blank=True)
    """Why a proposal was declined."""
    revokes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="revocation")
    wording = models.JSONField(default=dict)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    concerned = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Ids of the employees whom its effect concerned: they were told, and may read it."""
    failed_at = models.DateTimeField(null=True)
    failed_reason = models.TextField(blank=True)
    """Why a waiting order could not take effect at its moment, as it was then."""

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of the director")
        verbose_name_plural = _("orders of the director")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="order_number_once"),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="order_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_SIGNED, signed_on__isnull=False, effective_at__isnull=False)
                & Q(issued_by__isnull=False, issued_at__isnull=False)
                & ~Q(number="")
                | ~Q(state__in=_SIGNED) & Q(number="", signed_on=None, issued_by=None, issued_at=None),
                name="order_signed_with_number",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", took_effect_at__isnull=False)
                | Q(state="revoked")
                | ~Q(state__in=_ENDED) & Q(took_effect_at=None),
                name="order_in_force_since",
            ),
            models.CheckConstraint(
                condition=Q(kind="revocation", revokes__isnull=False)
                | ~Q(kind="revocation") & Q(revokes=None),
                name="order_revokes_an_order",
            ),
            _pair("order_proposed_by", "proposed_by", "proposed_at"),
            _pair("order_closed_by", "closed_by", "closed_at"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(closed_reason=""),
                name="order_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None, failed_reason="")
                | Q(failed_at__isnull=False) & ~Q(failed_reason=""),
                name="order_failed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="order_by_time"),
            models.Index(fields=["effective_at"], name="order_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.number or f"proposal {self.pk}"

    @property
    def is_signed(self) -> bool:
        """Has it a number and a date?"""
        return self.state in SIGNED


# Its history (pghistory puts the class into this module).
OrderEvent = Order.pgh_event_model  # type: ignore[attr-defined]
