"""Which shifts were really begun: asked from below, by the roster that counts hours."""

from __future__ import annotations

from collections.abc import Sequence

from shifts.attendance.models import Attendance
from shifts.roster.models import Shift


def begun_of(shifts: Sequence[Shift]) -> set[int]:
    """Ids of those of the shifts that somebody began by signing in. One statement."""
    return set(Attendance.objects.filter(shift__in=shifts).values_list("shift", flat=True))
