"""What a sent file holds: tables of rows, whatever it was packed in. Plain Python, on a file of this disk.

A workbook is read by another process with bounds on its memory and time (`workbook`): what is meant to choke a
reader chokes that one.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from cases.imports.rules import text, workbook
from cases.imports.rules.columns import HEADING_ROWS, NAMES, goes_on, guess, heading_row, normal, understood
from cases.imports.rules.tables import Table, Unreadable

T = TypeVar("T")
UNPACKED_MAX = 600_000_000
"""What an archive may unpack to, in bytes."""
MEMBERS_MAX = 100

ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 1 << 20
_IN_UTF8 = 0x800
"""Flag of a member of an archive."""


def tables(path: Path, learned: Mapping[str, str]) -> Iterator[Table]:
    """Every table in the file; `learned` helps to tell which sheets are the list. Raises Unreadable, while rows are
    read too.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(ZIP) and not _is_workbook(path):
        yield from _archived(path, learned)
    else:
        yield from _tables(path, start, "", learned)


def _tables(path: Path, start: bytes, source: str, learned: Mapping[str, str]) -> Iterator[Table]:
    if not start.startswith((_OLE, ZIP)):
        yield text.table(path, start, source)
        return
    with tempfile.TemporaryDirectory() as folder:
        sheets = _unfolded(path, Path(folder))
        alike, left_out = _alike(sheets, learned)
        for name, file in alike:
            place = ": ".join(part for part in (source, name if len(sheets) > 1 else "") if part)
            yield text.plain(file, "utf-8", ",", place[:200], left_out)
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
        members = [one for one in package.infolist() if not (one.is_dir() or _of_the_system(one.filename))]
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
                name = Path(_name(member)).name[:200]
                with inner.open("rb") as file:
                    start = file.read(8)
                if start.startswith(ZIP) and not _is_workbook(inner):
                    raise Unreadable("nested", name)
                for table in _named(name, _tables(inner, start, name, learned)):
                    yield replace(table, rows=_named(name, table.rows))


def _name(member: zipfile.ZipInfo) -> str:
    """As people gave it: where it does not say that it is UTF-8, Windows has written it as DOS wrote Cyrillic."""
    if member.flag_bits & _IN_UTF8:
        return member.filename
    return member.filename.encode("cp437", "replace").decode("cp866")


def _of_the_system(name: str) -> bool:
    """Did no person put it there? `.DS_Store`, `__MACOSX/._list.csv`."""
    return "__MACOSX" in name or Path(name).name.startswith(".")


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
        raise Unreadable(refused.code, refused.place or name, refused.row) from None


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
    """The sheet in which most is understood and those with the same headings; the names of the others.

    Raises Unreadable when one of the others is a list too, or goes on with one: whoever stands in it is not missing.
    """
    rows = []
    for _name, file in sheets:
        top = [[" ".join(cell.split()) for cell in row] for row in islice(_of_csv(file), HEADING_ROWS)]
        at = heading_row(top, learned)
        rows.append([] if at is None else top[at])
    heads = [[cell for cell in row if cell] for row in rows]
    best = max(range(len(heads)), key=lambda n: understood(heads[n], learned))
    wanted = [normal(cell) for cell in heads[best]]
    fits = [[normal(cell) for cell in head] == wanted for head in heads]
    for (name, _file), row, head, fit in zip(sheets, rows, heads, fits, strict=True):
        fields = set(guess(head, learned).values())
        if not fit and "number" in fields and not fields.isdisjoint((*NAMES, "ended_on")):
            raise Unreadable("columns_differ", name)
        if not fit and goes_on(row, rows[best], learned):
            raise Unreadable("no_headings", name)
    return (
        [sheet for sheet, fit in zip(sheets, fits, strict=True) if fit],
        tuple(name for (name, _file), fit in zip(sheets, fits, strict=True) if not fit),
    )


def _of_csv(path: Path) -> Iterator[list[str]]:
    """What `workbook` has written."""
    with path.open(encoding="utf-8", newline="") as file:
        try:
            yield from csv.reader(file)
        except csv.Error:  # a cell longer than any program lets people write
            raise Unreadable("damaged") from None
