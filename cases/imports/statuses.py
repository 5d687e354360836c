"""What becomes of a list, and by which steps. Plain Python."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a list is; the words of the API."""

    READING = "reading"
    PREVIEW = "preview"
    """All of it is read and checked, nothing is written."""
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class Mode(StrEnum):
    """What the list says of those whom it does not name."""

    FULL = "full"
    """Everybody insured is in it: who is missing ends on the list's date."""
    ADD = "add"
    """Only who is new or changed."""
    END = "end"
    """Only whose policy ends."""


class Stage(StrEnum):
    """Work on a list, done in pieces; each piece is a job."""

    SPLIT = "split"
    """The file is taken apart into pieces of rows: one step."""
    READ = "read"
    CHECK = "check"
    WRITE = "write"
    CLOSE = "close"
    """Who is missing ends; what was only for the work is cleared away: one step."""
    UNDO = "undo"


RUNNING = frozenset({Status.READING, Status.APPLYING})
"""While a list is here, no other of the same insurer may be."""

READING_STAGES = (Stage.SPLIT, Stage.READ, Stage.CHECK)
WRITING_STAGES = (Stage.WRITE, Stage.CLOSE)
