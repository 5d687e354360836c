"""Words of the access log: what was done, at what, which part, on what ground (E1). A word in no list is a fault."""

from __future__ import annotations

ACTIONS = ("view", "search", "export", "print", "download", "disclose")
"""What was done with personal data."""

KINDS = ("person", "case", "policy", "import")
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
    "broken_glass",
    "sample",
    "request",
    "oversight",
    "call",
    "handover",
    "responsibility",
    "escalation",
    "consultation",
    "task",
    "routed",
    "team",
    "project",
    "centre",
)
"""Why somebody may look, in the order of precedence: of several grounds the first one is written down.

First what was done on purpose (`request`: the person asked what is kept of them, or who looked; `oversight`:
examining the log is one's duty), then the work that led there (the receiver of a handover answers for the case as
well: until they accept, they look because of the handover), then the scope that let them in, the narrowest first.
"""

_SEARCHES = frozenset({"lookup", "search"})


def action_for(part: str) -> str:
    """What was done when the caller says only which part was shown: a look-up is a search on whatever page."""
    return "search" if part in _SEARCHES else "view"


def unknown_words(*, action: str, kind: str, part: str, ground: str) -> list[str]:
    """Those of the four words that stand in no list."""
    pairs = ((action, ACTIONS), (kind, KINDS), (part, PARTS), (ground, GROUNDS))
    return [word for word, known in pairs if word not in known]
