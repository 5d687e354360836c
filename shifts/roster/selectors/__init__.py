"""The read side of the roster."""

from shifts.roster.selectors.labour import RuleLine, rule_lines
from shifts.roster.selectors.week import (
    ON_SHIFTS,
    Filters,
    get_shift,
    monday,
    people_to_choose,
    people_to_plan,
    week,
)

__all__ = [
    "ON_SHIFTS",
    "Filters",
    "RuleLine",
    "get_shift",
    "monday",
    "people_to_choose",
    "people_to_plan",
    "rule_lines",
    "week",
]
