"""What was typed into the look-up is understood, whatever the layout and the order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance.rules import Question, number_key
from cases.insurance.rules import read_question as read
from fregat.lib.keyboard import layout_readings

TODAY = date(2026, 11, 29)


def read_question(text: str) -> Question:
    return read(text, TODAY)


def test_the_other_keyboard_layout_is_forgiven() -> None:
    assert layout_readings("ghbdsn")[1] == "привіт"
    assert "halahan" in read_question("Ufkfufy").other_surnames
    assert "hristenko" in read_question("[hbcntyrj").other_surnames
    assert "sahaidacni" in read_question("Ыфрфшвфсртнш").other_surnames, "the Russian one"
    assert layout_readings("лщмфдылнш ьфнкъ")[1] == "kovalskyi mayr]"


def test_the_letters_of_a_policy_number_are_no_surname_of_the_other_layout() -> None:
    assert read_question("VZR").starts == ("vzr",) and read_question("VZR").says_little
    assert read_question("vfrf").starts[1:] == ("maka",), "of four letters it may be one"
    assert read_question("kby").starts[1:] == ("lin",) and not read_question("kby").says_little


@pytest.mark.parametrize(
    "text", ["VZR-4471823", "vzr 4471823", "взр-4471823", "ВЗР4471823", "мяк-4471823", "vzr4471823"]
)
def test_a_policy_number_is_read_in_any_case_and_alphabet(text: str) -> None:
    assert "VZR4471823" in read_question(text).numbers


@pytest.mark.parametrize(
    "text", ["+38 (067) 123-45-67", "0671234567", "067 123 45 67", "1234567", "+380671234567"]
)
def test_a_phone_is_its_last_seven_digits(text: str) -> None:
    assert read_question(text).phone_end == "1234567"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ґалаган 12.03.1984", date(1984, 3, 12)),
        ("12/3/84 Ґалаган", date(1984, 3, 12)),
        ("Ґалаган 1984-03-12 Олена", date(1984, 3, 12)),
        ("12031984 Ґалаган", date(1984, 3, 12)),
        ("Ґалаган 12 березня 1984", date(1984, 3, 12)),
        ("12 берез. 1984 р. Ґалаган", date(1984, 3, 12)),
        ("12 March 1984 Halahan", date(1984, 3, 12)),
        ("Ґалаган 12 03 1984", date(1984, 3, 12)),
        ("Ґалаган 12 3 84", date(1984, 3, 12)),
        ("12. 03. 1984 Ґалаган", date(1984, 3, 12)),
        ("12.03 1984 Ґалаган", date(1984, 3, 12)),
        ("1984.03.12 Ґалаган", date(1984, 3, 12)),
        ("19840312 Ґалаган", date(1984, 3, 12)),
        ("Ґалаган 120384", date(1984, 3, 12)),
        ("Ґалаган 12 березня 84", date(1984, 3, 12)),
        ("12-го березня 84-го Ґалаган", date(1984, 3, 12)),
        ("Ґалаган 1984 03 12", date(1984, 3, 12)),
        ("1984 03 12 Ґалаган", date(1984, 3, 12)),
        ("Halahan 12MAR1984", date(1984, 3, 12)),
        ("12mar84 Halahan", date(1984, 3, 12)),
        ("12 mar 1984 Halahan", date(1984, 3, 12)),
        ("12-MAR-1984 Halahan", date(1984, 3, 12)),
        ("5 Ґалаган 12.03.1984", date(1984, 3, 12)),
        ("0671234567 12.03.1984 Ґалаган", date(1984, 3, 12)),
        ("12ю03ю1984 Ґалаган", date(1984, 3, 12)),
        ("Ґалаган 12Ю3Ю84", date(1984, 3, 12)),
        ("Пфдфпфт 12ю03ю1984 Ґалаган", date(1984, 3, 12)),
        ("02.01.28 Ґалаган", date(1928, 1, 2)),
        ("02.01.26 Ґалаган", date(2026, 1, 2)),
    ],
)
def test_a_birth_date_is_found_anywhere_in_the_text(text: str, day: date) -> None:
    question = read_question(text)
    assert question.dates == (day,) and "halahan" in question.surnames


@pytest.mark.parametrize(
    "text",
    [
        "К о в а л ь ч у к Олена",
        "Олена К, о, в, а, л, ь, ч, у, к",
        "к-о-в-а-л-ь-ч-у-к Олена",
        "К  О В А Л Ь Ч У К олена",
    ],
)
def test_a_surname_that_is_said_by_letters_is_a_surname(text: str) -> None:
    assert {"kovalcuk", "olena"} <= set(read_question(text).surnames)


def test_a_number_said_by_signs_is_a_number_and_an_apostrophe_no_letter() -> None:
    assert read_question("V Z R 4 4 7 1 8 2 3").digits == ("4471823",)
    assert read_question("Д е м ' я н ч у к").surnames == ("demancuk",)


def test_two_initials_are_no_surname() -> None:
    assert (
        read_question("Ковальчук О.П.").surnames == ("kovalcuk",) == read_question("О П Ковальчук").surnames
    )


def test_a_year_narrows_and_never_browses() -> None:
    assert read_question("Ґалаган 1984 р.н.").years == (1984,)
    for text in ("Галаган 1984р.", "Галаган 1984р.н.", "1984року Галаган", "Галаган, 1984 г."):
        assert read_question(text).years == (1984,) and read_question(text).surnames[0] == "halahan"
    for text in ("Галаган 84 року", "Галаган 84-го року народження", "84 р.н. Галаган", "Галаган, 84г.р."):
        assert read_question(text).years == (1984,) and read_question(text).surnames == ("halahan",), text
    assert read_question("Галаган 05 року").years == (2005,)
    for text in ("Галаган 84", "Галаган 42 роки", "Галаган 067 123 45 84 рн"):
        assert read_question(text).years == (), text
    assert read_question("1984 р.н.").is_empty and read_question("1984 1985").is_empty
    assert read_question("  ").is_empty


@pytest.mark.parametrize(
    "text", ["Ковальчук-1984", "1984-Ковальчук", "Ковальчук1984", "Ковальчук – 1984", "Ковальчук-1984р."]
)
def test_a_year_that_is_joined_to_a_surname_is_a_year(text: str) -> None:
    question = read_question(text)
    assert question.years == (1984,) and question.surnames == ("kovalcuk",)


def test_a_year_behind_few_letters_may_be_the_number_of_a_policy() -> None:
    for text in ("VZR-1984", "VZR1984"):
        assert read_question(text).years == () and "VZR1984" in read_question(text).numbers
    for text in ("TRAV-1984", "trav1984"):
        assert read_question(text).years == (1984,) and "TRAV1984" in read_question(text).numbers
    question = read_question("VZR 2026 03 12")
    assert "20260312" in question.other_digits


def test_a_surname_like_a_month_is_a_surname() -> None:
    for text in ("12 Марченко 1984", "Марченко 1984", "5 Травнева 84"):
        assert read_question(text).dates == () and len(read_question(text).surnames) == 1


@pytest.mark.parametrize("text", ["31.02.1984 Ґалаган", "00.00.0000 Ґалаган", "99.99.9999 Ґалаган"])
def test_an_absurd_date_is_left_out(text: str) -> None:
    question = read_question(text)
    assert question.dates == () and "halahan" in question.surnames


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_question(text)


@pytest.mark.parametrize("text", ["LS-A1B2C3-7", "поліс LS-A1B2C3-7", "ls-a1b2c3/7"])
def test_groups_of_letters_and_digits_that_signs_hold_together_are_one_number(text: str) -> None:
    assert "LSA1B2C37" in read_question(text).numbers


@pytest.mark.parametrize("text", ["ab 12 cd 34", "AB-12 CD-34", "ab/12 cd 34", "АВ 12 СD 34", "ab.12.cd.34"])
def test_groups_of_letters_and_digits_that_stand_apart_are_one_number(text: str) -> None:
    assert "AB12CD34" in read_question(text).numbers
    assert "VZR2026004471" in read_question("VZR.2026.004471").numbers
    for name in ("Лі Вей 1984", "Жук Яна 12 03 84", "Ґалаган 12 березня", "О.П. Жук"):
        assert number_key(name) not in read_question(name).numbers, name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("О1234567", "01234567"),
        ("O1234567", "01234567"),
        ("О 123-45-67", "01234567"),
        ("A0-12345", "AO-12345"),
        ("VZ-IO23", "VZ-1023"),
        ("VZ1O23", "VZ-1023"),
        ("vz іо23", "VZ-1023"),
    ],
)
def test_letters_and_digits_that_look_alike_are_one(typed: str, kept: str) -> None:
    question = read_question(typed)
    assert number_key(kept) in (*question.numbers, *question.other_numbers)


@given(st.text(alphabet="0O1IАІО -7", max_size=300))
def test_of_signs_that_look_alike_there_are_few_readings(text: str) -> None:
    assert len(read_question(text).other_numbers) <= 12 * 2**5


@pytest.mark.parametrize("text", ["1985", " 2012 ", "...1985", "*1985"])
def test_a_year_alone_is_the_end_of_a_phone(text: str) -> None:
    question = read_question(text)
    assert question.phone_end in ("1985", "2012") and question.years == question.dates == ()
    assert question.says_little and not read_question("4567").says_little


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("+380 67 123 1985", "1231985"),
        ("067 123 1985", "1231985"),
        ("067-123-1985 Галаган", "1231985"),
        ("+48 601 123 1984", "1231984"),
        ("123 1985", "1231985"),
        ("4567 1984", "4567"),
        ("1234567 1984", "1234567"),
        ("1984 0671234567", "1234567"),
        ("+380671234567 1984", "1234567"),
    ],
)
def test_a_year_may_be_a_part_of_a_phone(text: str, end: str) -> None:
    assert read_question(text).phone_end == end


def test_a_year_may_be_a_part_of_a_policy_number() -> None:
    question = read_question("VZR 2026 004471")
    assert "VZR2026004471" in question.numbers and "2026004471" in question.digits
    assert read_question("Галаган Роман 1984").numbers == () == read_question("Яр 1984").numbers


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("45-67", "4567"),
        ("45 67", "4567"),
        ("Галаган 45-67", "4567"),
        ("345-67", "34567"),
        ("3-45-67", "34567"),
        ("34-56-78", "345678"),
        ("123-45-67", "1234567"),
    ],
)
def test_last_digits_of_a_phone_are_read_in_any_form(text: str, end: str) -> None:
    question = read_question(text)
    assert question.phone_end == end and question.dates == ()


@pytest.mark.parametrize("text", ["10-05-26-00123", "VZ-10-05-26", "10/05/26/7"])
def test_of_a_number_no_date_is_taken(text: str) -> None:
    question = read_question(text)
    assert number_key(text) in question.numbers and question.dates == ()


@pytest.mark.parametrize("text", ["251190", "19901125", "25111990", "25-11-90", "25 11 90"])
def test_digits_that_may_be_a_day_as_well_as_a_number_are_both(text: str) -> None:
    digits = "".join(char for char in text if char.isdigit())
    alone, named = read_question(text), read_question(f"Галаган {text}")
    assert alone.dates == named.dates == (date(1990, 11, 25),)
    assert (alone.phone_end, digits in alone.digits) == (digits[-7:], True)
    assert (named.phone_end, named.digits) == ("", ())
    assert (named.other_phone_end, digits in named.other_digits) == (digits[-7:], True)


@pytest.mark.parametrize(
    "text", ["067 12 10 78 90", "+38 067 12 10 1978", "25131990", "20991125", "VZR-251190", "12 Галаган 1984"]
)
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert read_question(text).dates == ()
