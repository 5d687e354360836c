"""Patterns found in the log, and how they were examined."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.privacy.labels import PATTERN_LABELS, STATE_LABELS
from cases.privacy.querysets import FindingQuerySet
from cases.privacy.statuses import State


class Finding(models.Model):
    """Looks of one employee that somebody must explain; nobody examines their own (E1)."""

    key = models.CharField(max_length=120, unique=True)
    """Pattern, employee, and the hour, day, night or person: the same thing is found once."""
    pattern = models.CharField(_("what was noticed"), max_length=20, choices=list(PATTERN_LABELS.items()))
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="findings")
    looks = ArrayField(models.BigIntegerField())
    """Numbers of the looks in the log."""
    since = models.DateTimeField()
    until = models.DateTimeField()
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=list(STATE_LABELS.items()), default=State.NEW)
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    reason = models.TextField(blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(taken_up_by=F("employee")) & ~Q(decided_by=F("employee")), name="finding_not_own"
            ),
            models.CheckConstraint(
                condition=Q(taken_up_at=None, taken_up_by=None, state="new")
                | (Q(taken_up_at__isnull=False, taken_up_by__isnull=False) & ~Q(state="new")),
                name="finding_taken_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(explained_at=None, explanation="")
                | (Q(explained_at__isnull=False) & ~Q(explanation="")),
                name="finding_explained_in_words",
            ),
            models.CheckConstraint(
                condition=(
                    Q(decided_at=None, decided_by=None, reason="") & ~Q(state__in=["justified", "breach"])
                )
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, state__in=["justified", "breach"])
                    & ~Q(reason="")
                ),
                name="finding_decided_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="finding_open", condition=Q(decided_at=None)),
            models.Index(fields=["employee", "-id"], name="finding_of_employee"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class PatternMark(models.Model):
    """Up to which row of the log patterns were looked for: `at_once`, and `later` for what needs an hour's patience."""

    name = models.CharField(max_length=10, primary_key=True)
    through_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
