"""One row of a list: what it says, or why it cannot be taken.

`COLUMNS` is the order of a line's values and of the staging table. A reader is made once for a file and asked a
million times: what can be prepared is prepared, what repeats is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from zlib import crc32

from cases.imports.rules import cells
from cases.imports.rules.columns import CONTACTS, NAMES
from cases.imports.rules.names import Names
from cases.imports.rules.workbook import FORMULA, MERGED
from cases.imports.statuses import Mode
from cases.insurance.rules import given_name_key, name_key, number_key

COLUMNS = (
    "bucket", "row", "number", "number_key", "valid_from", "valid_to", "ended_on", "programme_id", "territory_id",
    "currency_id", "insured_sum", "surname", "given_name", "patronymic", "surname_latin", "given_name_latin",
    "birth_date", "gender", "phone", "email", "language", "city", "surname_key", "given_key",
)  # fmt: skip

_NOTHING = frozenset(
    {
        "valid_from", "valid_to", "ended_on", "programme_id", "territory_id", "currency_id", "insured_sum",
        "birth_date",
    }
)  # fmt: skip
"""Columns in which nothing is NULL; in the others it is an empty text."""
_CALLED = {"programme_id": "programme", "territory_id": "territory", "currency_id": "currency"}
_LENGTHS = {"number": 40, "email": 254}
_LENGTH = 100
_USUAL = 40
"""No column of a plain text holds less: a shorter one is not too long."""
_VALUE = 100
"""Of a fault's value."""
_OLDEST = date(1900, 1, 1)
_TERMS = (date(1990, 1, 1), date(2100, 1, 1))
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "chd", "inf"})
_MARKS = {MERGED: "merged", FORMULA: "formula"}
_ERROR_CELL = re.compile(
    r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA"
    r"|ЗНАЧ!|ССЫЛКА!|ИМЯ\?|Н/Д)"
)
_HYPHEN = re.compile(r"(?<=[^\W\d_]) ?- ?(?=[^\W\d_])")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d+")
_NOUGHT = (".0", ",0")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Fault(NamedTuple):
    """What is wrong with a cell. `kept`: the row is taken all the same, without this value."""

    column: str
    """The field."""
    code: str
    value: str
    kept: bool = False


@dataclass(frozen=True)
class Known:
    """What texts of a list may name."""

    programmes: Names
    territories: Names
    currencies: frozenset[str]


@dataclass
class Reader:
    """Reads rows of one list. `plan`: index of a column → field; `buckets`: into how many parts lines fall."""

    plan: Mapping[int, str]
    mode: str
    known: Known
    defaults: Mapping[str, str]
    today: date
    buckets: int
    _cells: list[tuple[int, str, Callable[[str], Any] | None, dict[str, Any] | None]] = field(
        init=False, repr=False
    )
    """Index, field, what understands it, what it was understood as before."""
    _held: Mapping[str, str] = field(init=False, repr=False)
    """Of the defaults those of which there is no column: they are remembered, and fill no gap of one."""

    def __post_init__(self) -> None:
        """Which function understands which field."""
        there = set(self.plan.values())
        self._held = {name: value for name, value in self.defaults.items() if name not in there}
        parsers: dict[str, Callable[[str], Any]] = {
            "birth_date": lambda text: cells.birth_day(text, self.today),
            "valid_from": cells.day,
            "valid_to": cells.last_day,
            "ended_on": cells.first_without,
            "insured_sum": cells.amount,
            "phone": cells.phone,
            "email": cells.email,
            "gender": cells.gender,
            "language": cells.language,
            "programme": self.known.programmes.find,
            "territory": self.known.territories.find,
            "currency": lambda text: (
                code if (code := cells.currency(text)) in self.known.currencies else None
            ),
        }
        self._cells = [
            (index, name, parsers.get(name), {} if name in _REPEATING else None)
            for index, name in sorted(self.plan.items())
        ]

    def read(self, row: int, texts: Sequence[str]) -> tuple[tuple[Any, ...] | None, list[Fault]]:
        """The line (None when the row is refused) and what is wrong with it."""
        faults: list[Fault] = []
        said = self._values(texts, faults)
        self._name(said, faults)
        self._check(said, faults)
        if faults:
            faults = _of_each_column(faults)
            if any(not fault.kept for fault in faults):
                return None, faults
        return self._line(row, said), faults

    def number_of(self, texts: Sequence[str], faults: Sequence[Fault]) -> str:
        """The number's key, of a refused row too: whom a list names, if wrongly, is not missing from it.

        Empty when the number itself has a fault: a surname in its place names no policy.
        """
        if any(fault.column == "number" for fault in faults):
            return ""
        index = next((index for index, name in self.plan.items() if name == "number"), None)
        text = texts[index] if index is not None and index < len(texts) else ""
        return number_key(_whole(text.strip()))

    def _values(self, texts: Sequence[str], faults: list[Fault]) -> dict[str, Any]:
        said: dict[str, Any] = {}
        size = len(texts)
        for index, name, parse, before in self._cells:
            cell = texts[index] if index < size else ""
            if not cell:
                continue
            if before is not None and (value := before.get(cell)) is not None:
                said[name] = value
                continue
            text = " ".join((cell if cell.isascii() else unicodedata.normalize("NFC", cell)).split())
            if not text:
                continue
            value = _understood(name, text, parse, faults)
            if value is not None:
                said[name] = value
                # A cell with a fault is told each time: what is remembered is not looked at again.
                if before is not None and len(before) < _REMEMBERED and not _is_of(name, faults):
                    before[cell] = value
        return said

    def _name(self, said: dict[str, Any], faults: list[Fault]) -> None:
        """Names in one cell are told apart; a name in Latin letters is the passport's."""
        whole = said.pop("full_name", "")
        if whole:
            parts = _words(_HYPHEN.sub("-", whole) if "-" in whole else whole)
            if not said.get("surname"):
                said["surname"], rest = parts[0], parts[1:]
                said.setdefault("given_name", rest[0] if rest else "")
                said.setdefault("patronymic", " ".join(rest[1:]))
        latin = said.pop("full_name_latin", "")
        if latin and not said.get("surname_latin"):
            parts = _words(_HYPHEN.sub("-", latin) if "-" in latin else latin)
            said["surname_latin"] = parts[0]
            said.setdefault("given_name_latin", " ".join(parts[1:]))
        for name in ("surname", "given_name"):
            text = said.get(name, "")
            if text and text.isascii():
                said.setdefault(f"{name}_latin", text)
                said[name] = ""
        key = name_key(said.get("surname") or said.get("surname_latin", ""))
        said["surname_key"] = key
        said["given_key"] = given_name_key(said.get("given_name") or said.get("given_name_latin", ""))
        if not key:
            self._nameless(said, faults)

    def _nameless(self, said: dict[str, Any], faults: list[Fault]) -> None:
        """No surname is read: in a list of endings another name or a birth date tells who it is, and nothing at all of
        a person that the whole policy is meant.
        """
        column = next((name for name in self.plan.values() if name in NAMES), "surname")
        if self.mode != Mode.END or any(name in said for name in NAMES):
            text = said.get("surname") or said.get("surname_latin", "")
            faults.append(Fault(column, "name" if text else "missing", text))
        elif not (said["given_key"] or "birth_date" in said) and not _PERSONAL.isdisjoint(
            [*said, *(fault.column for fault in faults)]
        ):
            faults.append(Fault(column, "who", ""))

    def _check(self, said: dict[str, Any], faults: list[Fault]) -> None:
        """What must be there and what cannot be."""
        number = said.get("number", "")
        if number[-2:] in _NOUGHT:
            number = said["number"] = _whole(number)
        key = said["number_key"] = number_key(number)
        shortened = "+" in number and _SHORTENED.fullmatch(number) is not None
        if not number:
            faults.append(Fault("number", "missing", ""))
        elif shortened or not key or key.isalpha():
            faults.append(Fault("number", "shortened" if shortened else "number", number))
        born = said.get("birth_date")
        if born is not None and not _OLDEST <= born <= self.today:
            faults.append(
                Fault("birth_date", "birth_ahead" if born > self.today else "too_old", _words_of(born))
            )
        if self.mode != Mode.END:
            for name in ("programme", "territory", "currency", "insured_sum"):
                value = said.get(name)
                if value is None:
                    value = said[name] = self._held.get(name)
                if not value and value in (None, ""):  # a sum is compared with a text slowly
                    faults.append(Fault(name, "missing", ""))
            priced = said["insured_sum"]
            if type(priced) is cells.Priced and priced.currency != (said["currency"] or priced.currency):
                faults.append(Fault("insured_sum", "sum_currency", f"{priced} {priced.currency}"))
        self._check_term(said, faults)

    def _check_term(self, said: dict[str, Any], faults: list[Fault]) -> None:
        since, until = said.get("valid_from"), said.get("valid_to")
        for name in ("valid_from", "valid_to", "ended_on"):
            value = said.get(name)
            if value is None:
                if self.mode != Mode.END and name != "ended_on":
                    faults.append(Fault(name, "missing", ""))
            elif not _TERMS[0] <= value <= _TERMS[1]:
                faults.append(Fault(name, "term_far", _words_of(value)))
        if since and until and until < since:
            faults.append(Fault("valid_to", "term_backwards", _words_of(until)))

    def _line(self, row: int, said: dict[str, Any]) -> tuple[Any, ...]:
        bucket = crc32(said["number_key"][:_NEIGHBOURS].encode()) % self.buckets
        return (bucket, row, *map(said.get, *_SAID))


_SAID = (
    [_CALLED.get(name, name) for name in COLUMNS[2:]],
    [None if name in _NOTHING else "" for name in COLUMNS[2:]],
)
"""Of each column after the row: what the reader calls it, and what stands there when nothing was said."""
_NEIGHBOURS = -2
"""A hundred numbers that follow each other lie in one bucket: they stand on the same pages of the indexes."""
_REPEATING = frozenset(
    {
        "surname", "given_name", "birth_date", "valid_from", "valid_to", "ended_on", "insured_sum", "gender",
        "language", "city", "programme", "territory", "currency",
    }
)  # fmt: skip
"""Cells of which a list holds few different ones."""
_REMEMBERED = 65_536
_PERSONAL = frozenset({"given_name", "given_name_latin", "patronymic", "gender", "phone", "email"})
"""Cells that speak of a person and do not tell by themselves who it is."""


def _understood(name: str, text: str, parse: Callable[[str], Any] | None, faults: list[Fault]) -> Any:
    """What the cell says; a plain text stays what it says when something is wrong with it."""
    if text[0] == "#" or len(text) > _USUAL or not text.isprintable():
        if text in _MARKS:
            faults.append(Fault(name, _MARKS[text], ""))
            return None
        if code := _spoilt(name, text, plain=parse is None):
            faults.append(Fault(name, code, text, kept=name in CONTACTS))
            return text if parse is None and name not in CONTACTS else None
    if parse is None:
        return text
    value = parse(text)
    if value is None:
        faults.append(Fault(name, name, text, kept=name in CONTACTS))
    return value


def _spoilt(name: str, text: str, *, plain: bool) -> str:
    """Why an unusual text is not looked at further: a code, empty when nothing speaks against it."""
    if not text.isprintable() and (plain or _CONTROL.search(text)):
        return "control"
    if _ERROR_CELL.match(text):
        return "error_cell"
    return "too_long" if plain and len(text) > _LENGTHS.get(name, _LENGTH) else ""


def _is_of(name: str, faults: list[Fault]) -> bool:
    """Is the last of them one of this field?"""
    return bool(faults) and faults[-1].column == name


def _whole(number: str) -> str:
    """The number without the nought that a spreadsheet adds to it."""
    return number[:-2] if number[-2:] in _NOUGHT and number[:-2].isdecimal() else number


def _of_each_column(faults: list[Fault]) -> list[Fault]:
    """The first of each: a cell that was not understood is not missing besides. Values as their column holds them."""
    first = {fault.column: fault for fault in reversed(faults)}.values()
    return [fault._replace(value=_CONTROL.sub("", fault.value)[:_VALUE]) for fault in first][::-1]


def _words(name: str) -> list[str]:
    words = name.replace("/", " ").replace(",", " ").split()
    kept = [word for word in words if word.lower().rstrip(".") not in _TITLES]
    return kept or words or [""]


def _words_of(value: date) -> str:
    return f"{value:%d.%m.%Y}"
