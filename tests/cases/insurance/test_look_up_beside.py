"""Who is meant stands there whatever stands beside it: another's number, a birthday nobody knows, names in pieces."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cases.insurance.test_look_up import found
from tests.cast import make_person, make_policy


@pytest.fixture
def named(project: Any, operator: Any, on_shift: Any) -> Any:
    """Makes somebody insured, of no other spelling; the operator is on shift."""
    on_shift(operator)

    def made(surname: str, given: str, born: date | None = date(1984, 3, 12), **more: str) -> int:
        number = {"number": more.pop("number")} if "number" in more else {}
        names = {"surname_latin": "", "given_name_latin": "", "phone": "", **more}
        person = make_person(surname, given, birth_date=born, **names)
        make_policy(project, person, **number)
        return int(person.pk)

    return made


# --- A number that is another's ---------------------------------------------------------------------
@pytest.mark.parametrize("said", ["0671234567", "AB-100200", "4567"])
def test_a_number_of_the_family_hides_nobody_who_bears_both_names(
    named: Any, operator: Any, said: str
) -> None:
    husband = named("Ковальчук", "Юрій", date(1980, 1, 1), phone="+380671234567", number="AB-100200")
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Марта")
    shown = found(operator, f"Ковальчук Олена 12.03.1984 {said}")
    assert [pk for pk, _match in shown] == [meant, husband] and shown[0][1] == "name_birth"
    assert [pk for pk, _match in found(operator, f"Ковальчук Олена {said}")] == [husband, meant]


def test_whose_number_it_is_stands_alone_when_called_so(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена", phone="+380671234567")
    named("Ковальчук", "Олена", date(1990, 5, 5))
    assert found(operator, "Ковальчук Олена 0671234567") == [(meant, "phone")]


def test_of_many_called_so_it_says_that_there_are_others(named: Any, operator: Any) -> None:
    named("Щербак", "Юрій", phone="+380671234567")
    for year in range(1950, 1980):
        named("Ковальчук", "Олена", date(year, 1, 1))
    answer = look_up(operator, "Ковальчук Олена 0671234567", now=clock.now())
    assert len(answer.found) == 20 and answer.found[0].match == "phone"
    assert answer.others >= 11 and answer.ask == "birth"


@pytest.mark.parametrize(
    "text", ["Ковальчук 0671234567", "Ковальчук 4567", "AB-100200 Ковальчук", "Ковальчук 1984 AB 100200"]
)
def test_a_number_of_strangers_hides_nobody_of_whom_the_surname_alone_was_said(
    named: Any, operator: Any, text: str
) -> None:
    stranger = named("Щербак", "Юрій", date(1980, 1, 1), phone="+380671234567", number="AB-100200")
    meant = named("Ковальчук", "Олена")
    shown = [pk for pk, _match in found(operator, text)]
    assert shown == ([meant, stranger] if "1984" in text else [stranger, meant])


@pytest.mark.parametrize("said", ["1984", "12.03.1984"])
def test_nor_does_the_familys_number_hide_who_was_born_then(named: Any, operator: Any, said: str) -> None:
    husband = named("Ковальчук", "Юрій", date(1980, 1, 1), phone="+380671234567")
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Марта", date(1970, 1, 1))
    assert [pk for pk, _match in found(operator, f"Ковальчук {said} 0671234567")] == [meant, husband]
    assert [pk for pk, _match in found(operator, "Ковальчук 1980 0671234567")] == [husband]


@pytest.mark.parametrize("text", ["Ковальчук 4567", "Ковальчук Олена 4567", "Олена Ковальчук 45-67"])
def test_nor_do_as_many_strangers_as_are_shown(named: Any, operator: Any, text: str) -> None:
    for number in range(25):
        named("Щербак", "Юрій", date(1980, 1, 1 + number), phone=f"+38067{100 + number}4567")
    meant = named("Ковальчук", "Олена")
    answer = look_up(operator, text, now=clock.now())
    assert answer.found[0].person.pk == meant and len(answer.found) == 20 and answer.others == 6


def test_whose_number_it_is_stands_alone_when_the_one_name_is_theirs(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена", phone="+380671234567")
    named("Ковальчук", "Марта")
    assert found(operator, "Ковальчук 0671234567") == [(meant, "phone")] == found(operator, "Олена 4567")


# --- A birthday that nobody knows -------------------------------------------------------------------
@pytest.mark.parametrize("text", ["Петренко Василь 1984", "Василь Петренко 12.03.1984"])
def test_who_bears_both_names_and_whose_birthday_is_not_known_is_shown(
    named: Any, operator: Any, text: str
) -> None:
    meant = named("Петренко", "Василь", None)
    named("Петренко", "Ганна")
    for year in range(1930, 1955):
        named("Петренко", "Василь", date(year, 1, 1))
    assert found(operator, text)[0] == (meant, "name")


@pytest.mark.parametrize(
    "text",
    [
        "Ковальчук Олена 13.03.1984", "Ковальчук Олена 1985", "Ковальчук Олена 03.12.1984", "Ковальчук 13.03.1984",
        "Ковальчук 1985", "Ковальчук 12.03.1948",
    ],
)  # fmt: skip
def test_a_misheard_birthday_of_nobody_hides_nobody_among_many(named: Any, operator: Any, text: str) -> None:
    for year in range(1920, 1950, 1):
        named("Ковальчук", "Олена", date(year, 7, 1))
    meant = named("Ковальчук", "Олена")
    assert found(operator, text)[0][0] == meant
    assert look_up(operator, text, now=clock.now()).others == 11


@pytest.mark.parametrize("text", ["Ковальчук 12.03.9999", "Ковальчук 31.12.9999", "Ковальчук 01.01.0001"])
def test_a_year_at_the_end_of_the_calendar_is_no_fault(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена")
    assert found(operator, text) == [(meant, "surname")]


def test_a_year_of_three_digits_is_no_fault(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Марта", date(1970, 1, 1))
    assert meant in [pk for pk, _match in found(operator, "Ковальчук Олена 12.03.0984 1970")]


# --- Names in pieces --------------------------------------------------------------------------------
def test_two_given_names_are_one_however_they_are_joined(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Анна-Марія")
    for number in range(25):
        named("Ковальчук", "Андрій", date(1970, 1, 1 + number))
    for text in (
        "Ковальчук Анна Марія",
        "Анна Марія Ковальчук",
        "Kovalchuk Anna Maria",
        "Ковальчук Анна-Марія",
    ):
        assert found(operator, text)[0] == (meant, "name"), text


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("Олена", "Альона"), ("Олена", "Алёна"), ("Олена", "Лена"), ("Алёна", "Олена"), ("Олександр", "Саша"),
        ("Олександра", "Саша"), ("Катерина", "Катя"), ("Наталія", "Наташа"), ("Микола", "Коля"), ("Ганна", "Аня"),
        ("Федір", "Фёдор"), ("Фёдор", "Федір"), ("Надія", "Надежда"), ("Петро", "Пётр"), ("Семен", "Семён"),
        ("Артем", "Артём"), ("Микита", "Никита"), ("Яків", "Яков"), ("Йосип", "Иосиф"), ("Юхим", "Ефим"),
        ("Віра", "Вера"), ("Христина", "Кристина"), ("Матвій", "Матвей"), ("Трохим", "Трофим"),
    ],
)  # fmt: skip
def test_a_name_as_it_is_said_at_home_or_in_russian(named: Any, operator: Any, kept: str, said: str) -> None:
    meant = named("Ковальчук", kept)
    for day in range(1, 26):
        named("Ковальчук", "Аліна", date(1970, 1, day))
    assert found(operator, f"Ковальчук {said}")[0] == (meant, "name")
    assert found(operator, f"{said} Ковальчук 1984") == [(meant, "name_birth")]


@pytest.mark.parametrize("text", ["Томас Ван дер Берг 1984", "Ван Дер Берг Томас", "van der Berg Tomas"])
def test_three_words_may_be_one_surname(named: Any, operator: Any, text: str) -> None:
    meant = named("Ван Дер Берг", "Томас")
    assert found(operator, text)[0][0] == meant
    assert found(operator, text)[0][1].startswith("name")


@pytest.mark.parametrize("text", ["Остап Нечуй Левецький 1984", "Остап Нечуй Левецький"])
def test_a_slip_in_a_double_surname_without_its_hyphen(named: Any, operator: Any, text: str) -> None:
    meant = named("Нечуй-Левицький", "Остап")
    assert found(operator, text)[0][0] == meant


@pytest.mark.parametrize("sign", ['"', "*", "‘", "′", "´", "”", "’", "ʼ", "`", "'", ""])
def test_whatever_is_typed_for_an_apostrophe(named: Any, operator: Any, sign: str) -> None:
    meant = named("Дем'янчук", "Мар'яна")
    assert found(operator, f"Дем{sign}янчук Мар{sign}яна") == [(meant, "name")]
    assert found(operator, f"Дем{sign}янчик Мар{sign}яна 1984") == [(meant, "similar_birth")]


# --- Numbers and days -------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["О671234567", "+38O671234567", "0501112233, 0671234567"])
def test_a_phone_with_a_letter_or_behind_another_one(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена", phone="+380671234567")
    assert found(operator, text) == [(meant, "phone")]


@pytest.mark.parametrize(
    "text", ["12,03,1984", "12.03,84", "Ковальчук,12,03,1984", "12-го березня 1984 року"]
)
def test_a_day_with_the_commas_of_the_digit_keys(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Марта", date(1984, 5, 5))
    assert [pk for pk, _match in found(operator, text)] == [meant]
