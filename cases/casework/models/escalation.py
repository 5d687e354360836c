"""What the senior manager must know at once, and the acknowledgement (JD II.10, C5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.casework.labels import ESCALATION_LABELS
from cases.casework.models.case import Case
from cases.casework.querysets import EscalationQuerySet


class Escalation(models.Model):
    """One thing told to a senior manager about a case: once for each (reason, subject)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="escalations")
    reason = models.CharField(max_length=12, choices=list(ESCALATION_LABELS.items()))
    subject = models.CharField(max_length=60, blank=True)
    """What raised it (country code, service id, `place`), so that it is told once."""
    text = models.TextField(blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    """Null: the program."""
    due_at = models.DateTimeField()
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="escalations"
    )
    doctor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    """The doctor who was woken with it, and is told first; null: told to a senior manager at once."""
    risen_at = models.DateTimeField(null=True)
    """When it rose to the head, not acknowledged in time."""
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    cancelled = models.BooleanField(default=False)
    """Acknowledged as unfounded; never erased."""
    cancel_reason = models.TextField(blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reason", "subject"], condition=~Q(subject=""), name="escalated_once"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="escalation_acknowledged_paired",
            ),
            models.CheckConstraint(
                condition=Q(cancelled=False) | (Q(acknowledged_at__isnull=False) & ~Q(cancel_reason="")),
                name="escalation_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(doctor=None) | Q(reason="woken"), name="escalation_wakes_a_doctor"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("raised_at")), name="escalation_due_later"),
        ]
        indexes = [
            models.Index(
                fields=["addressee", "due_at"], name="escalation_open", condition=Q(acknowledged_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.reason}"
