"""The only writers of the room."""

from shifts.attendance.actions.ends import agree_end, ask_end, prolong, refuse_end, withdraw_end
from shifts.attendance.actions.lateness import export_attendance, set_rule
from shifts.attendance.actions.presence import begin, finish, follow_shift, leave

__all__ = [
    "agree_end",
    "ask_end",
    "begin",
    "export_attendance",
    "finish",
    "follow_shift",
    "leave",
    "prolong",
    "refuse_end",
    "set_rule",
    "withdraw_end",
]
