"""Pages of the roster."""

from shifts.roster.views.labour import rules
from shifts.roster.views.shifts import cancel, plan, roster, shift

__all__ = ["cancel", "plan", "roster", "rules", "shift"]
