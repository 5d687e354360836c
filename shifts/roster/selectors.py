"""The read side of the roster."""

from __future__ import annotations

from datetime import datetime

from fregat.lib.errors import NotFound
from shifts.roster.models import Shift
from staff.employees.models import Employee


def get_shift(user: Employee, shift_id: int, *, now: datetime) -> Shift:
    """The one gate to a shift. Raises NotFound for a shift that this person may not see."""
    shift = Shift.objects.visible_to(user, now).select_related("employee").filter(pk=shift_id).first()
    if shift is None:
        raise NotFound()
    return shift
