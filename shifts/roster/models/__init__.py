"""Planned working time, the rules it keeps, the patterns it is made from, the wishes it respects."""

from shifts.roster.models.labour import RosterRule, RosterRuleEvent
from shifts.roster.models.papers import CalendarKey, HoursExport
from shifts.roster.models.patterns import Pattern, PatternUse, PatternUseEvent, Wish, WishEvent
from shifts.roster.models.shifts import Shift, ShiftEvent

__all__ = [
    "CalendarKey",
    "HoursExport",
    "Pattern",
    "PatternUse",
    "PatternUseEvent",
    "RosterRule",
    "RosterRuleEvent",
    "Shift",
    "ShiftEvent",
    "Wish",
    "WishEvent",
]
