"""What rooms above do when a shift is planned, changed or cancelled (B6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shifts.roster.models import Shift
    from staff.employees.models import Employee

Effect = Callable[["Shift", "Employee | None", datetime], None]

OnShift = Callable[["Employee", datetime], bool]

_effects: list[Effect] = []
_on_shift: list[OnShift] = []


def on_shift_changed(effect: Effect) -> None:
    """Have `effect(shift, by, now)` called in the transaction that writes the shift.

    Called for a new, a changed and a cancelled shift, after it is saved and while it is locked.
    """
    if effect not in _effects:
        _effects.append(effect)


def shift_changed(shift: Shift, by: Employee | None, now: datetime) -> None:
    """Call every effect, in the order of their registration (lower rooms first)."""
    for effect in _effects:
        effect(shift, by, now)


def on_shift_said_by(on_shift: OnShift) -> None:
    """`on_shift(employee, now)` says who has begun a shift that is running: signing in is told above this room."""
    _on_shift[:] = [on_shift]


def is_on_shift(employee: Employee, now: datetime) -> bool:
    """Has this person begun a shift that is running?"""
    return any(on_shift(employee, now) for on_shift in _on_shift)
