"""How many calls a quarter-hour of the day usually brings: for the agreement of breaks (B2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractMinute

from cases.casework.models import Case
from fregat.lib import clock

WEEKS = 4
"""So many recent weeks are looked at."""


def quarter_hours(now: datetime) -> Mapping[int, float]:
    """Quarter-hour of the day in Kyiv (0…95) → calls registered an hour, the mean of `WEEKS` weeks. One statement."""
    days = 7 * WEEKS
    rows = (
        Case.objects.filter(opened_at__gte=now - timedelta(days=days), opened_at__lt=now)
        .order_by()
        .annotate(hour=ExtractHour("opened_at", tzinfo=clock.KYIV))
        .annotate(quarter=ExtractMinute("opened_at", tzinfo=clock.KYIV) / 15)
        .values_list("hour", "quarter")
        .annotate(Count("id"))
    )
    return {hour * 4 + quarter: 4 * count / days for hour, quarter, count in rows}
