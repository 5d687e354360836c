"""Rows as the reader understands them (`rules.lines`), without a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.imports import rules
from tests.cases.imports.kit import FIELDS_OF_WHOLE, row

PROGRAMMES = rules.Names(
    [("standard", 1), ("Стандарт", 1), ("plus", 3), ("Стандарт+", 3), ("Родинний", 4), ("Родинний", 5)]
)
TERMS = ("standard", "world", "EUR", "30000")


def reader(mode: str = "add", fields: tuple[str, ...] = FIELDS_OF_WHOLE, **defaults: str) -> rules.Reader:
    known = rules.Known(PROGRAMMES, rules.Names([("world", 2)]), frozenset({"EUR", "USD"}))
    return rules.Reader(dict(enumerate(fields)), mode, known, defaults, date(2026, 11, 29), 1)


def read(*cells: str, by: rules.Reader | None = None) -> tuple[dict[str, Any] | None, list[tuple[str, str]]]:
    """The line by its columns, the faults by column and code."""
    line, faults = (by or reader()).read(2, cells)
    assert all(len(fault.value) <= 100 for fault in faults)
    return line and dict(zip(rules.COLUMNS, line, strict=True)), [(one.column, one.code) for one in faults]


@pytest.mark.parametrize(
    ("surname", "code"),
    [("#N/A", "error_cell"), ("А" * 101, "too_long"), ("Ґу\x01дзь", "control")],
)
def test_a_bad_cell_is_bad_every_time(surname: str, code: str) -> None:
    one = reader()
    for _time in range(3):
        assert read(*row("AU-1", surname), *TERMS, by=one) == (None, [("surname", code)])


def test_a_fault_holds_no_more_than_its_column() -> None:
    one = reader(fields=("number", "full_name"), mode="end")
    assert read("1" * 41, "7" * 101, by=one)[1] == [("number", "too_long"), ("full_name", "too_long")]


@pytest.mark.parametrize(
    ("said", "programme"),
    [
        ("Стандарт", 1), ("СТАНДАРТ", 1), ("standard", 1), ("Стандарт+", 3), ("стандарт+", 3), ("Plus!", 3),
        ("Стандарт +", None), ("Стандарт-", None), ("Родинний", None), ("+", None),
    ],
)  # fmt: skip
def test_a_programme_is_named_by_its_whole_name_first(said: str, programme: int | None) -> None:
    line, faults = read(*row("AU-1"), said, *TERMS[1:])
    assert (line and line["programme_id"], faults) == (
        programme,
        [] if programme else [("programme", "programme")],
    )


@pytest.mark.parametrize(
    ("headings", "learned", "fields"),
    [
        (("Номер", "Номер сертифіката"), {"номер сертифіката": "number"}, ("", "number")),
        (("Номер", "Прізвище", "Поліс"), {"номер": ""}, ("", "surname", "number")),
        (("Номер", "Поліс"), {}, ("number", "")),
    ],
)
def test_what_was_learned_goes_before_what_is_known(
    headings: tuple[str, ...], learned: dict[str, str], fields: tuple[str, ...]
) -> None:
    assert tuple(rules.guess(headings, learned).items()) == tuple(zip(headings, fields, strict=True))


@pytest.mark.parametrize(
    ("column", "cell", "code", "taken"),
    [
        (0, "AU\x00-1", "control", False),
        (1, "Ґу\x00дзь", "control", False),
        (3, "24.08.\x001991", "control", False),
        (4, "067 123\x00 45 67", "control", True),
        (4, "#N/A", "error_cell", True),
        (4, "\u202a067 123 45 67\u202c", "", True),
        (11, "a\x00@b.ua", "control", True),
        (11, "a\u200b@b.ua", "email", True),
        (3, "#N/A", "error_cell", False),
    ],
)
def test_what_cannot_be_printed_or_is_an_error_is_told(
    column: int, cell: str, code: str, taken: bool
) -> None:
    cells = [*row("AU-1"), *TERMS, "a@b.ua"]
    cells[column] = cell
    fields = (*FIELDS_OF_WHOLE, "email")
    line, faults = read(*cells, by=reader(fields=fields))
    assert (line is not None, faults) == (taken, [(fields[column], code)] if code else [])
    assert line is None or not any("\x00" in value for value in line.values() if isinstance(value, str))


@pytest.mark.parametrize("said", ["4,47182E+11", "1.23457E+15", "1E+15", "1.23456789012346e+16"])
def test_a_number_that_the_spreadsheet_has_shortened_is_none(said: str) -> None:
    assert read(*row(said), *TERMS) == (None, [("number", "shortened")])


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("4471823.0", "4471823"),
        ("4471823,0", "4471823"),
        ("AU-1.0", "AU-1.0"),
        ("AU+1E+5", "AU+1E+5"),
        ("10", "10"),
    ],
)
def test_a_number_is_not_a_fraction(said: str, number: str) -> None:
    line, faults = read(*row(said), *TERMS)
    assert line and (line["number"], faults) == (number, [])
    key = "".join(char for char in number if char.isalnum())
    assert line["number_key"] == key
    one, bad = reader(), [*row(f" {said} ", born="сорок"), *TERMS]
    assert one.number_of(bad, one.read(2, bad)[1]) == key


@pytest.mark.parametrize("said", ["30 000 USD", "$30000", "30000 usd", "30000 грн.", "₴30 000", "30000 GRN"])
def test_a_sum_of_another_currency_is_told_every_time(said: str) -> None:
    one = reader()
    for _time in range(2):
        assert read(*row("AU-1"), *TERMS[:3], said, by=one) == (None, [("insured_sum", "sum_currency")])
    by_default = reader(fields=(*FIELDS_OF_WHOLE[:9], "insured_sum"), currency="EUR")
    assert read(*row("AU-1"), *TERMS[:2], said, by=by_default) == (None, [("insured_sum", "sum_currency")])


@pytest.mark.parametrize("said", ["30 000 EUR", "€30000", "30 000,00 eur", "30000"])
def test_a_sum_of_the_same_currency_is_taken(said: str) -> None:
    line, faults = read(*row("AU-1"), *TERMS[:3], said)
    assert line and (str(line["insured_sum"]), faults) == ("30000.00", [])


def test_a_sum_in_dollars_beside_a_column_of_dollars() -> None:
    line, faults = read(*row("AU-1"), *TERMS[:2], "USD", "$30000")
    assert line and (line["currency_id"], faults) == ("USD", [])
    assert read(*row("AU-1"), *TERMS[:2], "так", "$30000")[1] == [("currency", "currency")]
    assert read(*row("AU-1"), *TERMS[:3], "$30000 EUR")[1] == [("insured_sum", "insured_sum")]


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("067 123 45 67", "+380671234567"), ("+380 67 123 45 67", "+380671234567"), ("671234567", "+380671234567"),
        ("0 800 123 456", "+380800123456"), ("+48 22 123 45 67", "+48221234567"), ("067 123 45 6", ""), ("12345", ""),
        ("067 123 45 678", ""), ("380671234567.0", "+380671234567"), ("380067123456.0", ""),
        ("+380 67 123 45", ""), ("тел. 067 123 45 67", "+380671234567"),
    ],
)  # fmt: skip
def test_a_phone_has_all_its_digits(said: str, phone: str) -> None:
    line, faults = read(*row("AU-1", phone=said), *TERMS)
    assert line and (line["phone"], faults) == (phone, [] if phone else [("phone", "phone")])


@pytest.mark.parametrize(
    ("whole", "surname", "given"),
    [
        ("Нечуй - Левицький Іван", "Нечуй-Левицький", "Іван"), ("Нечуй- Левицький Іван", "Нечуй-Левицький", "Іван"),
        ("Нечуй-Левицький Анна -Марія", "Нечуй-Левицький", "Анна-Марія"), ("Ґудзь Олена", "Ґудзь", "Олена"),
    ],
)  # fmt: skip
def test_a_double_name_is_one_word(whole: str, surname: str, given: str) -> None:
    fields = ("number", "full_name", *FIELDS_OF_WHOLE[3:])
    line, faults = read("AU-1", whole, *row("")[3:], *TERMS, by=reader(fields=fields))
    assert line and (line["surname"], line["given_name"], faults) == (surname, given, [])


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("31.12.2026 23:59", date(2026, 12, 31)), ("31.12.2026 23:59:59", date(2026, 12, 31)),
        ("2026-12-31T23:59:59.997", date(2026, 12, 31)), ("31.12.2026 р.", date(2026, 12, 31)),
        ("31.12.2026р", date(2026, 12, 31)), ("31.12.2026 12:00", None), ("31.12.2026 23:59 р.", None),
        ("29.02.2026 23:59", None), ("23:59", None),
    ],
)  # fmt: skip
def test_a_term_lasts_until_the_last_minute_of_its_last_day(said: str, day: date | None) -> None:
    line, faults = read(*row("AU-1", until=said), *TERMS)
    assert (line and line["valid_to"], faults) == (day, [] if day else [("valid_to", "valid_to")])
    ending = reader(fields=("number", "ended_on"), mode="end")
    first = day and day + timedelta(days=":" in said)
    assert (read("AU-1", said, by=ending)[0] or {}).get("ended_on") == first
    assert read(*row("AU-1", since="01.01.2026 23:59"), *TERMS)[1] == [("valid_from", "valid_from")]


def test_days_of_a_year_are_read_of_birth_and_beginning() -> None:
    line, faults = read(*row("AU-1", born="24.08.1991 р.", since="01.01.2026 р."), *TERMS)
    assert faults == [] and line is not None
    assert (line["birth_date"], line["valid_from"]) == (date(1991, 8, 24), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("eur", "EUR"), ("€", "EUR"), ("Євро", "EUR"), ("дол. США", "USD"), ("Долар США", "USD"), ("$", "USD"),
        ("грн.", None), ("долар", None), ("CAD", None), ("долар Канади", None), ("?", None),
    ],
)  # fmt: skip
def test_a_currency_is_what_people_call_it(said: str, code: str | None) -> None:
    """Of the hryvnia and the Canadian dollar this reader knows nothing."""
    line, faults = read(*row("AU-1"), *TERMS[:2], said, "30000")
    assert (line and line["currency_id"], faults) == (code, [] if code else [("currency", "currency")])


@pytest.mark.parametrize("name", ["programme", "territory", "currency", "insured_sum"])
def test_what_holds_for_every_row_fills_no_gap_of_a_column(name: str) -> None:
    """It is remembered of lists without that column: here an empty cell is empty."""
    held = {"programme": 4, "territory": 2, "currency": "USD", "insured_sum": "50000.00"}
    said = [text if field != name else "" for field, text in zip(FIELDS_OF_WHOLE[7:], TERMS, strict=True)]
    assert read(*row("AU-1"), *said, by=reader(**held)) == (None, [(name, "missing")])
    fields = tuple(field for field in FIELDS_OF_WHOLE if field != name)
    line, faults = read(*row("AU-1"), *filter(None, said), by=reader(fields=fields, **held))
    assert faults == [] and line is not None and held[name] in line.values()
