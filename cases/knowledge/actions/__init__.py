"""What changes articles: the only writers of the room."""

from cases.knowledge.actions.drafting import create_article, discard_draft, save_draft
from cases.knowledge.actions.publishing import publish, withdraw
from cases.knowledge.actions.reading import acknowledge
from cases.knowledge.actions.reminding import remind, remind_late

__all__ = [
    "acknowledge",
    "create_article",
    "discard_draft",
    "publish",
    "remind",
    "remind_late",
    "save_draft",
    "withdraw",
]
