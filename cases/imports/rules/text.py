"""Lists as text: which encoding, which delimiter, and whether a row is a line."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from cases.imports.rules.tables import COLUMNS_MAX, Table, Unreadable

_BLOCK = 1 << 20
_DELIMITERS = (";", ",", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AT_ONCE = 1000
"""Lines."""
_LINE_MAX = 100_000
"""Characters of a line: what is longer is no row of a list."""
_LINES_IN_A_CELL = 30
"""A cell with more lines than this is the rest of the file after a quotation mark that was not closed."""


def table(path: Path, start: bytes, source: str) -> Table:
    """Of a file that begins with these bytes. Raises Unreadable, while rows are read too."""
    if not start:
        raise Unreadable("empty")
    if start.startswith(
        (b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xff\xd8\xff", b"\x89PNG", b"{\\rtf")
    ):
        raise Unreadable("kind")
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        delimiter, width = _delimiter(file)
    return plain(path, encoding, delimiter, source, width=width)


def plain(
    path: Path, encoding: str, delimiter: str, source: str, left_out: tuple[str, ...] = (), width: int = 0
) -> Table:
    """Of a text whose encoding and delimiter are known. `width`: cells of its rows where people wrote its quotation
    marks, which may be stray ones.
    """
    if _has_quotes(path):
        return Table(source, _quoted(path, encoding, delimiter, width), left_out)
    return Table(source, _lines(path, encoding, delimiter), left_out, delimiter)


def _has_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b'"' in block for block in iter(lambda: file.read(_BLOCK), b""))


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[str]:
    with path.open(encoding=encoding, newline="") as file:
        while lines := list(islice(file, _AT_ONCE)):
            if max(line.count(delimiter) for line in lines) >= COLUMNS_MAX:
                raise Unreadable("too_wide", f"{COLUMNS_MAX}")
            if max(map(len, lines)) > _LINE_MAX:
                raise Unreadable("quotes")
            yield from lines


def _quoted(path: Path, encoding: str, delimiter: str, width: int) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        quotes = _Quotes(file)
        reader = csv.reader(quotes, delimiter=delimiter)
        lines = 0
        try:
            for row in reader:
                if len(row) > COLUMNS_MAX:
                    raise Unreadable("too_wide", f"{COLUMNS_MAX}")
                if reader.line_num > lines + 1 and _swallowed(row, delimiter, width):
                    raise Unreadable("quotes")
                lines = reader.line_num
                yield row
        except csv.Error:
            raise Unreadable("quotes") from None
        if quotes.count % 2:
            raise Unreadable("quotes")


def _swallowed(row: list[str], delimiter: str, width: int) -> bool:
    """Does this row of several lines hold another one, between two stray quotation marks?"""
    broken = [cell for cell in row if "\n" in cell or "\r" in cell]
    if any(cell.count("\n") > _LINES_IN_A_CELL for cell in broken):
        return True
    more = sum(cell.count(delimiter) for cell in broken) + max(len(row) - width, 0)
    return 0 < width - 1 <= more


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
            if encoding == "cp1251" and not _is_cp1251(file):
                break
            return encoding
    raise Unreadable("encoding")


_KINDS = b" " * 128 + b"." * 64 + b"A" * 32 + b"a" * 32
"""Of bytes: blanks are ASCII; `A` are capitals in cp1251 and first bytes of UTF-8, whose other bytes are points; `a`
are small letters.
"""
_FEW = 10


def _is_cp1251(file: IO[bytes]) -> bool:
    """cp1251 makes letters of any bytes at all: not believed where a tenth of the words begin as in UTF-8, or like
    nAMES, as KOI8 looks then.
    """
    words = in_utf8 = swapped = usual = 0
    file.seek(0)
    while block := file.read(_BLOCK):
        kinds = block.translate(_KINDS)
        words += sum(map(kinds.count, (b" A", b" a", b" .")))
        in_utf8 += kinds.count(b" A.A.A.")
        swapped += kinds.count(b" aAA")
        usual += kinds.count(b" Aaa")
    many = max(words / _FEW, 1)
    return in_utf8 < many and (swapped < many or swapped <= usual)


def _check(file: IO[bytes], encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise Unreadable("encoding") from None


def _delimiter(file: IO[str]) -> tuple[str, int]:
    """The one by which most of the first lines fall into the same number of cells, more than one; that number."""
    lines = [line for line in (file.readline() for _ in range(30)) if line.strip()]

    def weight(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        width, times = max(widths.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]), default=(1, 0))
        return (times, width) if width > 1 else (0, 0)

    try:
        (_times, width), delimiter = max(((weight(one), one) for one in _DELIMITERS), key=lambda one: one[0])
    except csv.Error:  # a cell that nobody has written
        raise Unreadable("quotes") from None
    return delimiter, width
