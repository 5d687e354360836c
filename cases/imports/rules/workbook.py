"""A workbook's visible sheets with rows, each as CSV; run as a program of its own, with bounds on memory and time.

`python workbook.py FILE FOLDER`: writes `0.csv` and so on there, ends with 0 and the sheets' names as JSON on standard
output, or with 1 and a code of `labels.FAILURE_TEXTS`. Nothing of the project is imported here: the process starts in a
moment.
"""

from __future__ import annotations

import csv
import html
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEMORY = 2_000_000_000
"""Bytes of address space: a million rows of twelve columns take half of it."""
SECONDS = 120
"""Of the processor."""
UNPACKED_MAX = 1_500_000_000
COLUMNS_MAX = 100
MERGED = "\ue000"
"""Stands in a cell that is covered by a merged one: nobody knows whether the value was meant for this row."""
FORMULA = "\ue001"
"""Stands in a cell whose formula was never calculated."""
_COVERED_MAX = 1_000_000
_ROWS_MAX = 1 << 20
"""Of a sheet of Excel."""
_EXACT = 1e15
"""Spreadsheets keep fifteen digits."""
_BLOCK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Refused(Exception):
    pass


def main(path: str, folder: str) -> int:
    """Read `path`, write into `folder`; say why not."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        names: list[str] = []
        for name, rows in _sheets(path):
            out = Path(folder) / f"{len(names)}.csv"
            with out.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            names.append(name)
        print(json.dumps(names))
    except _Refused as refused:
        print(refused)
        return 1
    except MemoryError:
        print(f"bomb {UNPACKED_MAX // 1_000_000}")
        return 1
    return 0


def _sheets(path: str) -> Iterator[tuple[str, Iterator[list[str]]]]:
    import python_calamine

    empty = True
    with ThreadPoolExecutor(1) as beside:
        package = beside.submit(_through_package, path)
        try:
            with python_calamine.load_workbook(path) as book:
                visible = python_calamine.SheetVisibleEnum.Visible
                for name in [one.name for one in book.sheets_metadata if one.visible == visible]:
                    sheet = book.get_sheet_by_name(name)
                    if sheet.height and sheet.width:
                        empty = False
                        yield name, _of_sheet(sheet, *package.result().get(name, ({}, {})))
        except _Refused:
            raise
        except python_calamine.PasswordError:
            raise _Refused("password") from None
        except BaseException as fault:
            # The reader is written in Rust: what it did not foresee comes as a panic, which is no Exception.
            foreseen = (python_calamine.CalamineError, ValueError, OSError)
            if not isinstance(fault, foreseen) and type(fault).__name__ != "PanicException":
                raise
            package.result()  # it may know better why
            raise _Refused("damaged") from None
        package.result()
    if empty:
        raise _Refused("empty")


_Cells = dict[int, dict[int, str]]
"""Row → column → what to write there, both from 0."""
_Noughts = dict[int, bytearray]
"""Column → of each row how many digits its number is shown with at least; 0: as it is."""
_STYLES = "xl/styles.xml"
_STYLES_MAX = 10_000_000
_FORMAT = re.compile(rb'<numFmt (?=[^>]*?numFmtId="(\d+)")(?=[^>]*?formatCode="([^"]*)")')
_STYLE = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
_SHEET = re.compile(rb'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_PART = re.compile(rb'<Relationship (?=[^>]*?Id="([^"]*)")(?=[^>]*?Target="/?(?:xl/)?([^"]*)")')
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"[^>]*>\s*(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*<v>(#[^<]*)</v>'
)


def _through_package(path: str) -> dict[str, tuple[_Cells, _Noughts]]:
    """Unpack all of it once, in blocks: is it a bomb, and which cells of which sheet hold an error or a formula without
    a value, or a number that is shown with noughts before it? The reader itself sees the former as empty, and the
    latter without its noughts.
    """
    with Path(path).open("rb") as file:
        if file.read(8) == _OLE:
            file.seek(0)
            if "EncryptedPackage".encode("utf-16-le") in file.read():
                raise _Refused("password")
            return {}  # an old .xls
    try:
        with zipfile.ZipFile(path) as package:
            if any(member.flag_bits & 1 for member in package.infolist()):
                raise _Refused("password")
            size, found = 0, dict[str, tuple[_Cells, _Noughts]]()
            widths = _widths(package)
            shown = _shown(widths) if widths else None
            for member in package.infolist():
                (cells, noughts), rest = found.setdefault(member.filename, ({}, {})), b""
                with package.open(member) as stream:
                    while block := stream.read(_BLOCK):
                        size += len(block)
                        if size > UNPACKED_MAX:
                            raise _Refused(f"bomb {UNPACKED_MAX // 1_000_000}")
                        if shown:
                            _note_noughts(rest + block, shown, widths, noughts)
                        rest = _note_valueless(rest + block, cells)
            return {name: found.get(part, ({}, {})) for name, part in _parts(package)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise _Refused("damaged") from None


def _widths(package: zipfile.ZipFile) -> dict[bytes, int]:
    """Styles by which a number is shown with noughts before it, `00000000` or `000-000`: with how many digits."""
    if _STYLES not in package.namelist():
        return {}
    with package.open(_STYLES) as stream:
        xml = stream.read(_STYLES_MAX)
    codes = {ident: html.unescape(code.decode("utf-8", "replace")) for ident, code in _FORMAT.findall(xml)}
    plain = {ident: re.sub(r'[- "\\]', "", code.split(";")[0]) for ident, code in codes.items()}
    digits = {ident: len(code) for ident, code in plain.items() if re.fullmatch("0{2,20}", code)}
    styles = _STYLE.findall(xml.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]) if digits else ()
    return {b"%d" % n: digits[ident] for n, ident in enumerate(styles) if ident in digits}


def _shown(widths: dict[bytes, int]) -> re.Pattern[bytes]:
    """Cells of these styles that hold a whole number."""
    return re.compile(
        rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]*? t="(?!n"))[^>]*? s="(' + b"|".join(widths) + rb')"[^>]*>\s*'
        rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*<v>\d{1,15}</v>"
    )


def _note_noughts(xml: bytes, shown: re.Pattern[bytes], widths: dict[bytes, int], noughts: _Noughts) -> None:
    for letters, row, style in shown.findall(xml):
        column, at = _column(letters), int(row) - 1
        if column < COLUMNS_MAX and at < _ROWS_MAX:
            rows = noughts.setdefault(column, bytearray())
            if at >= len(rows):
                rows.extend(bytes(at + 1 - len(rows)))
            rows[at] = widths[style]


def _note_valueless(xml: bytes, cells: _Cells) -> bytes:
    """Note them; what may go on in the next block is returned."""
    for letters, row in _UNCALCULATED.findall(xml) if b"<f" in xml else ():
        cells.setdefault(int(row) - 1, {})[_column(letters)] = FORMULA
    for letters, row, error in _ERROR.findall(xml) if b't="e"' in xml else ():
        cells.setdefault(int(row) - 1, {})[_column(letters)] = error.decode("utf-8", "replace")
    return xml[max(xml.rfind(b"<c "), 0) :] if b"<c " in xml else xml[-2:]


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of a sheet, the member that it stands in."""
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if {book, links} <= set(package.namelist()):
        parts = dict(_PART.findall(package.read(links)))
        for name, ident in _SHEET.findall(package.read(book)):
            yield html.unescape(name.decode()), f"xl/{parts.get(ident, b'').decode()}"


def _of_sheet(sheet: Any, valueless: _Cells, noughts: _Noughts) -> Iterator[list[str]]:
    start_row, start_column = sheet.start or (0, 0)
    if start_column + sheet.width > COLUMNS_MAX:
        raise _Refused(f"too_wide {COLUMNS_MAX}")
    covered = _covered(sheet)
    for _empty in range(start_row):
        yield []
    before = [""] * start_column
    for number, values in enumerate(sheet.iter_rows(), start_row):
        row = before + [value if type(value) is str else _text(value) for value in values]
        for column in covered.get(number, ()):
            if column < len(row) and not row[column]:
                row[column] = MERGED
        for column, text in valueless.get(number, {}).items():
            if column < len(row) and not row[column]:
                row[column] = text
        for column, digits in noughts.items():
            if number < len(digits) and digits[number] and column < len(row) and row[column].isdigit():
                row[column] = row[column].zfill(digits[number])
        yield row


def _covered(sheet: Any) -> dict[int, list[int]]:
    """Cells covered by merged ones, but for the first: row → columns. Merged across one row they mean a heading."""
    covered: dict[int, list[int]] = {}
    area = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        area += (bottom - top) * (right - left + 1)
        if area > _COVERED_MAX:
            raise _Refused("damaged")
        for row in range(top + 1, bottom + 1):
            covered.setdefault(row, []).extend(range(left, right + 1))
    return covered


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        if abs(value) >= _EXACT:  # as spreadsheets show it: the last digits are not what somebody has typed
            return f"{value:.14E}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time(0) else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value) if isinstance(value, int | time | timedelta) else str(value or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
