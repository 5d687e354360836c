"""Broken glass: who read what outside their scope, why, and who judged it (E1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.privacy.labels import GLASS_OUTCOMES, GLASS_REASONS, KIND_LABELS
from cases.privacy.querysets import BrokenGlassQuerySet


class BrokenGlass(models.Model):
    """One record opened for reading for half an hour, outside the scope of whoever opened it.

    A row is also written when nothing was found: who tries numbers in vain uses up the day's share, and is
    judged as well. The record is named by value, never by foreign key.
    """

    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    """`person` or `case`."""
    object_uuid = models.UUIDField(null=True)
    """Null: nothing was found."""
    number = models.CharField(max_length=60, blank=True)
    """What was asked for: the number of the case or of the policy."""
    project = models.SlugField(max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=20)
    words = models.TextField(_("in your own words"))
    confirmed_by = models.CharField(max_length=20)
    """`password` or `second_factor`."""
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """Given back before its time."""
    review_due_at = models.DateTimeField()
    overdue_told_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    outcome = models.CharField(max_length=20, blank=True)
    review_words = models.TextField(blank=True)

    objects = BrokenGlassQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["employee", "-opened_at"], name="glass_of_employee"),
            models.Index(fields=["review_due_at"], name="glass_to_review", condition=Q(reviewed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, outcome="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, outcome__gt=""),
                name="glass_is_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("employee")), name="nobody_judges_own_glass"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("opened_at")), name="glass_ends_after_it_began"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(reason=""), name="glass_is_broken_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def kind_label(self) -> str:
        """What was opened, in words."""
        return str(KIND_LABELS.get(self.kind, self.kind))

    @property
    def reason_label(self) -> str:
        """The reason, in words."""
        return str(GLASS_REASONS.get(self.reason, self.reason))

    @property
    def outcome_label(self) -> str:
        """The judgement, in words."""
        return str(GLASS_OUTCOMES.get(self.outcome, ""))
