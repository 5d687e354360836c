"""Words of the access log: what was done, at what, which part, on what ground (E1). A word in no list is a fault."""

from __future__ import annotations

ACTIONS = ("view", "search", "export", "print", "download", "disclose")
"""What was done with personal data."""

KINDS = ("person", "case", "policy")
"""What it was done with; its objects are named by their UUID, never by foreign key."""

PARTS = (
    "card",
    "medical",
    "facts",
    "list",
    "lookup",
    "search",
    "board",
    "timeline",
    "history",
    "responsibility",
    "handover",
    "verdict",
    "contacts",
    "document",
    "letter",
    "log",
)
"""Which part was shown. `log`: its name in the access log itself."""

GROUNDS = (
    "call",
    "responsibility",
    "task",
    "handover",
    "escalation",
    "consultation",
    "project",
    "team",
    "routed",
    "centre",
    "sample",
    "broken_glass",
    "request",
    "oversight",
)
"""Why somebody may look: the work that led them there, else the scope that let them in.

`request`: the person asked (for what is kept of them, or who looked). `oversight`: examining the log is one's duty.
"""

_SEARCHES = frozenset({"lookup", "search"})


def action_for(part: str) -> str:
    """What was done when the caller says only which part was shown: a look-up is a search on whatever page."""
    return "search" if part in _SEARCHES else "view"


def unknown_words(*, action: str, kind: str, part: str, ground: str) -> list[str]:
    """Those of the four words that stand in no list."""
    pairs = ((action, ACTIONS), (kind, KINDS), (part, PARTS), (ground, GROUNDS))
    return [word for word, known in pairs if word not in known]
