"""Words of the access log: what is looked at, and on what ground (E1)."""

from __future__ import annotations

KINDS = frozenset({"person", "case", "policy"})
"""What a look is at; its objects are named by their UUID, never by foreign key."""

GROUNDS = frozenset(
    {"call", "responsibility", "project", "team", "routed", "handover", "escalation", "task", "centre"}
)
"""Why somebody may look: the scope that let them in, or the work that led them there."""
