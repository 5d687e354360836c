"""The only writers of the room: drafts, orders about them, signatures, decisions, reminders."""

from staff.documents.actions.asking import remind
from staff.documents.actions.deciding import acknowledge, publish_decision, withdraw
from staff.documents.actions.drafting import create_document, discard_draft, save_draft
from staff.documents.actions.ordering import order_version
from staff.documents.actions.signing import sign, sign_in_demonstration

__all__ = [
    "acknowledge",
    "create_document",
    "discard_draft",
    "order_version",
    "publish_decision",
    "remind",
    "save_draft",
    "sign",
    "sign_in_demonstration",
    "withdraw",
]
