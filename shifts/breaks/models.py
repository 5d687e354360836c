"""Breaks inside a shift: asked for, agreed to, really taken (JD I.7, B2)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fregat.lib.periods import Period
from shifts.breaks.labels import KIND_LABELS, STATE_LABELS
from shifts.breaks.querysets import BreakQuerySet
from shifts.breaks.statuses import STANDING, State
from shifts.roster.models import Shift

# Plain texts: migrations do not import the room.
_STANDING = sorted(state.value for state in STANDING)


@pghistory.track()
class Break(models.Model):
    """One break of one shift. Refused and withdrawn ones stay, marked."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="breaks")
    kind = models.CharField(_("kind"), max_length=10, choices=list(KIND_LABELS.items()))
    asked_for = models.DateTimeField()
    """The time that the employee wished."""
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    """Planned; what really was stands in `begun_at` and `ended_at`."""
    state = models.CharField(_("state"), max_length=10, choices=list(STATE_LABELS.items()))
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_program = models.BooleanField(default=False)
    """Nobody came back: the program ended it with the shift."""

    objects = BreakQuerySet.as_manager()

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(kind="lunch", state__in=_STANDING), name="one_lunch_a_shift"
            ),
            models.UniqueConstraint(fields=["shift"], condition=Q(state="running"), name="one_break_runs"),
            ExclusionConstraint(
                name="no_two_breaks_at_once",
                expressions=[
                    ("shift", RangeOperators.EQUAL),
                    (Period(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["asked", "agreed"]),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="break_not_empty"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="break_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "over"]) | Q(begun_at__isnull=False),
                name="break_begun_when_it_runs",
            ),
            models.CheckConstraint(
                condition=~Q(state="over") | Q(ended_at__gte=F("begun_at")), name="break_over_when_it_ended"
            ),
            models.CheckConstraint(
                condition=Q(ended_by_program=False) | Q(state="over"), name="break_ended_by_program_is_over"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "ends_at"], name="break_by_time", condition=Q(state__in=_STANDING)
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_asked(self) -> bool:
        """It waits for the senior manager."""
        return self.state == State.ASKED

    @property
    def is_agreed(self) -> bool:
        """It is agreed to and not begun: it may still be moved or refused."""
        return self.state == State.AGREED
