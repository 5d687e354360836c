"""Lists as text: which encoding, which delimiter, and whether a row is a line."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

from cases.imports.rules.tables import COLUMNS_MAX, Table, Unreadable

_BLOCK = 1 << 20
_DELIMITERS = (";", ",", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHERS = (
    b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xff\xd8\xff", b"\x89PNG", b"{\\rtf", b"<", b"\xef\xbb\xbf<",
)  # fmt: skip
"""How files begin that are no tables; pages and XML are called `.xls` by some programs."""
_AT_ONCE = 1000
"""Lines."""
_LINE_MAX = 100_000
"""Characters of a line: what is longer is no row of a list."""
_END = "\ue002"
"""A line after the last one: whoever has not read it as a row is in a quotation that nobody has closed."""
_LINES_IN_A_CELL = 30
"""A cell with more lines than this is the rest of the file after a quotation mark that was not closed."""


def table(path: Path, start: bytes, source: str) -> Table:
    """Of a file that begins with these bytes. Raises Unreadable, while rows are read too."""
    if not start:
        raise Unreadable("empty")
    if start.startswith(_OTHERS):
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
    before = 0
    with path.open(encoding=encoding, newline="") as file:
        while lines := list(islice(file, _AT_ONCE)):
            if max(line.count(delimiter) for line in lines) >= COLUMNS_MAX:
                raise Unreadable("too_wide", f"{COLUMNS_MAX}")
            if max(map(len, lines)) > _LINE_MAX:
                longest = next(n for n, line in enumerate(lines, 1) if len(line) > _LINE_MAX)
                raise Unreadable("quotes", row=before + longest)
            before += len(lines)
            yield from lines


def _quoted(path: Path, encoding: str, delimiter: str, width: int) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(chain(file, [_END]), delimiter=delimiter)
        number = lines = 0
        try:
            for number, row in enumerate(reader, 1):
                if row == [_END]:
                    return
                if len(row) > COLUMNS_MAX:
                    raise Unreadable("too_wide", f"{COLUMNS_MAX}")
                if reader.line_num > lines + 1 and (
                    row[-1].endswith(_END) or _swallowed(row, delimiter, width)
                ):
                    raise Unreadable("quotes", row=number)
                lines = reader.line_num
                yield row
        except csv.Error:
            raise Unreadable("quotes", row=number + 1) from None


def _swallowed(row: list[str], delimiter: str, width: int) -> bool:
    """Does this row of several lines hold another one, between two stray quotation marks?"""
    broken = [cell for cell in row if "\n" in cell or "\r" in cell]
    if any(cell.count("\n") > _LINES_IN_A_CELL for cell in broken):
        return True
    more = sum(cell.count(delimiter) for cell in broken) + max(len(row) - width, 0)
    return 0 < width - 1 <= more


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
        why = Unreadable("encoding")
        for encoding in ("utf-8", "cp1251"):
            try:
                _check(file, encoding)
            except Unreadable as refused:
                why = refused if encoding == "utf-8" else why
                continue
            if encoding == "utf-8" or _is_cp1251(file):
                return encoding
    raise why


_KINDS = b" " * 128 + b"." * 64 + b"A" * 32 + b"a" * 32
"""Of bytes: blanks are ASCII; `A` are capitals in cp1251 and first bytes of UTF-8, whose other bytes are points; `a`
are small letters.
"""
_DOS = b" " * 128 + b"DDQDQDDDDDDDDDDDDQQQQDDDDDDDDDDD" + b"d" * 16 + b"." * 48 + b"d" * 16 + b"." * 16
"""Of bytes: `D`, `Q` are capitals of DOS (cp866), `d` its small letters; `Q` are quotation marks in cp1251."""
_FEW = 10


def _is_cp1251(file: IO[bytes]) -> bool:
    """cp1251 makes letters of any bytes at all: not believed where a tenth of the words begin as in UTF-8, or as words
    of DOS, or like nAMES, as KOI8 looks then.
    """
    words = in_utf8 = in_dos = swapped = usual = 0
    file.seek(0)
    while block := file.read(_BLOCK):
        kinds = block.translate(_KINDS)
        words += sum(map(kinds.count, (b" A", b" a", b" .")))
        in_utf8 += kinds.count(b" A.A.A.")
        in_dos += sum(map(block.translate(_DOS).count, (b" DD", b" DQ", b" Dd")))
        swapped += kinds.count(b" aAA")
        usual += kinds.count(b" Aaa")
    many = max(words / _FEW, 1)
    return in_utf8 < many and in_dos < many and (swapped < many or swapped <= usual)


def _check(file: IO[bytes], encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    lines = 1
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
            lines += block.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        lines += fault.object.count(b"\n", 0, fault.start)
        raise Unreadable("encoding", row=lines if encoding != "utf-16" else 0) from None
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
