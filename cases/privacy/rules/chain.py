"""The hash chain over the log: what is hashed, and how. Plain Python: an auditor can write it again from here.

A row is its values in the order of `COLUMNS` as one line of JSON; the content of a seal is SHA-256 over its
rows, each with a line end; the seal is SHA-256 over one line of JSON with everything the seal says, the hash of
the seal before it among that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

GENESIS = "0" * 64
"""What the first seal follows."""

COLUMNS = (
    "id",
    "xid",
    "at",
    "employee",
    "username",
    "address",
    "action",
    "kind",
    "objects_seen",
    "persons",
    "part",
    "ground",
    "reference",
    "route",
)
"""Columns of a row in the order in which they are hashed: `at` in microseconds, arrays joined by commas."""

SEALED_LATE = timedelta(minutes=5)
"""A row that waits longer for its seal tells that the sealer does not work."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _line(values: Sequence[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Content:
    """SHA-256 over rows, and how many they were."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, row: Sequence[Any]) -> None:
        """The next row, its values in the order of `COLUMNS`."""
        self._hash.update(_line(row))
        self.count += 1

    @property
    def hash(self) -> str:
        """In hexadecimal."""
        return self._hash.hexdigest()


def content_of(rows: Iterable[Sequence[Any]]) -> str:
    """The content of a seal over these rows."""
    content = Content()
    for row in rows:
        content.add(row)
    return content.hash


def link(
    *,
    number: int,
    previous: str,
    first_id: int,
    through_id: int,
    count: int,
    total: int,
    content: str,
    sealed_at: datetime,
) -> str:
    """The hash of a seal."""
    at = (sealed_at - _EPOCH) // timedelta(microseconds=1)
    return hashlib.sha256(
        _line([number, previous, first_id, through_id, count, total, content, at])
    ).hexdigest()
