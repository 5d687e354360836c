"""The life of a proposal."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where it stands."""

    WORKING = "working"
    READY = "ready"
    WRITTEN = "written"
    CANCELLED = "cancelled"
    FAILED = "failed"


WRITABLE = frozenset({State.READY, State.WRITTEN})
"""May be written as drafts; a second time what was taken back meanwhile."""
