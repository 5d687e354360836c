"""The only writers of the room, by subject."""

from cases.privacy.actions.anchors import anchor_head
from cases.privacy.actions.disclosure import (
    NoGround,
    Passing,
    Subject,
    ask_consent,
    disclose,
    record_consent,
    refuse_consent,
    withdraw_consent,
)
from cases.privacy.actions.findings import decide, explain, take_up
from cases.privacy.actions.glass import (
    REVIEW_JOB,
    break_glass,
    close_glass,
    open_file,
    remind_of_review,
    review_glass,
)
from cases.privacy.actions.log import record_look, record_looks, record_parts
from cases.privacy.actions.patterns import find_patterns
from cases.privacy.actions.seals import seal_log
from cases.privacy.actions.verification import JOB as VERIFY_JOB
from cases.privacy.actions.verification import ask_verification, continue_verification

__all__ = [
    "REVIEW_JOB",
    "VERIFY_JOB",
    "NoGround",
    "Passing",
    "Subject",
    "anchor_head",
    "ask_consent",
    "ask_verification",
    "break_glass",
    "close_glass",
    "continue_verification",
    "decide",
    "disclose",
    "explain",
    "find_patterns",
    "open_file",
    "record_consent",
    "record_look",
    "record_looks",
    "record_parts",
    "refuse_consent",
    "remind_of_review",
    "review_glass",
    "seal_log",
    "take_up",
    "withdraw_consent",
]
