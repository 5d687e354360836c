"""What a sent file holds: tables of rows, whatever it was packed in. Plain Python, on a file of this disk.

A workbook is read by another process with bounds on its memory and time (`workbook`): what is meant to choke a
reader chokes that one.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar, cast

from cases.imports.rules import workbook
from cases.imports.rules.columns import HEADING_ROWS, heading_row, normal, understood

T = TypeVar("T")
Row = list[str] | str
"""Cells, or a line of a text that has no quotation mark."""

UNPACKED_MAX = 600_000_000
"""What an archive may unpack to, in bytes."""
MEMBERS_MAX = 100
COLUMNS_MAX = 100

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 1 << 20
_DELIMITERS = (";", ",", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINE_MAX = 100_000
"""Characters of a line: what is longer is no row of a list."""
_LINES_IN_A_CELL = 30
"""A cell with more lines than this is the rest of the file after a quotation mark that was not closed."""


class Unreadable(Exception):
    """Why the whole file is not taken: a code of `labels.FAILURE_TEXTS`, and where, or which bound."""

    def __init__(self, code: str, place: str = "") -> None:
        self.code, self.place = code, place
        super().__init__(code)


@dataclass(frozen=True)
class Table:
    """One table of the file. `source`: its name in an archive, the sheet's among several; `rows`: from the first on,
    the empty ones too.
    """

    source: str
    rows: Iterable[Row]
    left_out: tuple[str, ...] = ()
    """Sheets beside it whose columns are others: they are not read, and that is said."""
    delimiter: str = ""
    """Of a text without quotation marks, where a row is a line: it is taken apart when its piece is read, by as many
    workers as there are, not here by one."""

    def cells(self, row: Row) -> list[str]:
        """The row taken apart."""
        return next(csv.reader([row], delimiter=self.delimiter), []) if isinstance(row, str) else row

    def is_filled(self, row: Row) -> bool:
        """Does anything stand in it?"""
        return bool(row.strip(f"{self.delimiter}\r\n")) if isinstance(row, str) else any(row)

    def packed(self, rows: list[Row]) -> str:
        """Rows as CSV with the delimiter, or a comma."""
        if self.delimiter:
            return "".join(cast("list[str]", rows))
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue()


def tables(path: Path, learned: Mapping[str, str]) -> Iterator[Table]:
    """Every table in the file; `learned` helps to tell which sheets are the list. Raises Unreadable, while rows are
    read too.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_ZIP) and not _is_workbook(path):
        yield from _archived(path, learned)
    else:
        yield from _tables(path, start, "", learned)


def _tables(path: Path, start: bytes, source: str, learned: Mapping[str, str]) -> Iterator[Table]:
    if not start.startswith((_OLE, _ZIP)):
        yield _of_text(path, start, source)
        return
    with tempfile.TemporaryDirectory() as folder:
        sheets = _unfolded(path, Path(folder))
        alike, left_out = _alike(sheets, learned)
        for name, file in alike:
            place = ": ".join(part for part in (source, name if len(sheets) > 1 else "") if part)
            yield _text_table(file, "utf-8", ",", place, left_out)
            left_out = ()


def _too_much() -> Unreadable:
    return Unreadable("bomb", f"{UNPACKED_MAX // 1_000_000}")


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return "[Content_Types].xml" in package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("damaged") from None


def _archived(path: Path, learned: Mapping[str, str]) -> Iterator[Table]:
    with zipfile.ZipFile(path) as package:
        members = [one for one in package.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
        if any(one.flag_bits & 1 for one in members):
            raise Unreadable("password")
        if len(members) > MEMBERS_MAX:
            raise _too_much()
        if not members:
            raise Unreadable("empty")
        left = UNPACKED_MAX
        for member in members:
            with tempfile.TemporaryDirectory() as folder:
                inner = Path(folder) / "member"
                left -= _unpack(package, member, inner, left)
                name = Path(member.filename).name[:200]
                with inner.open("rb") as file:
                    start = file.read(8)
                if start.startswith(_ZIP) and not _is_workbook(inner):
                    raise Unreadable("nested", name)
                for table in _named(name, _tables(inner, start, name, learned)):
                    yield replace(table, rows=_named(name, table.rows))


def _unpack(package: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Counted while it unpacks: what a header claims is not believed."""
    size = 0
    try:
        with package.open(member) as packed, to.open("wb") as out:
            while block := packed.read(_BLOCK):
                size += len(block)
                if size > left:
                    raise _too_much()
                out.write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Unreadable("damaged", member.filename) from None
    return size


def _named(name: str, parts: Iterable[T]) -> Iterator[T]:
    try:
        yield from parts
    except Unreadable as refused:
        raise Unreadable(refused.code, refused.place or name) from None


def _of_text(path: Path, start: bytes, source: str) -> Table:
    if not start:
        raise Unreadable("empty")
    if start.startswith(
        (b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xff\xd8\xff", b"\x89PNG", b"{\\rtf")
    ):
        raise Unreadable("kind")
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        delimiter = _delimiter(file)
    return _text_table(path, encoding, delimiter, source)


def _text_table(
    path: Path, encoding: str, delimiter: str, source: str, left_out: tuple[str, ...] = ()
) -> Table:
    if _has_quotes(path):
        return Table(source, _quoted(path, encoding, delimiter), left_out)
    return Table(source, _lines(path, encoding, delimiter), left_out, delimiter)


def _has_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b'"' in block for block in iter(lambda: file.read(_BLOCK), b""))


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[str]:
    with path.open(encoding=encoding, newline="") as file:
        for line in file:
            if line.count(delimiter) >= COLUMNS_MAX:
                raise Unreadable("too_wide", f"{COLUMNS_MAX}")
            if len(line) > _LINE_MAX:
                raise Unreadable("quotes")
            yield line


def _unfolded(path: Path, folder: Path) -> list[tuple[str, Path]]:
    """The sheets of a workbook: name, CSV."""
    command = [sys.executable, "-I", workbook.__file__, str(path), str(folder)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=workbook.SECONDS * 2
        )
    except subprocess.TimeoutExpired:
        raise _too_much() from None
    if done.returncode < 0:  # it was killed at its bounds
        raise _too_much()
    if done.returncode:
        code, _, place = done.stdout.strip().partition(" ")
        raise Unreadable(code or "damaged", place)
    return [(name[:100], folder / f"{n}.csv") for n, name in enumerate(json.loads(done.stdout))]


def _alike(
    sheets: list[tuple[str, Path]], learned: Mapping[str, str]
) -> tuple[list[tuple[str, Path]], tuple[str, ...]]:
    """The sheet in which most is understood and those with the same headings; the names of the others."""
    heads = []
    for _name, file in sheets:
        top = [[" ".join(cell.split()) for cell in row] for row in islice(_of_csv(file), HEADING_ROWS)]
        at = heading_row(top, learned)
        heads.append([] if at is None else [cell for cell in top[at] if cell])
    best = max(heads, key=lambda head: understood(head, learned))
    wanted = [normal(cell) for cell in best]
    fits = [[normal(cell) for cell in head] == wanted for head in heads]
    return (
        [sheet for sheet, fit in zip(sheets, fits, strict=True) if fit],
        tuple(name for (name, _file), fit in zip(sheets, fits, strict=True) if not fit),
    )


def _of_csv(path: Path) -> Iterator[list[str]]:
    """What `workbook` has written."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _quoted(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        quotes = _Quotes(file)
        reader = csv.reader(quotes, delimiter=delimiter)
        try:
            for row in reader:
                if len(row) > COLUMNS_MAX:
                    raise Unreadable("too_wide", f"{COLUMNS_MAX}")
                if any(cell.count("\n") > _LINES_IN_A_CELL for cell in row if len(cell) > _LINES_IN_A_CELL):
                    raise Unreadable("quotes")
                yield row
        except csv.Error:
            raise Unreadable("quotes") from None
        if quotes.count % 2:
            raise Unreadable("quotes")


class _Quotes:
    """Lines of a text, its quotation marks counted: in a whole table there are twos of them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.count = 0

    def __iter__(self) -> _Quotes:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.count += line.count('"')
        return line


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                _check(file, encoding)
                return encoding
        file.seek(0)
        if b"\0" in file.read(4096):
            raise Unreadable("kind")
        for encoding in ("utf-8", "cp1251"):
            try:
                _check(file, encoding)
            except Unreadable:
                continue
            return encoding
    raise Unreadable("encoding")


def _check(file: IO[bytes], encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise Unreadable("encoding") from None


def _delimiter(file: IO[str]) -> str:
    """The one by which most of the first lines fall into the same number of cells, more than one."""
    lines = [line for line in (file.readline() for _ in range(30)) if line.strip()]

    def weight(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        width, times = max(widths.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]), default=(1, 0))
        return (times, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=weight)
