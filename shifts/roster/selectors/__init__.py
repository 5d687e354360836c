"""The read side of the roster."""

from shifts.roster.selectors.hours import hours, last_exports
from shifts.roster.selectors.labour import RuleLine, broken_by_end, newly_broken, rule_lines
from shifts.roster.selectors.mine import Mine, MonthHours, calendar, digest_of, mine
from shifts.roster.selectors.month import Filters, Month, month
from shifts.roster.selectors.passing import Change, Rosters, changes_of
from shifts.roster.selectors.patterns import Preview, Worker, patterns, previews, workers
from shifts.roster.selectors.people import (
    ON_SHIFTS,
    get_shift,
    narrowed,
    people_to_choose,
    people_to_plan,
)

__all__ = [
    "ON_SHIFTS",
    "Change",
    "Filters",
    "Mine",
    "Month",
    "MonthHours",
    "Preview",
    "Rosters",
    "RuleLine",
    "Worker",
    "broken_by_end",
    "calendar",
    "changes_of",
    "digest_of",
    "get_shift",
    "hours",
    "last_exports",
    "mine",
    "month",
    "narrowed",
    "newly_broken",
    "patterns",
    "people_to_choose",
    "people_to_plan",
    "previews",
    "rule_lines",
    "workers",
]
