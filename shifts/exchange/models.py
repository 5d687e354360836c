"""A request to give a shift away, or to exchange it (B3)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shifts.exchange.labels import STATE_LABELS
from shifts.exchange.querysets import ExchangeQuerySet
from shifts.exchange.statuses import OPEN, State

_PEOPLE = settings.AUTH_USER_MODEL
# Plain texts: migrations do not import the room.
_OPEN = sorted(state.value for state in OPEN)


class OneId(Func):
    """A row's number as a range that holds it alone."""

    function = "INT8RANGE"

    def __init__(self, number: F | Coalesce) -> None:
        super().__init__(number, number, Value("[]"))


class Both(Func):
    """Several ranges as one value: two of these overlap when they have a number in common."""

    function = "INT8MULTIRANGE"


@pghistory.track()
class Exchange(models.Model):
    """The giver asks the colleague to work `shift`; for `wanted`, a shift of the colleague, or for nothing."""

    shift = models.ForeignKey("roster.Shift", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="exchanges_asked")
    colleague = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="exchanges_to_answer")
    wanted = models.ForeignKey(
        "roster.Shift", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=list(STATE_LABELS.items()))
    words = models.TextField(_("note"), blank=True)
    """What the giver says about it."""
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    """Until when it waits: the first of its shifts can be begun then."""
    answered_at = models.DateTimeField(null=True, blank=True)
    """When the colleague agreed or refused."""
    answer = models.TextField(blank=True)
    """What the colleague says about it."""
    decided_by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    """Why it was refused, or why a rule of working time is overridden."""
    fallen_at = models.DateTimeField(null=True, blank=True)
    fallen_why = models.CharField(max_length=12, blank=True)
    shift_now = models.ForeignKey(
        "roster.Shift", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """The colleague's new shift, once it is done."""
    wanted_now = models.ForeignKey(
        "roster.Shift", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """The giver's new shift."""

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange of shifts")
        verbose_name_plural = _("exchanges of shifts")
        constraints = [
            ExclusionConstraint(
                name="one_open_exchange_per_shift",
                expressions=[
                    (
                        Both(OneId(F("shift")), OneId(Coalesce(F("wanted"), F("shift")))),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=_OPEN),
            ),
            models.CheckConstraint(condition=~Q(giver=F("colleague")), name="exchange_of_two_people"),
            models.CheckConstraint(
                condition=Q(wanted=None) | ~Q(wanted=F("shift")), name="exchange_of_two_shifts"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None)
                | Q(state__in=["withdrawn", "fallen"])
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="exchange_answered_with_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=["done", "refused"]) & Q(decided_by=None, decided_at=None)),
                name="exchange_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="exchange_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="fallen", fallen_at__isnull=False) & ~Q(fallen_why="")
                | ~Q(state="fallen") & Q(fallen_at=None, fallen_why=""),
                name="exchange_fallen_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(shift_now=None, wanted_now=None),
                name="exchange_shifts_of_done",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="exchange_by_state")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_asked(self) -> bool:
        """The colleague has not answered."""
        return self.state == State.ASKED

    @property
    def is_accepted(self) -> bool:
        """The senior manager has not decided."""
        return self.state == State.ACCEPTED

    @property
    def is_open(self) -> bool:
        """Somebody's word is awaited."""
        return self.state in OPEN
