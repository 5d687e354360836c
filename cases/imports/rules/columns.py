"""What the columns of a list may mean, and which column means what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cases.imports.statuses import Mode
from fregat.lib import days

FIELDS = (
    "number", "surname", "given_name", "patronymic", "full_name", "surname_latin", "given_name_latin",
    "full_name_latin", "birth_date", "gender", "phone", "email", "language", "city", "programme", "territory",
    "currency", "insured_sum", "valid_from", "valid_to", "ended_on",
)  # fmt: skip
"""Everything that is taken from a list, in the order in which people are offered it."""

NAMES = ("surname", "full_name", "surname_latin", "full_name_latin")
"""One of them tells who it is."""

PERSONAL = frozenset({*NAMES, "given_name", "given_name_latin", "birth_date"})
"""Columns by which a list of endings tells a person from the others of a policy."""

CONTACTS = frozenset({"phone", "email", "gender", "language", "city"})
"""Without them the insurance stands."""

_OF_DAYS = ("birth_date", "valid_from", "valid_to", "ended_on")

DEFAULTS = ("programme", "territory", "currency", "insured_sum")
"""What may be said once for the whole list when it has no column of it."""

HEADING_ROWS = 20
"""Rows at the top among which the headings are looked for: above them stand titles and logos."""

_WORDS: Mapping[str, Sequence[str]] = {
    "number": (
        "номер поліса", "номер полісу", "поліс", "поліс №", "номер договору", "договір", "номер", "№ поліса",
        "№ договору", "номер полиса", "полис", "policy number", "policy no", "policy", "number", "contract number",
        "certificate number",
    ),
    "surname": ("прізвище", "фамилия", "surname", "last name", "family name"),
    "given_name": ("ім'я", "имя", "name", "first name", "given name"),
    "patronymic": ("по батькові", "отчество", "patronymic", "middle name"),
    "full_name": (
        "піб", "п і б", "прізвище ім'я по батькові", "прізвище та ім'я", "застрахований", "застрахована особа", "фио",
        "full name", "insured", "insured person",
    ),
    "surname_latin": ("прізвище латиницею", "прізвище лат", "surname latin", "passport surname"),
    "given_name_latin": ("ім'я латиницею", "ім'я лат", "given name latin", "passport name"),
    "full_name_latin": ("піб латиницею", "ім'я та прізвище латиницею", "full name latin", "name in passport"),
    "birth_date": (
        "дата народження", "народження", "д н", "дата рождения", "birth date", "date of birth", "birthdate", "dob",
    ),
    "gender": ("стать", "пол", "gender", "sex"),
    "phone": ("телефон", "номер телефону", "мобільний", "тел", "phone", "mobile", "telephone", "phone number"),
    "email": ("пошта", "електронна пошта", "e mail", "email", "ел пошта"),
    "language": ("мова", "язык", "language"),
    "city": (
        "місто", "населений пункт", "місто проживання", "місце проживання", "город", "населенный пункт", "city", "town",
        "place of residence", "city of residence",
    ),
    "programme": (
        "програма", "програма страхування", "код програми", "программа", "programme", "program", "plan", "product",
    ),
    "territory": ("територія", "територія дії", "зона", "территория", "territory", "zone", "area"),
    "currency": ("валюта", "currency"),
    "insured_sum": (
        "сума", "страхова сума", "ліміт", "страховая сумма", "sum", "insured sum", "sum insured", "limit",
    ),
    "valid_from": (
        "початок", "початок дії", "дата початку", "діє з", "дійсний з", "з", "начало", "valid from", "from", "start",
        "start date",
    ),
    "valid_to": (
        "кінець", "закінчення", "дата закінчення", "кінець дії", "діє до", "дійсний до", "по", "до", "окончание",
        "valid to", "valid until", "to", "end", "end date",
    ),
    "ended_on": (
        "дата розірвання", "дата припинення", "припинено", "розірвано", "достроково припинено", "ended on",
        "terminated", "termination date", "cancelled on", "дата дострокового припинення", "дата виключення",
        "дата вибуття", "дата анулювання", "дата расторжения", "date of termination", "cancellation date",
    ),
}  # fmt: skip


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """A heading as it is compared: lower case, letters and digits only, one kind of apostrophe."""
    text = unicodedata.normalize("NFKC", heading).lower()
    text = re.sub("[’ʼ`´]", "'", text)
    return " ".join(re.sub(r"[^\w'№]+|_", " ", text).split())


_KNOWN = {normal(word): field for field, words in _WORDS.items() for word in words}


def is_known(heading: str) -> bool:
    """Does the heading say by itself what stands in its column?"""
    return normal(heading) in _KNOWN


def alike(headings: Sequence[str], learned: Mapping[str, str]) -> bool:
    """Do two columns mean the same by themselves, so that one of them would be left out unseen? Of neither anything was
    learned; `headings`: those of one name have their place behind it.
    """
    columns: dict[str, list[set[str]]] = {}
    for place, heading in enumerate(headings, 1):
        name = normal(heading.removesuffix(f" ({place})"))
        if (field := _KNOWN.get(name, "")) and field not in CONTACTS:
            columns.setdefault(field, []).append({name, normal(heading)})
    return any(len(keys) > 1 and learned.keys().isdisjoint(set().union(*keys)) for keys in columns.values())


def asks_strange(mapping: Mapping[str, str], mode: str) -> bool:
    """Of a list of endings without a column of people or of days: by numbers alone it would end whole policies, without
    days all of them on its own date. What is strange may be that column.
    """
    there = set(mapping.values())
    return mode == Mode.END and ("ended_on" not in there or PERSONAL.isdisjoint(there))


def meaning(heading: str, learned: Mapping[str, str]) -> str:
    """The field that the heading means by itself, "" for none."""
    key = normal(heading)
    return learned.get(key, _KNOWN.get(key, ""))


def last_day(mapping: Mapping[str, str], mode: str) -> str:
    """Of a list of endings the heading of the end of the term, where no column tells the day on which somebody ends."""
    if mode != Mode.END or "ended_on" in mapping.values():
        return ""
    return next((heading for heading, field in mapping.items() if field == "valid_to"), "")


def of_endings(
    headings: Sequence[str], learned: Mapping[str, str], endings: Mapping[str, str]
) -> Mapping[str, str]:
    """What is learned of the columns of a list of endings: an end of the term holds the day on which somebody ends only
    where no other column tells that day.
    """
    return learned if "ended_on" in guess(headings, learned).values() else {**learned, **endings}


def guess(headings: Sequence[str], learned: Mapping[str, str]) -> dict[str, str]:
    """Heading → field, "" for what is left out; what people chose the last time goes before what is known.

    A field is taken from one column: one that was learned before one that is known, then the first.
    """
    found = dict.fromkeys(headings, "")
    for heading in sorted(found, key=lambda one: normal(one) not in learned):
        field = meaning(heading, learned)
        if field in FIELDS and field not in found.values():
            found[heading] = field
    return found


def heading_row(rows: Sequence[Sequence[str]], learned: Mapping[str, str]) -> int | None:
    """Which of the first rows (from 0) holds the headings: the one in which most is understood.

    When nothing is understood it is the first row with two cells: its columns can be named by hand.
    """
    best, most = None, 0
    for index, row in enumerate(rows[:HEADING_ROWS]):
        known = understood(row, learned)
        if known > most:
            best, most = index, known
    if best is None:
        filled = (i for i, row in enumerate(rows[:HEADING_ROWS]) if sum(bool(cell) for cell in row) > 1)
        best = next(filled, None)
    return best


def is_of_somebody(row: Sequence[str], learned: Mapping[str, str]) -> bool:
    """Is the row that would be the headings somebody's already? No heading is a day."""
    return not understood(row, learned) and any(map(_is_day, row))


def _is_day(cell: str) -> bool:
    return bool(days.day(cell) or days.day(cell.split(" ")[0]))


def goes_on(row: Sequence[str], headings: Sequence[str], learned: Mapping[str, str]) -> bool:
    """Is the row, that would be the headings of its table, one of somebody under the headings of another table?"""
    fields = guess([cell for cell in headings if cell], learned)
    said = {fields.get(heading, ""): cell for heading, cell in zip(headings, row, strict=False)}
    return (
        not understood(row, learned)
        and any(_is_day(said.get(name, "")) for name in _OF_DAYS)
        and any(char.isalpha() for name in NAMES for char in said.get(name, ""))
        and any(map(str.isdigit, said.get("number", "")))
    )


def understood(row: Sequence[str], learned: Mapping[str, str]) -> int:
    """How many fields the row names, as headings do."""
    return len({field for field in guess([cell for cell in row if cell], learned).values() if field})


def missing(mapping: Mapping[str, str], mode: str, defaults: Mapping[str, str]) -> list[str]:
    """Fields without which a list of this mode cannot be read; a name is asked as `surname`."""
    there = {field for field in mapping.values() if field}
    needed = ["number"]
    if mode != Mode.END:
        if not there & set(NAMES):
            needed.append("surname")
        needed += ["valid_from", "valid_to", *(field for field in DEFAULTS if not defaults.get(field))]
    return [field for field in needed if field not in there]


def twice(mapping: Mapping[str, str]) -> list[str]:
    """Fields that were given to more than one column."""
    given = [field for field in mapping.values() if field]
    return sorted({field for field in given if given.count(field) > 1})
