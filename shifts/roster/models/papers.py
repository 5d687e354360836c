"""What leaves the roster: a calendar by a secret address, a table of hours for the accountants."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarKey(models.Model):
    """The secret of a person's calendar address; only its digest is kept, so nobody reads it here."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_keys"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(withdrawn_at=None), name="one_calendar_address_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}"


class HoursExport(models.Model):
    """One table of hours that somebody took out: who, when, what for (E4). Nobody changes or deletes it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    month = models.DateField()
    purpose = models.CharField(max_length=300)
    people = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the file that was given out."""

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="hours_export_has_a_purpose")]
        triggers = [
            pgtrigger.Protect(name="hours_exports_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.month}"
