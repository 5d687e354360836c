"""When the employee really began (JD I.6)."""

from __future__ import annotations

from django.db import models

from shifts.roster.models import Shift


class Attendance(models.Model):
    """The real beginning of a shift, by signing in (B1). No row: nobody came yet."""

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="attendance")
    begun_at = models.DateTimeField()
    late_seconds = models.PositiveIntegerField(default=0)
    """Seconds after the planned start at `begun_at`; 0 when in time."""
    address = models.GenericIPAddressField(null=True)

    def __str__(self) -> str:
        return f"{self.shift_id}"
