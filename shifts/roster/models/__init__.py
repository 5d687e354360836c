"""Planned working time and the rules it keeps."""

from shifts.roster.models.labour import RosterRule, RosterRuleEvent
from shifts.roster.models.shifts import Shift, ShiftEvent

__all__ = ["RosterRule", "RosterRuleEvent", "Shift", "ShiftEvent"]
