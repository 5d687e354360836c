"""The only writers of the room, by subject."""

from cases.privacy.actions.anchors import anchor_head
from cases.privacy.actions.log import record_look
from cases.privacy.actions.seals import seal_log
from cases.privacy.actions.verification import JOB as VERIFY_JOB
from cases.privacy.actions.verification import ask_verification, continue_verification

__all__ = [
    "VERIFY_JOB",
    "anchor_head",
    "ask_verification",
    "continue_verification",
    "record_look",
    "seal_log",
]
