"""Is the log what was sealed, and the chain what was anchored? Reads only; nothing here trusts a stored hash.

The rows are streamed in the order of their numbers beside the seals, and every hash is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Min

from cases.privacy.models import AccessLog, Seal
from cases.privacy.rules import chain
from cases.privacy.rules.anchors import Head
from cases.privacy.rules.faults import Faults, rows_fault
from cases.privacy.selectors import chain as rows

_BEFORE_FIRST = Seal(number=0, through_id=0, total=0, hash=chain.GENESIS)


@dataclass
class Portion:
    """What was gone through: up to which seal, how many rows and seals, whether the chain ended."""

    through_seal: int
    rows: int
    seals: int
    done: bool


def check_seals(faults: Faults, *, after: int = 0, rows_max: int | None = None) -> Portion:
    """Go through the seals after `after` and their rows; stop at the first seal past `rows_max` rows.

    A seal `after` that is gone counts as the beginning: the gap shows.
    """
    last = Seal.objects.filter(pk=after).first() if after else None
    before = last or _BEFORE_FIRST
    seen = seals = 0
    with transaction.atomic():
        # The seals first: what they hold is saved already, whatever snapshot the rows are read in.
        newest = rows.latest_seal()
        if newest is None:
            return Portion(after, 0, 0, done=True)
        links = Seal.objects.filter(number__gt=before.number, number__lte=newest.number).order_by("number")
        lowest = before.through_id if last else rows.LOWEST
        stream = _Stream(rows.stream(lowest, newest.through_id))
        for seal in links.iterator():
            if seal.number > before.number + 1:
                stream.content_through(seal.first_id - 1)  # whose they were, the missing seals would say
            found = stream.content_through(seal.through_id)
            _check_link(faults, before, seal)
            _check_rows(faults, before, seal, found)
            seen, seals, before = seen + found.count, seals + 1, seal
            if rows_max is not None and seen >= rows_max and seal.number < newest.number:
                return Portion(seal.number, seen, seals, done=False)
    return Portion(before.number, seen, seals, done=True)


class _Stream:
    """Rows in order, taken up to a number at a time."""

    def __init__(self, source: Iterator[rows.Row]) -> None:
        self._source = source
        self._next: rows.Row | None = next(source, None)

    def content_through(self, through: int) -> chain.Content:
        """The content of all rows up to this number that were not taken yet."""
        content = chain.Content()
        row = self._next
        while row is not None and row[0] <= through:
            content.add(row)
            row = next(self._source, None)
        self._next = row
        return content


def _check_link(faults: Faults, before: Seal, seal: Seal) -> None:
    """Does the seal say what it said, and does it follow from the one before it?"""
    said = chain.link(
        number=seal.number, previous=seal.previous, first_id=seal.first_id, through_id=seal.through_id,
        count=seal.count, total=seal.total, content=seal.content, sealed_at=seal.sealed_at,
    )  # fmt: skip
    if said != seal.hash:
        faults.add("seal_changed", seal=seal.number, at=seal.sealed_at.isoformat())
    if seal.number > before.number + 1:
        faults.add("seals_missing", first=before.number + 1, last=seal.number - 1)
    elif seal.previous != before.hash or seal.total != before.total + seal.count:
        faults.add("chain_broken", seal=seal.number, before=before.number, at=seal.sealed_at.isoformat())


def _check_rows(faults: Faults, before: Seal, seal: Seal, found: chain.Content) -> None:
    code = rows_fault(sealed=seal.count, found=found.count, same=found.hash == seal.content)
    if code:
        at = seal.sealed_at.isoformat()
        faults.add(
            code, seal=seal.number, n=abs(found.count - seal.count) or seal.count,
            id_from=before.through_id + 1, id_to=seal.through_id, at=at, at_to=at,
        )  # fmt: skip


def check_ends(faults: Faults, *, now: datetime) -> rows.Ends:
    """The head against the sealer's mark, and rows that no seal holds. Four statements at most."""
    ends = rows.ends()
    head, marked = ends.head or (0, chain.GENESIS), ends.marked
    if marked is None:
        faults.add("mark_missing")
    elif head[0] < marked[0]:
        faults.add("end_cut", head=head[0], known=marked[0])
    elif head != marked:
        faults.add("end_changed", head=head[0])
    waiting = AccessLog.objects.filter(id__gt=ends.through).aggregate(n=Count("id"), since=Min("at"))
    if waiting["since"] is not None and now - waiting["since"] > chain.SEALED_LATE:
        faults.add("not_sealed", n=waiting["n"], at=waiting["since"].isoformat())
    invented = rows.beyond_numbers()
    if invented:
        faults.add("never_numbered", n=invented)
    if ends.total and not AccessLog.objects.filter(id__lte=ends.through).exists():
        faults.listed[:] = [fault for fault in faults.listed if fault.code != "missing"]
        faults.add("emptied", n=ends.total)
    return ends


def check_anchors(faults: Faults, anchors: Iterable[Head]) -> int:
    """Each anchor against the seal that it names; how many there were."""
    known = sorted(anchors, key=lambda anchor: anchor.seal)
    head = rows.latest_seal()
    last = head.number if head else 0
    seals: dict[int, Any] = Seal.objects.in_bulk({anchor.seal for anchor in known if anchor.seal <= last})
    ahead = [anchor for anchor in known if anchor.seal > last]
    for anchor in known[: len(known) - len(ahead)]:
        seal = seals.get(anchor.seal)
        if seal is None or (seal.hash, seal.total) != (anchor.hash, anchor.total):
            faults.add("anchor_differs", seal=anchor.seal, at=anchor.at.isoformat())
    if ahead:
        newest = ahead[-1]
        faults.add(
            "anchor_ahead", seal=newest.seal, at=newest.at.isoformat(), rows=newest.total, head=last,
            total=head.total if head else 0,
        )  # fmt: skip
    return len(known)
