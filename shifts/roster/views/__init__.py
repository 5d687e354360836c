"""Pages of the roster."""

from shifts.roster.views.hours import hours, hours_export
from shifts.roster.views.labour import rules
from shifts.roster.views.mine import (
    calendar,
    calendar_key,
    calendar_withdraw,
    mine,
    wish,
    wish_withdraw,
)
from shifts.roster.views.month import cell, confirm, publish, roster, undo
from shifts.roster.views.patterns import make, pattern_use, patterns
from shifts.roster.views.shifts import cancel, plan, shift

__all__ = [
    "calendar",
    "calendar_key",
    "calendar_withdraw",
    "cancel",
    "cell",
    "confirm",
    "hours",
    "hours_export",
    "make",
    "mine",
    "pattern_use",
    "patterns",
    "plan",
    "publish",
    "roster",
    "rules",
    "shift",
    "undo",
    "wish",
    "wish_withdraw",
]
