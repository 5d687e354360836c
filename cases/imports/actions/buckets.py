"""Statements of a bucket, with what they ask for."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from cases.imports import endings, restoring, signs, statements
from cases.imports.models import Batch, Fault
from cases.imports.statuses import Mode
from cases.insurance.registry import annulled_among, sold_of


def params(batch: Batch, bucket: int) -> dict[str, Any]:
    """What the statements of `cases.imports.statements` ask for."""
    asked = {"batch": batch.pk, "bucket": bucket, "insurer": batch.insurer_id, "day": batch.list_date}
    tells_ends = "ended_on" in batch.mapping.values()
    return asked | {"uuids": uuids(), "missing_end": ends_the_missing(batch), "tells_ends": tells_ends}


def uuids() -> str:
    """The first twenty digits of the UUIDs of a bucket (version 8, RFC 9562): the millisecond, then chance; a row's
    key follows. Random ones would take a tenth of the time that the row takes, and each another page of their index.
    """
    return f"{time.time_ns() // 1_000_000:012x}8{secrets.token_hex(2)[1:]}8{secrets.token_hex(2)[1:]}"


def ends_the_missing(batch: Batch) -> bool:
    """Does who is missing in the list end? Nobody does while there is a row of which not even the number can be read:
    it may be theirs.
    """
    return batch.mode == Mode.FULL and not batch.unreadable


_BY_HASH = ("enable_nestloop",)
_BY_INDEX = ("enable_hashjoin", "enable_mergejoin", "enable_seqscan")
_LEFT_OUT = {
    statements.REPEATED: _BY_HASH,
    statements.CONTRADICTING: _BY_HASH,
    signs.WITHIN: _BY_HASH,
    signs.STORED: ("enable_nestloop", "enable_seqscan"),
    endings.REFUSED_ENDING: _BY_HASH,
    endings.ENDS: ("enable_nestloop", "enable_seqscan"),
    endings.BEFORE_TERM: _BY_INDEX,
    endings.MISSING: _BY_HASH,
    endings.SPARED: _BY_HASH,
    endings.REOPENED: _BY_INDEX,
    endings.REFUSED_REOPENING: ("enable_seqscan", "enable_mergejoin"),
    statements.MATCHED: _BY_INDEX,
    statements.APART: _BY_HASH,
    endings.ENDING: _BY_INDEX,
    statements.CHANGED_POLICIES: _BY_INDEX,
    statements.CHANGED_PERSONS: _BY_INDEX,
    endings.ENDED: _BY_INDEX,
    endings.LINKS_ENDED: _BY_INDEX,
    endings.LINKS_CHANGED: _BY_INDEX,
    endings.STAYING: ("enable_nestloop", "enable_seqscan"),
    endings.KEPT_OUT: _BY_INDEX,
    endings.LEFT: _BY_INDEX,
    endings.COUNTED_LEFT: _BY_INDEX,
    endings.LEAVING: _BY_INDEX,
    statements.PLACED: _BY_HASH,
    statements.KNOWN: _BY_INDEX,
    statements.ALL_PLACED: _BY_HASH,
    restoring.COUNTED_STAYING: _BY_INDEX,
    restoring.POLICIES_RESTORED: _BY_INDEX,
    restoring.PERSONS_RESTORED: _BY_INDEX,
}
"""Ways that the planner does not take. Of lines that have just come, and of tables that a list is filling right now, it
knows nothing: it would believe that there is one line, and go through all of them for each. So it is said which
statements compare two large sets, and which look a few rows up for each line."""

_TABLES = {
    statements.MATCHED: "imports_matched",
    endings.ENDING: "imports_matched",
    endings.ENDS: "imports_ends",
    endings.MISSING: "imports_missing",
    statements.PLACED: "imports_placed",
    statements.ALL_PLACED: "imports_placed",
}


def run(statement: str, asked: Mapping[str, Any]) -> int:
    """How many rows it touched."""
    with _cursor(statement) as cursor:
        cursor.execute(statement, asked)
        return int(cursor.rowcount)


def ask(statement: str, asked: dict[str, Any]) -> tuple[int, ...]:
    """Its one row."""
    with _cursor(statement) as cursor:
        cursor.execute(statement, asked)
        return tuple(cursor.fetchone())


def pairs(statement: str, asked: Mapping[str, Any]) -> dict[int, date]:
    """Its rows: the id of a policy, a day."""
    with _cursor(statement) as cursor:
        cursor.execute(statement, asked)
        return dict(cursor.fetchall())


def leaving(statement: str, asked: Mapping[str, Any]) -> list[tuple[int, int | None, date]]:
    """Its rows: the id of a policy, that of a person or None, a day."""
    with _cursor(statement) as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


@contextmanager
def _cursor(statement: str) -> Iterator[Any]:
    left_out = _LEFT_OUT.get(statement, ())
    with connection.cursor() as cursor:
        for way in left_out:
            cursor.execute(f"SET LOCAL {way} = off")
        yield cursor
        for way in left_out:
            cursor.execute(f"SET LOCAL {way} = on")


def lay_out(statement: str, asked: dict[str, Any]) -> None:
    """Make a table of this bucket's work anew; it goes with the transaction."""
    with _cursor(statement) as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_TABLES[statement]}")
        cursor.execute(statement, asked)


def match(asked: dict[str, Any]) -> int:
    """Lay out whose each line of the bucket is, as it is now. Returns how many lines are refused."""
    lay_out(statements.MATCHED, asked)
    refused = run(signs.STORED, asked)
    run(statements.APART, asked)
    run(endings.STAYING, asked)
    if annulled := annulled_among(pairs(endings.REOPENED, asked)):
        refused += run(endings.REFUSED_REOPENING, {**asked, "annulled": sorted(annulled)})
    if not asked["tells_ends"]:
        run(endings.AHEAD, asked)
    return refused


def miss(batch: Batch) -> int:
    """Lay out which policies end because a full list does not name them; note those that the house has sold.

    Returns how many these are: they go on.
    """
    asked = params(batch, 0)
    batch.faults.filter(code="unnamed").delete()
    lay_out(endings.MISSING, asked)
    # Asked after the others are laid out: what is sold at this moment is among neither or both.
    sold = sold_of(batch.insurer_id, batch.list_date)
    return run(endings.SPARED, {**asked, "sold": sorted(sold), "nowhere": Fault.NOWHERE}) if sold else 0


def match_endings(asked: dict[str, Any]) -> int:
    """Lay out whom each line of a list of endings means, and who ends by them. Returns how many lines are refused."""
    lay_out(endings.ENDING, asked)
    refused = run(endings.REFUSED_ENDING, asked)
    lay_out(endings.ENDS, asked)
    return refused
