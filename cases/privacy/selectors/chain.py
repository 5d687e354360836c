"""Rows of the log and of the chain, as the sealer and the verification read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.privacy.models import Seal
from cases.privacy.rules.chain import COLUMNS

Row = Sequence[Any]
"""Values of a row in the order of `rules.chain.COLUMNS`; the first is its number."""

PORTION = 10_000
"""Rows fetched at a time."""

LOWEST = -(2**63)
"""Below every number that a row can bear."""

_EXPRESSIONS = {
    "xid": "xid::text",
    "at": "(extract(epoch from at) * 1000000)::bigint",
    "address": "host(address)",
    "objects_seen": "array_to_string(objects_seen, ',', '?')",
    "persons": "array_to_string(persons, ',', '?')",
}
_VALUES = ", ".join(_EXPRESSIONS.get(column, column) for column in COLUMNS)
_ROWS = f"SELECT {_VALUES} FROM privacy_accesslog WHERE id > %s AND id <= %s ORDER BY id"  # noqa: S608 - constants
_PROGRESS = """
SELECT mark.sealed_id, coalesce((SELECT max(id) FROM privacy_accesslog), 0)
FROM privacy_sealmark mark WHERE mark.id = 1
"""
_WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid()
  AND relation = 'privacy_accesslog'::regclass
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_ENDS = """
SELECT mark.number, mark.hash, head.number, head.hash, head.total, head.through_id
FROM (SELECT 1) one
LEFT JOIN privacy_sealmark mark ON mark.id = 1
LEFT JOIN (SELECT * FROM privacy_seal ORDER BY number DESC LIMIT 1) head ON true
"""


def anything_to_seal() -> bool:
    """Is there a row above the last seal? One statement; yes as well when the sealer's mark is gone."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS)
        found = cursor.fetchone()
    return found is None or found[1] > found[0]


def rows_between(after: int, through: int, *, limit: int) -> list[Row]:
    """Up to `limit` rows with numbers in `(after, through]`, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROWS} LIMIT %s", [after, through, limit])
        return list(cursor.fetchall())


def stream(after: int, through: int) -> Iterator[Row]:
    """All rows with numbers in `(after, through]`, in order, a portion at a time. Wants a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS, [after, through])
        while rows := cursor.fetchmany(PORTION):
            yield from rows


@dataclass(frozen=True)
class Ends:
    """The head as the sealer left it in its mark, and as the chain ends: of one snapshot."""

    marked: tuple[int, str] | None
    head: tuple[int, str] | None
    total: int
    through: int


def ends() -> Ends:
    """Both ends. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS)
        marked, marked_hash, number, head_hash, total, through = cursor.fetchone()
    return Ends(
        None if marked is None else (marked, marked_hash),
        None if number is None else (number, head_hash),
        total or 0,
        through or 0,
    )


def beyond_numbers() -> int:
    """How many rows bear a number that was never given out: somebody wrote them past the trigger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM privacy_accesslog WHERE id > (SELECT last_value FROM privacy_accesslog_number)"
        )
        return int(cursor.fetchone()[0])


def writers() -> list[str]:
    """Transactions of others that hold the lock of writers on the log: they may have drawn numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return [row[0] for row in cursor.fetchall()]


def latest_seal() -> Seal | None:
    """The head of the chain."""
    return Seal.objects.order_by("-number").first()
