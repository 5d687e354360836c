"""The only writers of shifts and of their rules. Keyword-only, `by=` who (None: the program), one transaction."""

from shifts.roster.actions.cells import put
from shifts.roster.actions.clocks import recompute
from shifts.roster.actions.drafts import write_drafts
from shifts.roster.actions.labour import set_rule
from shifts.roster.actions.papers import export_hours, make_calendar_key, withdraw_calendar_key
from shifts.roster.actions.passing import Passing, pass_shifts
from shifts.roster.actions.patterns import make_month, use_pattern, write_pattern
from shifts.roster.actions.people import (
    cancel_shifts_of_dismissed,
    follow_role,
    foresee_dismissal,
    foresee_role,
)
from shifts.roster.actions.publishing import confirm_changes, publish
from shifts.roster.actions.shifts import cancel_shift, change_shift, plan_shift
from shifts.roster.actions.undoing import undo
from shifts.roster.actions.wishes import say_wish, withdraw_wish

__all__ = [
    "Passing",
    "cancel_shift",
    "cancel_shifts_of_dismissed",
    "change_shift",
    "confirm_changes",
    "export_hours",
    "follow_role",
    "foresee_dismissal",
    "foresee_role",
    "make_calendar_key",
    "make_month",
    "pass_shifts",
    "plan_shift",
    "publish",
    "put",
    "recompute",
    "say_wish",
    "set_rule",
    "undo",
    "use_pattern",
    "withdraw_calendar_key",
    "withdraw_wish",
    "write_drafts",
    "write_pattern",
]
