"""What is wrong with a list, told by the row as people see it in their file; its first rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from cases.imports.labels import FIELD_LABELS, fault_text
from cases.imports.models import Batch, Fault
from cases.insurance.models import Programme, Territory
from fregat.lib.ordering import uk_sort_key

SAMPLE = 8
"""Rows that are shown of a list."""
_REFER = frozenset({"again", "terms_differ"})
"""Their value is the number of another row."""


@dataclass(frozen=True)
class Told:
    """A fault for a person."""

    row_there: int | None
    """None: of the list as a whole, in none of its rows."""
    source: str
    heading: str
    text: str
    kept: bool


class _Places:
    """Where a row stands: in which file, under which number."""

    def __init__(self, batch: Batch) -> None:
        self.starts = list(batch.pieces.order_by("row").values_list("row", "row_there", "source"))
        self.keys = [row for row, _there, _source in self.starts]

    def of(self, row: int) -> tuple[int, str]:
        at = bisect_right(self.keys, row) - 1
        if at < 0:
            return row, ""
        start, there, source = self.starts[at]
        return there + row - start, source

    def said(self, code: str, value: str) -> str:
        """The value of a fault; the number of another row as people see it."""
        if code not in _REFER or not value.isdigit():
            return value
        row, source = self.of(int(value))
        return f"{row} ({source})" if source else f"{row}"


def told(batch: Batch, rows: Iterable[Fault]) -> list[Told]:
    """Faults with their places and sentences. One statement."""
    places = _Places(batch)
    headings = {field: heading for heading, field in batch.mapping.items() if field}
    return [_told(places, headings, row) for row in rows]


def _told(places: _Places, headings: dict[str, str], row: Fault) -> Told:
    there, source = (None, "") if row.row == Fault.NOWHERE else places.of(row.row)
    heading = headings.get(row.column) or str(FIELD_LABELS[row.column])
    return Told(there, source, heading, fault_text(row.code, places.said(row.code, row.value)), row.kept)


def faults(batch: Batch, *, limit: int) -> list[Told]:
    """The first faults of a list."""
    return told(batch, batch.faults.order_by("row", "id")[:limit])


def what_is_wrong(batch: Batch, *, shown: int) -> tuple[list[Told], list[tuple[str, str, int]]]:
    """The first faults by row, and, where there are more than are shown, how many there are of each kind."""
    rows = list(batch.faults.order_by("row", "id")[: shown + 1])
    if len(rows) > shown:
        return told(batch, rows[:shown]), fault_totals(batch)
    first = {row.code: n for n, row in reversed(list(enumerate(rows)))}
    return [
        replace(one, text=one.text + _there_are(batch, row.code)) if first[row.code] == n else one
        for n, (row, one) in enumerate(zip(rows, told(batch, rows), strict=True))
    ], []


def fault_totals(batch: Batch) -> list[tuple[str, str, int]]:
    """Which column, what is wrong with it (with one of the values), how many times; the most frequent first.

    Two statements; one more where a name is of no territory, one where it is of no programme.
    """
    places = _Places(batch)
    headings = {field: heading for heading, field in batch.mapping.items() if field}
    rows = batch.faults.order_by().values("column", "code").annotate(times=Count("pk"), one=Min("value"))
    return [
        (
            headings.get(row["column"]) or str(FIELD_LABELS[row["column"]]),
            fault_text(row["code"], places.said(row["code"], row["one"])) + _there_are(batch, row["code"]),
            row["times"],
        )
        for row in rows.order_by("-times", "column")
    ]


def _there_are(batch: Batch, code: str) -> str:
    """What the name could have been, once for the whole list."""
    if code == "territory":
        names = [row.name for row in Territory.objects.all()]
    elif code == "programme":
        names = [row.name for row in Programme.objects.filter(insurer=batch.insurer_id)]
    else:
        return ""
    listed = "; ".join(sorted(names, key=uk_sort_key))
    return " " + _("There are: %(names)s.") % {"names": listed} if names else ""


def sample(batch: Batch) -> list[list[str]]:
    """The first rows, as long as they are kept. One statement."""
    piece = batch.pieces.order_by("n").first()
    rows = (cells for _number, cells in piece.rows()) if piece else iter(())
    width = len(batch.headings)
    return [[*cells, *[""] * width][:width] for cells, _n in zip(rows, range(SAMPLE), strict=False)]


def fault_table(batch: Batch) -> Iterator[list[object]]:
    """The file of faults: each faulty row as it came, its number, what is wrong. Piece by piece."""
    places = _Places(batch)
    headings = {field: heading for heading, field in batch.mapping.items() if field}
    yield [_("Row"), _("What is wrong"), _("Taken"), *batch.headings]
    rows = batch.faults.order_by("row", "id").iterator(chunk_size=2000)
    wrong = ((row, list(found)) for row, found in groupby(rows, key=lambda one: one.row))
    following = next(wrong, None)
    for piece in batch.pieces.order_by("n").iterator(chunk_size=1):
        for number, cells in piece.rows():
            if following is None:
                return
            if following[0] == number:
                found = [_told(places, headings, one) for one in following[1]]
                there, source = places.of(number)
                texts = " ".join(f"{one.heading}: {one.text}" for one in found)
                taken = _("yes") if all(one.kept for one in found) else _("no")
                yield [f"{source} {there}".strip(), texts, taken, *cells]
                following = next(wrong, None)
    number = next((n for n, one in enumerate(batch.headings) if batch.mapping.get(one) == "number"), 0)
    for one in following[1] if following else ():  # of the list as a whole
        cells = ["" if n != number else one.value for n in range(len(batch.headings))]
        yield ["", _told(places, headings, one).text, "", *cells]
