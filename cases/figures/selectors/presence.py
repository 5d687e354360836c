"""Who was there, quarter-hour by quarter-hour."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from cases.figures import rules
from shifts.attendance.models import Attendance
from shifts.breaks.models import Break
from shifts.coverage.selectors import ANSWERING


def present(quarters: Sequence[datetime]) -> dict[datetime, int]:
    """Operators and doctors on duty, and not on a break, in the middle of each of these quarter-hours.

    `quarters` follow each other. Two statements, however many.
    """
    since, until = quarters[0], quarters[-1] + rules.QUARTER
    taken = {"cancelled_at": None, "employee__role__in": ANSWERING}
    worked = (
        Attendance.objects.filter(**{f"shift__{name}": value for name, value in taken.items()})
        .annotate(over_at=Coalesce("ended_at", "shift__ends_at"))
        .filter(begun_at__lt=until, over_at__gt=since)
        .values_list("begun_at", "over_at")
    )
    away = (
        Break.objects.filter(**{f"shift__{name}": value for name, value in taken.items()})
        .filter(Q(ended_at__gt=since) | Q(ended_at=None, shift__ends_at__gt=since), begun_at__lt=until)
        .annotate(over_at=Coalesce("ended_at", "shift__ends_at"))
        .values_list("begun_at", "over_at")
    )
    here, gone = _Spans(worked), _Spans(away)
    middles = {at: at + rules.QUARTER / 2 for at in quarters}
    return {at: max(0, here.over(middle) - gone.over(middle)) for at, middle in middles.items()}


class _Spans:
    """Half-open spans, of which one asks how many hold a moment."""

    def __init__(self, spans: Iterable[tuple[Any, Any]]) -> None:
        listed = list(spans)
        self.begun, self.ended = sorted(a for a, _b in listed), sorted(b for _a, b in listed)

    def over(self, moment: datetime) -> int:
        return bisect_right(self.begun, moment) - bisect_right(self.ended, moment)
