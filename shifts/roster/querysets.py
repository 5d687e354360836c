"""Named queries on shifts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from shifts.roster.models import Shift


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Shifts by time; `now` is always given."""

    def standing(self) -> ShiftQuerySet:
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def running(self, now: datetime) -> ShiftQuerySet:
        """Planned over `now`, whether or not anybody signed in."""
        return self.standing().filter(starts_at__lte=now, ends_at__gt=now)

    def not_ended(self, now: datetime) -> ShiftQuerySet:
        """Running or to come."""
        return self.standing().filter(ends_at__gt=now)
