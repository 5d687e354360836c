"""The photograph of an employee: drawn anew when it is sent, kept in the database (docs/adr/0014)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from staff.employees.models.people import Employee

BYTES_MAX = 300_000
"""More than a portrait of 480 × 480 pixels can take."""


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(),
    fields=["employee", "digest"], model_name="PhotographEvent",
)  # fmt: skip
class Photograph(models.Model):
    """One picture of a person. In a table of its own: lists of people never carry it."""

    employee = models.OneToOneField(
        Employee, on_delete=models.CASCADE, primary_key=True, related_name="photograph"
    )
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)
    digest = models.CharField(max_length=32)
    """Names the content for the browser's cache, and in the history."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("photograph")
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("content"), BYTES_MAX), name="photograph_not_too_large"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}"


PhotographEvent = Photograph.pgh_event_model  # type: ignore[attr-defined]
