"""Planned working time: instants for the program, wall times for when a zone's rules change."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fregat.lib.periods import Period
from shifts.roster.labels import KIND_LABELS
from shifts.roster.querysets import ShiftQuerySet


@pghistory.track(exclude=["version"])
class Shift(models.Model):
    """One employee's planned working time (JD II.11, B3): a draft until published. A cancelled shift stays, marked.

    `local_start` and `local_end` are the wall times that were planned, in `zone`: arithmetic goes on the
    instants, and the instants of future shifts are computed anew when the zone's rules change.
    """

    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts")
    kind = models.CharField(_("kind"), max_length=10, choices=list(KIND_LABELS.items()))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    local_start = models.CharField(max_length=16)
    local_end = models.CharField(max_length=16)
    zone = models.CharField(max_length=40, default="Europe/Kyiv")
    leads = models.BooleanField(_("leads the shift"), default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(blank=True)
    overridden = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    """Kinds of the rules that the reason of the last change overrides (`rules.RuleKind`)."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    """When it became binding; null for a draft, which only those see who plan this person's shifts."""
    confirm_asked_at = models.DateTimeField(null=True, blank=True)
    """The last change after publication, which the employee is asked to confirm having seen."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_two_shifts_at_once",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    (Period(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None),
            ),
            ExclusionConstraint(
                name="one_leader_at_a_moment",
                expressions=[(Period(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None, leads=True),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_not_empty"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(reason=""), name="shift_cancelled_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(confirm_asked_at=None) | Q(published_at__isnull=False),
                name="only_published_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("confirm_asked_at")),
                name="confirmed_after_asked",
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="shift_by_time")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.local_start}–{self.local_end}"

    @property
    def is_cancelled(self) -> bool:
        """Cancelled shifts bind nobody."""
        return self.cancelled_at is not None

    @property
    def is_draft(self) -> bool:
        """A draft binds nobody either, and is seen by those who plan alone."""
        return self.published_at is None

    @property
    def is_unconfirmed(self) -> bool:
        """Changed after publication, and the employee has not said yet that they have seen it."""
        return self.confirm_asked_at is not None and self.confirmed_at is None


ShiftEvent = Shift.pgh_event_model  # type: ignore[attr-defined]
