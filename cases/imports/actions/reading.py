"""The file is split into pieces of rows; each piece is read into lines and faults."""

from __future__ import annotations

import io
import tempfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cases.imports import rules
from cases.imports.actions import flow
from cases.imports.models import Batch, Fault, Layout, Piece, Step
from cases.imports.rules.files import tables
from cases.imports.rules.tables import COLUMNS_MAX, Row, Table, Unreadable
from cases.imports.statuses import Mode, Stage, Status
from cases.insurance.models import Currency, Insurer, Territory
from fregat.lib import clock
from fregat.lib.db import lock

PIECE = 10_000
"""Rows: half a second of work, so that two lanes end together and what is due in the house waits no longer."""
ROWS_MAX = 3_000_000
BUCKETS_MAX = 10_000
_SPLIT_SECONDS = 900
_NOTHING = "\x1a"
"""What COPY reads as NULL; no value of a line holds it."""


def split(step: Step, now: datetime) -> flow.Counts | None:
    """Take the file apart. The columns are guessed from the headings and from what was chosen the last time."""
    batch = step.batch
    flow.take_time(_SPLIT_SECONDS)
    learned = Layout.objects.filter(insurer=batch.insurer_id).first() or Layout()
    given = {rules.normal(heading): field for heading, field in batch.mapping.items()}
    columns = {**learned.columns, **given}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        _lay_out(batch, path)
        try:
            rows = _split(batch, path, columns)
        except Unreadable as refused:
            Piece.objects.filter(batch=batch).delete()
            flow.stop(batch, refused.code, refused.where, now)
            return None
    headings, left_out = batch.headings, batch.left_out
    batch = lock(Batch.objects.all(), pk=batch.pk)
    if batch.status != Status.READING:  # put aside meanwhile
        Piece.objects.filter(batch=batch).delete()
        return None
    if batch.mode == Mode.END:
        columns = {**rules.of_endings(headings, columns, learned.endings), **given}
    batch.headings, batch.mapping = headings, rules.guess(headings, columns)
    batch.buckets, batch.left_out = min(batch.pieces.count(), BUCKETS_MAX), left_out
    batch.defaults = _there(batch.defaults, batch.insurer)
    batch.save(update_fields=["headings", "mapping", "buckets", "left_out", "defaults"])
    batch.chunks.all().delete()
    if question := _question(batch, columns, {*learned.endings, *given}):
        _wait_for_columns(batch, question, rows, now)
        return None
    return {"rows": rows}


def _there(held: Mapping[str, Any], insurer: Insurer) -> dict[str, Any]:
    """Of what held for every row the last time what is there still: a programme may be gone since. Three statements."""
    rows: Mapping[str, QuerySet[Any]] = {
        "programme": insurer.programmes.all(),
        "territory": Territory.objects.all(),
        "currency": Currency.objects.all(),
    }
    gone = {name for name, found in rows.items() if name in held and not found.filter(pk=held[name]).exists()}
    return {name: value for name, value in held.items() if name not in gone}


def _question(batch: Batch, columns: Mapping[str, str], told: Collection[str]) -> str:
    """What a person has to say of the columns first: a code of `labels.ATTENTION_TEXTS`, empty when all is understood.

    `told`: columns of which it was said what they hold in a list of endings.
    """
    heading = rules.last_day(batch.mapping, batch.mode)
    if heading and rules.normal(heading) not in told:
        return "last_day"
    if problem(batch) or _may_be_needed(batch, columns):
        return "columns"
    return "twice" if rules.alike(batch.headings, columns) else ""


def problem(batch: Batch) -> bool:
    """Is it not known yet which column is which?"""
    return bool(
        rules.missing(batch.mapping, batch.mode, batch.defaults) or rules.twice(batch.mapping)
    )  # fmt: skip


def _may_be_needed(batch: Batch, learned: Mapping[str, str]) -> bool:
    """Is there a column that nobody knows yet, while one that tells who ends or when is lacking?"""
    if not rules.asks_strange(batch.mapping, batch.mode):
        return False
    return any(not field and rules.normal(heading) not in learned for heading, field in batch.mapping.items())


def _wait_for_columns(batch: Batch, question: str, rows: int, now: datetime) -> None:
    Step.objects.filter(batch=batch, stage=Stage.SPLIT).update(done_at=now)
    flow.set_status(batch, Status.PREVIEW, attention=question, rows=rows)
    flow.tell(batch, "list_checked", now)


def _lay_out(batch: Batch, path: Path) -> None:
    chunks = batch.chunks.order_by("n").values_list("n", flat=True)
    with path.open("wb") as file:
        for n in list(chunks):
            file.write(zlib.decompress(batch.chunks.values_list("data", flat=True).get(n=n)))


def _split(batch: Batch, path: Path, columns: dict[str, str]) -> int:
    """Write the pieces. Returns how many rows there are."""
    done = (0, 0, 0)
    headings: list[str] = []
    for table in tables(path, columns):
        batch.left_out = [*batch.left_out, *table.left_out]
        rows = iter(table.rows)
        top = list(islice(rows, 200))
        cells = [[" ".join(cell.split()) for cell in table.cells(row)] for row in top]
        at = rules.heading_row(cells, columns)
        if at is None:
            continue
        if rules.is_of_somebody(cells[at], columns):
            raise Unreadable("no_headings", table.source)
        mine = _headings(cells[at])
        if headings and [rules.normal(one) for one in mine] != [rules.normal(one) for one in headings]:
            raise Unreadable("columns_differ", table.source)
        headings = headings or mine
        done = _pieces(batch, table, chain(top[at + 1 :], rows), at + 2, done)
    _n, total, _free = done
    if not total:
        raise Unreadable("empty")
    batch.headings = headings
    return total


def _pieces(
    batch: Batch, table: Table, rows: Iterator[Row], row: int, done: tuple[int, int, int]
) -> tuple[int, int, int]:
    """How many pieces and filled rows there are now, and the next number that no row of the list has."""
    n, total, free = done
    # Rows of the first table have the numbers that people see; those of later ones go on from there.
    ahead = max(free - row, 0)
    while part := list(islice(rows, PIECE)):
        if filled := table.filled(part):
            if total + len(part) > ROWS_MAX:
                raise Unreadable("too_many_rows", f"{ROWS_MAX}")
            data = zlib.compress(table.packed(part).encode(), 1)
            Piece.objects.create(
                batch=batch, n=n, source=table.source, row=row + ahead, row_there=row, data=data,
                delimiter=table.delimiter or ",",
            )  # fmt: skip
            n, total = n + 1, total + filled
        row += len(part)
    return n, total, row + ahead


def _headings(cells: list[str]) -> list[str]:
    """Texts of the headings; a second one of the same name says which it is."""
    found: list[str] = []
    for index, cell in enumerate(cells[:COLUMNS_MAX], 1):
        # The database holds no NUL, and nobody can tell unprintable names apart.
        name = "".join(filter(str.isprintable, cell))[:100].strip() or f"№ {index}"
        found.append(name if name not in found else f"{name} ({index})")
    return found


def reader_of(batch: Batch) -> rules.Reader:
    """What reads rows of this list. Three statements."""
    programmes, territories = (
        rules.Names((name, one.pk) for one in known for name in (one.code, one.name_uk, one.name_en))
        for known in (batch.insurer.programmes.all(), Territory.objects.all())
    )
    plan = {
        index: field for index, heading in enumerate(batch.headings) if (field := batch.mapping.get(heading))
    }
    currencies = frozenset(Currency.objects.values_list("pk", flat=True))
    return rules.Reader(
        plan=plan, mode=batch.mode, known=rules.Known(programmes, territories, currencies), defaults=batch.defaults,
        today=clock.local(batch.uploaded_at).date(), buckets=batch.buckets,
    )  # fmt: skip


def read(step: Step, now: datetime) -> flow.Counts:
    """Read a piece into lines and faults: one COPY, one INSERT."""
    batch = step.batch
    reader = reader_of(batch)
    piece = batch.pieces.get(n=step.n)
    faults: list[Fault] = []
    rejected = unreadable = 0
    text = io.StringIO()
    for number, cells in piece.rows():
        line, found = reader.read(number, cells)
        if found:
            key = "" if line is not None else reader.number_of(cells, found)[:120]
            faults += [Fault(batch=batch, row=number, number_key=key, **fault._asdict()) for fault in found]
        if line is None:
            rejected += 1
            unreadable += not key
        else:
            text.write(_copied(batch, line))
    text.seek(0)
    with connection.cursor() as cursor:
        names = ", ".join(("batch_id", *rules.COLUMNS))
        cursor.copy_expert(f"COPY imports_line ({names}) FROM STDIN (NULL '{_NOTHING}')", text)
    Fault.objects.bulk_create(faults, batch_size=2000)
    return {"rejected": rejected, "unreadable": unreadable}


def _copied(batch: Batch, line: tuple[object, ...]) -> str:
    """A line as COPY reads it: blanks inside texts are single spaces already, and there is nothing unprintable."""
    text = "\t".join(
        [value if type(value) is str else _NOTHING if value is None else str(value) for value in line]
    )
    return f"{batch.pk}\t{text}\n".replace("\\", "\\\\")
