"""Sealing: rows that are final are chained into a seal, each second (E1).

A row is final when nobody can add a lower number any more. The trigger of the log draws the number of the
transaction before the number of the row; so whoever holds a row's number up to L had a transaction number before
the sealer, having read that L was the last number given out, drew its own. When every transaction older than the
sealer's has ended, all rows up to L have been saved or never will be. A transaction that lasts does not stop the
sealing: the border is kept in the mark, and serves as soon as the old ones of that moment have ended.

The writers of the log wait for nothing here; of two sealers one goes away at once.
"""

from __future__ import annotations

from django.db import connection, transaction

from cases.privacy.models import Seal, SealMark
from cases.privacy.rules import chain
from cases.privacy.selectors import chain as rows
from fregat.lib import clock

ROWS_MAX = 5_000
"""Rows in one seal."""
SEALS_MAX = 20
"""Seals in one go; the next second goes on."""
_LOCK = 7_032_101
"""Of the advisory lock: one sealer at a time."""


def seal_log() -> int:
    """Seal what is final; how many rows were sealed. One statement when there is nothing to do."""
    if not rows.anything_to_seal():
        return 0
    with transaction.atomic(durable=True):
        if not _ask("SELECT pg_try_advisory_xact_lock(%s)", _LOCK):
            return 0
        mark = SealMark.objects.filter(pk=1).first() or _mark_anew()
        border, later = _border(mark)
        sealed = _seal(mark, border)
        if later is not None:
            mark.final_id, mark.final_xid = later
        if sealed or later is not None:
            mark.save()
    return sealed


def _ask(sql: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def _border(mark: SealMark) -> tuple[int, tuple[int, int] | None]:
    """Up to which number all rows are final, and the border to keep for later: `(number, transaction)`."""
    given_out = _ask("SELECT last_value FROM privacy_accesslog_number")
    own = _ask("SELECT pg_current_xact_id()::text")
    oldest = _ask("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
    if oldest >= own:
        return given_out, None
    if mark.final_xid is not None and mark.final_xid <= own:
        if oldest < mark.final_xid:  # those of then are still at work
            return 0, None
        return mark.final_id, (given_out, own)
    # None is kept, or one of another cluster (a restored copy), whose transactions were other ones.
    return 0, (given_out, own)


def _seal(mark: SealMark, border: int) -> int:
    """Seals over the rows after the mark's head up to the border; the mark follows."""
    sealed = 0
    for _turn in range(SEALS_MAX):
        found = rows.rows_between(mark.sealed_id, border, limit=ROWS_MAX) if border > mark.sealed_id else []
        if not found:
            break
        through = border if len(found) < ROWS_MAX else int(found[-1][0])
        seal = _link(mark, found, through)
        mark.number, mark.total, mark.hash, mark.sealed_id = seal.number, seal.total, seal.hash, through
        sealed += len(found)
    return sealed


def _link(mark: SealMark, found: list[rows.Row], through: int) -> Seal:
    seal = Seal(
        number=mark.number + 1,
        first_id=found[0][0],
        through_id=through,
        count=len(found),
        total=mark.total + len(found),
        content=chain.content_of(found),
        previous=mark.hash,
        sealed_at=clock.now(),
    )
    seal.hash = chain.link(
        number=seal.number, previous=seal.previous, first_id=seal.first_id, through_id=seal.through_id,
        count=seal.count, total=seal.total, content=seal.content, sealed_at=seal.sealed_at,
    )  # fmt: skip
    seal.save(force_insert=True)
    return seal


def _mark_anew() -> SealMark:
    """The mark is gone: somebody deleted it. The chain goes on from its last seal, and a verification tells."""
    head = rows.latest_seal()
    if head is None:
        return SealMark()
    return SealMark(number=head.number, total=head.total, hash=head.hash, sealed_id=head.through_id)
