"""When the employee really began and ended, and changes of the end that both sides agree to (JD I.6, B1)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shifts.attendance.labels import END_STATE_LABELS
from shifts.attendance.querysets import EndChangeQuerySet
from shifts.roster.models import Shift


class Attendance(models.Model):
    """The real beginning and end of a shift (B1). No row: nobody came yet."""

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="attendance")
    begun_at = models.DateTimeField()
    late_seconds = models.PositiveIntegerField(default=0)
    """Seconds after the planned start at `begun_at`; 0 when in time."""
    address = models.GenericIPAddressField(null=True)
    left_at = models.DateTimeField(null=True, blank=True)
    """Signed out everywhere while the shift ran; empty again when they come back."""
    ended_at = models.DateTimeField(null=True, blank=True)
    """The real end, written when the shift is over."""
    early_seconds = models.PositiveIntegerField(default=0)
    """Seconds before the planned end at which they had left without its being agreed."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                name="attendance_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(early_seconds=0) | Q(ended_at__isnull=False), name="attendance_early_when_ended"
            ),
        ]
        indexes = [models.Index(fields=["shift"], name="attendance_open", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.shift_id}"


@pghistory.track()
class EndChange(models.Model):
    """A wish to end a shift earlier or later than planned, agreed to by the other side (B1, B6).

    The employee asks and the senior manager agrees; a prolongation the senior manager may ask for, and the
    employee agrees to it.
    """

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="end_changes")
    planned_end = models.DateTimeField()
    """The end of the shift when it was asked."""
    ends_at = models.DateTimeField(_("new end"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=10, choices=list(END_STATE_LABELS.items()), default="asked"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    """Why it was refused."""

    objects = EndChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the end of a shift")
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state="asked"), name="one_end_change_asked"
            ),
            models.CheckConstraint(condition=~Q(ends_at=F("planned_end")), name="end_change_changes"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="end_change_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="nobody_agrees_to_own_end_change",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""), name="end_change_refused_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["shift", "state"], name="end_change_by_shift")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_early(self) -> bool:
        """Leaving before the planned end; else staying after it."""
        return self.ends_at < self.planned_end

    @property
    def is_asked(self) -> bool:
        """It waits for the other side."""
        return self.state == "asked"


class LatenessRule(models.Model):
    """From when lateness counts as systematic (JD IV.7): data, each change a new row. The newest is in force."""

    times = models.PositiveSmallIntegerField(_("times"))
    days = models.PositiveSmallIntegerField(_("days"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    """Later than this; less is forgiven."""
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rule of lateness")
        constraints = [
            models.CheckConstraint(
                condition=Q(times__gte=1, times__lte=100, days__gte=1, days__lte=366, minutes__lte=600),
                name="lateness_rule_is_sane",
            )
        ]

    def __str__(self) -> str:
        return f"{self.times}/{self.days}/{self.minutes}"
