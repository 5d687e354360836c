"""The read side of the roster."""

from shifts.roster.selectors.labour import RuleLine, rule_lines
from shifts.roster.selectors.month import Filters, Month, month
from shifts.roster.selectors.people import (
    ON_SHIFTS,
    get_shift,
    narrowed,
    people_to_choose,
    people_to_plan,
)

__all__ = [
    "ON_SHIFTS",
    "Filters",
    "Month",
    "RuleLine",
    "get_shift",
    "month",
    "narrowed",
    "people_to_choose",
    "people_to_plan",
    "rule_lines",
]
