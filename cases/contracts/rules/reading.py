"""The insurer's table as people have it in a spreadsheet, read as a whole: every fault with its line.

Five columns: kind of line, for what, from, to, rate or coefficient. A minus in the last one: not sold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from cases.contracts.rules.tariff import RATES, Line, Table

LINES_MAX = 1_000
WHOLE_MAX = 9
"""Digits before the point of any number of the table."""
PLACES_MAX = 4
"""Digits after it."""
DAYS_MAX, AGE_MAX, PERSONS_MAX = 366, 150, 100
COLUMNS = 5

WORDS = {
    "день": Table.DAY, "за день": Table.DAY, "day": Table.DAY,
    "строк": Table.TERM, "за строк": Table.TERM, "term": Table.TERM,
    "сума": Table.SUM, "sum": Table.SUM,
    "вік": Table.AGE, "age": Table.AGE,
    "ризик": Table.RISK, "risk": Table.RISK,
    "група": Table.GROUP, "group": Table.GROUP,
}  # fmt: skip
"""How a line says its kind, in either language."""
HEADINGS = frozenset({"таблиця", "table", "вид", "kind"})
NOT_SOLD = frozenset({"-", "\u2013", "\u2014", "\u2212"})
"""A minus, and the dashes that a spreadsheet makes of it."""

_LARGEST = {Table.DAY: DAYS_MAX, Table.TERM: DAYS_MAX, Table.AGE: AGE_MAX, Table.GROUP: PERSONS_MAX}
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line (0: with the table as a whole): a code of `labels.FAULTS` and its values."""

    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def read_table(text: str, territories: Mapping[str, str]) -> tuple[tuple[Line, ...], list[Fault]]:
    """The lines of a table, and everything that is wrong with it, by line.

    `territories`: how people may call a territory (lower case) → its code, empty when several are called so.
    Columns are parted by tabs, semicolons or commas; a heading and empty lines are left out, and counted.
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, cells in _rows(text):
        if len(lines) + len(faults) >= LINES_MAX:
            faults.append(Fault(number, "too_many", {"max": LINES_MAX}))
            break
        found = _line(number, cells, territories) if cells else Fault(number, "cells")
        if isinstance(found, Line):
            lines.append(found)
        else:
            faults.append(found)
    if not faults and not any(line.table in RATES for line in lines):
        faults.append(Fault(0, "no_rates"))
    faults += _between(lines)
    return tuple(lines), sorted(faults, key=lambda fault: fault.line)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that are not empty, with their cells; without any: it cannot be parted into cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((mark for mark in "\t;," if mark in first), ";")
    heading = True
    # A quotation mark that is never closed would swallow the rest: each line is read by itself.
    for number, row in enumerate(text.splitlines(), 1):
        try:
            cells = [cell.strip() for cell in next(csv.reader(io.StringIO(row), delimiter=delimiter), [])]
        except csv.Error:  # a cell of more than 131,072 characters
            yield number, []
            continue
        if not any(cells):
            continue
        if not (heading and cells[0].casefold() in HEADINGS):
            yield number, cells
        heading = False


def _line(number: int, cells: list[str], territories: Mapping[str, str]) -> Line | Fault:
    while len(cells) > COLUMNS and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != COLUMNS:
        return Fault(number, "columns", {"count": len(cells)})
    kind, what, since, until, value = cells
    table = WORDS.get(_BLANKS.sub(" ", kind).casefold())
    if table is None:
        return Fault(number, "kind", {"word": kind})
    named = _what(number, table, what, territories)
    if isinstance(named, Fault):
        return named
    reach = _reach(number, table, since, until)
    if isinstance(reach, Fault):
        return reach
    amount = None if value in NOT_SOLD else _number(value)
    if value not in NOT_SOLD and amount is None:
        return Fault(number, "value", {"word": value})
    return Line(number, table, named, *reach, amount)


def _what(number: int, table: Table, what: str, territories: Mapping[str, str]) -> str | Fault:
    if table in RATES:
        code = territories.get(_BLANKS.sub(" ", what).casefold())
        return code or Fault(number, "territory" if code is None else "territories", {"word": what})
    if table == Table.RISK:
        return what[:100] if what else Fault(number, "no_name")
    return Fault(number, "needless", {"word": what}) if what else ""


def _reach(number: int, table: Table, since: str, until: str) -> tuple[int, int] | Fault:
    """From and to; a risk has none, an insured sum and an open end are said by one of them."""
    if table == Table.RISK:
        return Fault(number, "needless", {"word": since or until}) if since or until else (0, 0)
    first, last = _whole(since), _whole(until or since)
    if first is None or last is None:
        return Fault(number, "reach", {"word": f"{since} – {until}"})
    if last < first:
        return Fault(number, "reversed", {"since": first, "until": last})
    if table == Table.SUM:
        return (first, last) if first == last and first > 0 else Fault(number, "one_sum")
    largest = _LARGEST[table]
    if last > largest or (first < 1 and table != Table.AGE):
        return Fault(number, "outside", {"least": 0 if table == Table.AGE else 1, "largest": largest})
    return first, last


def _whole(text: str) -> int | None:
    digits = _BLANKS.sub("", text)
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None


def _number(text: str) -> Decimal | None:
    """A positive number with at most four places, with a point or a comma."""
    plain = _BLANKS.sub("", text).replace(",", ".")
    if not re.fullmatch(rf"[0-9]{{1,{WHOLE_MAX}}}(\.[0-9]{{1,{PLACES_MAX}}})?", plain):
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing such through
        return None
    return value if value > 0 else None


# --- Lines that do not go together -----------------------------------------------------------------


def _between(lines: Sequence[Line]) -> Iterator[Fault]:
    """Overlaps and gaps of terms (for each territory), ages and groups; a sum or a risk named twice."""
    for code in dict.fromkeys(line.what for line in lines if line.table in RATES):
        yield from _reaches("terms", [line for line in lines if line.table in RATES and line.what == code])
    yield from _reaches("ages", [line for line in lines if line.table == Table.AGE])
    yield from _reaches("groups", [line for line in lines if line.table == Table.GROUP], gaps=False)
    yield from _twice([line for line in lines if line.table == Table.SUM])
    yield from _twice(
        [replace(line, what=line.what.casefold()) for line in lines if line.table == Table.RISK]
    )


def _reaches(axis: str, lines: Iterable[Line], *, gaps: bool = True) -> Iterator[Fault]:
    furthest: Line | None = None
    for line in sorted(lines, key=lambda one: (one.since, one.until)):
        if furthest is not None and line.since <= furthest.until:
            values = {"since": line.since, "until": min(line.until, furthest.until), "other": furthest.number}
            yield Fault(line.number, f"overlap_{axis}", values)
        elif gaps and furthest is not None and line.since > furthest.until + 1:
            values = {"since": furthest.until + 1, "until": line.since - 1, "other": furthest.number}
            yield Fault(line.number, f"gap_{axis}", values)
        if furthest is None or line.until > furthest.until:
            furthest = line


def _twice(lines: Iterable[Line]) -> Iterator[Fault]:
    ordered = sorted(lines, key=lambda one: (one.what, one.since, one.number))
    for first, second in pairwise(ordered):
        if (first.what, first.since) == (second.what, second.since):
            yield Fault(second.number, "twice", {"other": first.number})
