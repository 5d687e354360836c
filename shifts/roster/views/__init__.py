"""Pages of the roster."""

from shifts.roster.views.labour import rules
from shifts.roster.views.month import cell, confirm, publish, roster, undo
from shifts.roster.views.shifts import cancel, plan, shift

__all__ = ["cancel", "cell", "confirm", "plan", "publish", "roster", "rules", "shift", "undo"]
