"""Sealing: rows that are final are chained into a seal, each second (E1).

A row is final when nobody can add a lower number any more. Whoever writes to the log holds PostgreSQL's lock of
writers on its table from before the number is drawn until the transaction is saved and seen. So the sealer reads the
last number given out, L, and after it who holds that lock: when nobody does, all rows up to L have been saved or never
will be. Otherwise the border L and those transactions are kept in the mark, and the border serves when they have
ended; a transaction that lasts does not stop the sealing for ever, and one that does not write to the log not at all.

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
            mark.final_id, mark.waits_for = later
        if sealed or later is not None:
            mark.save()
    return sealed


def _ask(sql: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def _border(mark: SealMark) -> tuple[int, tuple[int, list[str]] | None]:
    """Up to which number all rows are final, and the border to keep for later: `(number, who writes)`."""
    given_out = _ask("SELECT last_value FROM privacy_accesslog_number")
    writing = rows.writers()
    if not writing:
        return given_out, None
    if mark.waits_for and set(mark.waits_for) & set(writing):
        return 0, None  # those of then are still at work
    return mark.final_id if mark.waits_for else 0, (given_out, writing)


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
