"""Workbooks of Excel, in and out: a hostile file gets a sentence, a text stays a text.

Reading goes in two steps. The package is unpacked here, counted while it unpacks, and its sheet is walked by
a streaming parser: only a small table reaches the reader proper, which lays a sheet out as a whole rectangle
(one cell in the last corner of a sheet would be seventeen milliards of cells).
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

import python_calamine
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from fregat.lib.errors import Invalid
from fregat.lib.text import normalise

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
TYPES = {"csv": CSV, "xlsx": XLSX}
"""How a table is served, by the ending of its name."""
FILE_MAX = 2_000_000
"""The largest workbook that is read, in bytes."""
UNPACKED_MAX = 30_000_000
"""What a workbook may unpack to, in bytes: of all its parts together."""
PARTS_MAX = 500

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 65_536
_ENCRYPTED = 0x1
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error)
_AS_FORMULA = ("=", "+", "-", "@")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Row:
    """One row as texts; `number` is the one that people see at its left in Excel."""

    number: int
    cells: list[str]
    formulas: frozenset[int]
    """Columns (from 0) whose cell holds a formula: what it shows is not what is written."""

    @property
    def is_empty(self) -> bool:
        """Nothing is written in it."""
        return not self.formulas and not any(self.cells)


class _Refused(Exception):
    """Why the workbook is not read, as a sentence."""


def read(content: bytes, *, rows: int, columns: int, field: str = "file") -> list[Row]:
    """The rows of the first visible sheet that are not empty, at most `rows` × `columns`.

    Numbers come as they are written without a fraction of zero, dates as `24.11.2026`. Raises Invalid with a
    sentence under `field` for whatever is no such workbook.
    """
    try:
        package = _unpacked(content)
        name, part = _first_sheet(package)
        found = _Walk(rows, columns).walk(package[part])
        return list(_laid_out(package, name, found))
    except _Refused as refused:
        raise Invalid.field(field, str(refused)) from None


# --- The package --------------------------------------------------------------------------------------


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of the package by name, counted while they unpack: what a header claims is not believed."""
    if len(content) > FILE_MAX:
        raise _Refused(
            _("The file is too large: at most %(max)s MB is possible.") % {"max": FILE_MAX // 1_000_000}
        )
    if content.startswith(_OLE):
        raise _Refused(
            _(
                "The workbook is protected with a password or is of the old format .xls."
                " Save it as .xlsx without a password."
            )
        )
    if not content.startswith(_ZIP):
        raise _Refused(_not_a_workbook())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _parts(package)
    except NotImplementedError:
        raise _Refused(_not_a_workbook()) from None
    except _DAMAGED:
        raise _Refused(_damaged()) from None


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    members = package.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise _Refused(_("The file is protected with a password. Save it without one."))
    if len(members) > PARTS_MAX:
        raise _Refused(_too_much())
    parts: dict[str, bytes] = {}
    left = UNPACKED_MAX
    for member in members:
        unpacked = bytearray()
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += chunk
                if len(unpacked) > left:
                    raise _Refused(_too_much())
        left -= len(unpacked)
        parts[member.filename] = bytes(unpacked)
    return parts


def _first_sheet(package: dict[str, bytes]) -> tuple[str, str]:
    """The name of the first visible sheet and the name of its part."""
    if "[Content_Types].xml" not in package or "xl/workbook.xml" not in package:
        raise _Refused(_not_a_workbook())
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append((attributes.get("name", ""), attributes.get(f"{_RELATIONS} id", "")))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(package["xl/workbook.xml"], sheet)
    _parse(package.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    for name, ident in sheets:
        part = posixpath.normpath(posixpath.join("/xl", targets.get(ident, ""))).lstrip("/")
        if part.startswith("xl/worksheets/") and part in package:
            return name, part
    raise _Refused(_("There is no visible sheet in the workbook."))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _parse(xml: bytes, start: Any) -> None:
    """Walk the elements; a document type, with which entities come, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, UnicodeError, ValueError):
        raise _Refused(_damaged()) from None


def _no_doctype(*_of_it: object) -> None:
    raise _Refused(_not_a_workbook())


class _Walk:
    """The cells of a sheet by the parser: how far they reach, and which of them hold a formula."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.row = self.column = -1
        self.written = 0
        self.formulas: set[tuple[int, int]] = set()

    def walk(self, xml: bytes) -> set[tuple[int, int]]:
        """Where the formulas are, as (row, column) from 0. Refuses a sheet that is too large or empty."""
        _parse(xml, self._start)
        if not self.written:
            raise _Refused(_("The sheet is empty."))
        return self.formulas

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            self.row = self._number(attributes.get("r"), self.row + 1)
            self.column = -1
            self._check_row()
        elif local == "c":
            self._cell(attributes.get("r"))
        elif local in {"v", "is", "f"}:
            self.written += 1
            if local == "f":
                self.formulas.add((self.row, self.column))

    def _cell(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            place = _PLACE.fullmatch(reference)
            if place is None:
                raise _Refused(_damaged())
            self.column, self.row = column_index_from_string(place[1]) - 1, int(place[2]) - 1
            self._check_row()
        if self.column >= self.columns:
            raise _Refused(
                _("The sheet is too wide: at most %(max)d columns are read, up to %(letter)s.")
                % {"max": self.columns, "letter": get_column_letter(self.columns)}
            )

    def _check_row(self) -> None:
        if self.row >= self.rows:
            raise _Refused(_("The sheet is too long: at most %(max)d rows are read.") % {"max": self.rows})

    @staticmethod
    def _number(text: str | None, following: int) -> int:
        if text is None:
            return following
        if not text.isascii() or not text.isdigit() or len(text) > 7:
            raise _Refused(_damaged())
        return int(text) - 1


# --- The cells ----------------------------------------------------------------------------------------


def _laid_out(package: dict[str, bytes], name: str, formulas: set[tuple[int, int]]) -> Iterator[Row]:
    table = _values(_packed_again(package), name)
    # Formulas that were never calculated show nothing: the reader leaves their rows out.
    table += [[] for _row in range(len(table), 1 + max((row for row, _column in formulas), default=-1))]
    for number, values in enumerate(table):
        here = frozenset(column for row, column in formulas if row == number)
        row = Row(number + 1, [_text(value) for value in values], here)
        if not row.is_empty:
            yield row


def _packed_again(package: dict[str, bytes]) -> io.BytesIO:
    """A package of exactly what was counted and walked: the reader cannot be led to something else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as again:
        for part, content in package.items():
            again.writestr(part, content)
    packed.seek(0)
    return packed


def _values(packed: io.BytesIO, name: str) -> list[list[Any]]:
    try:
        with python_calamine.load_workbook(packed) as book:
            return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        raise _Refused(_("The file is protected with a password. Save it without one.")) from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise _Refused(_damaged()) from None
    except BaseException as fault:
        # The reader is written in Rust: what it did not foresee comes as a panic, which is no Exception.
        if type(fault).__name__ != "PanicException":
            raise
        raise _Refused(_damaged()) from None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time(0) else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return normalise(str(value))


def _not_a_workbook() -> str:
    return _("This is not an Excel workbook. Save the table as .xlsx and choose it again.")


def _damaged() -> str:
    return _("The file is damaged or was not saved to the end. Save it again as .xlsx.")


def _too_much() -> str:
    return _("The file unpacks into too much. Leave one sheet in it, without pictures, and save it again.")


# --- Out ----------------------------------------------------------------------------------------------


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """A table as Excel opens it here: marked as UTF-8, semicolons, decimal commas, days as they are read.

    What begins like a formula stays a text, as in a workbook.
    """
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([_in_csv(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _in_csv(value: object) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else "" if value is None else str(value)


def write(
    tables: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]], *, mark: str = ""
) -> bytes:
    """A workbook of `(name of the sheet, headings, rows)`; what begins like a formula is written as a text.

    `mark` says whose it is: at the foot of every printed page and in the file's properties.
    """
    book = Workbook(write_only=True)
    book.properties.creator = mark
    for name, headings, rows in tables:
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        # An ampersand begins a code of the foot.
        sheet.oddFooter.center.text = mark.replace("&", "&&")
        for index, heading in enumerate(headings, 1):
            sheet.column_dimensions[get_column_letter(index)].width = max(12, min(40, len(heading) + 6))
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def harmless(value: str) -> str:
    """For a CSV: a text that begins like a formula is kept from being one."""
    return f"'{value}" if value.startswith((*_AS_FORMULA, "\t", "\r")) else value


def _cell(sheet: Any, value: object, *, bold: bool = False) -> Any:
    """A number, a date without its zone, or a text that stays one whatever it begins with."""
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))
    cell = WriteOnlyCell(sheet, text)
    if text.startswith(_AS_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell
