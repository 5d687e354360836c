"""The only writers of checks and handovers. Keyword-only, `by=` who (None: the program), one transaction each."""

from cases.handover.actions.acceptance import accept, expire, refuse
from cases.handover.actions.deciding import complete_card, decide
from cases.handover.actions.ending import end_shift, rescue
from cases.handover.actions.moving import follow_responsibility, follow_status
from cases.handover.actions.plan import (
    follow_plan,
    follow_published,
    follow_shift,
    start_check,
    start_due_checks,
)
from cases.handover.actions.signing import sign_given, sign_received
from cases.handover.actions.spreading import spread
from cases.handover.actions.watching import look

__all__ = [
    "accept",
    "complete_card",
    "decide",
    "end_shift",
    "expire",
    "follow_plan",
    "follow_published",
    "follow_responsibility",
    "follow_shift",
    "follow_status",
    "look",
    "refuse",
    "rescue",
    "sign_given",
    "sign_received",
    "spread",
    "start_check",
    "start_due_checks",
]
