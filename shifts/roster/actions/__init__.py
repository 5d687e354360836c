"""The only writers of shifts and of their rules. Keyword-only, `by=` who (None: the program), one transaction."""

from shifts.roster.actions.cells import put
from shifts.roster.actions.clocks import recompute
from shifts.roster.actions.labour import set_rule
from shifts.roster.actions.people import (
    cancel_shifts_of_dismissed,
    follow_role,
    foresee_dismissal,
    foresee_role,
)
from shifts.roster.actions.publishing import confirm_changes, publish
from shifts.roster.actions.shifts import cancel_shift, change_shift, plan_shift
from shifts.roster.actions.undoing import undo

__all__ = [
    "cancel_shift",
    "cancel_shifts_of_dismissed",
    "change_shift",
    "confirm_changes",
    "follow_role",
    "foresee_dismissal",
    "foresee_role",
    "plan_shift",
    "publish",
    "put",
    "recompute",
    "set_rule",
    "undo",
]
