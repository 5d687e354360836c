"""What callers say is understood in the look-up as people write it: numbers, phones, days, names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cases.insurance.test_look_up import found, statements
from tests.cast import make_person, make_policy


@pytest.fixture
def olena(project: Any, operator: Any, on_shift: Any) -> Any:
    """Олена Ґалаган and a namesake; the operator is on shift."""
    on_shift(operator)
    person = make_person(birth_date=date(1984, 3, 12))
    make_policy(project, person, number="VZR-4471823")
    other = make_person(given_name="Марта", given_name_latin="MARTA", birth_date=date(1991, 7, 1), phone="")
    make_policy(project, other, number="VZR-4471999")
    return person


@pytest.mark.parametrize(
    "text", ["Шевчено Роман", "Роман Шевчено", "Шевчено Роман 1984", "Shevcheno Roman", "Itdxtyj Hjvfy"]
)
def test_who_is_called_so_but_for_an_error_goes_before_whose_surname_is_the_given_name(
    operator: Any, project: Any, on_shift: Any, text: str
) -> None:
    on_shift(operator)
    meant, other, third = (
        make_person(
            surname, given, surname_latin="", given_name_latin="", phone="", birth_date=date(1984, 3, 12)
        )
        for surname, given in (("Шевченко", "Роман"), ("Роман", "Ольга"), ("Романюк", "Роман"))
    )
    for person in (meant, other, third):
        make_policy(project, person)
    assert found(operator, text)[0][0] == meant.pk
    assert found(operator, "Роман Ольга")[0][0] == other.pk
    assert found(operator, "Романюк Роман")[0][0] == third.pk
    answer = look_up(operator, text, limit=1, now=clock.now())
    assert answer.found[0].person == meant and answer.more == (len(found(operator, text)) > 1)


@pytest.mark.parametrize("text", ["Левицький Іван", "Левицький Іван 1984", "Levytskyi Ivan", "Левицький"])
def test_a_double_surname_is_found_by_its_second_part(
    operator: Any, project: Any, on_shift: Any, text: str
) -> None:
    on_shift(operator)
    names: dict[str, Any] = {
        "surname_latin": "",
        "given_name_latin": "",
        "birth_date": date(1984, 3, 12),
        "phone": "",
    }
    meant = make_person("Нечуй-Левицький", "Іван", **names)
    for person in (meant, make_person("Левандівський", "Іван", **names)):
        make_policy(project, person)
    assert found(operator, text)[0][0] == meant.pk
    make_policy(project, make_person("Левицький", "Ольга", **names))
    if " " in text:
        assert found(operator, text)[0][0] == meant.pk, "nobody else is called Іван"


@pytest.mark.parametrize(
    "text", ["Левицький Іван", "Іван Левицький", "Levytskyi Ivan", "Левицький Іван 1984"]
)
def test_who_bears_it_as_a_part_is_shown_beside_who_bears_it_whole(
    operator: Any, project: Any, on_shift: Any, text: str
) -> None:
    on_shift(operator)
    born = date(1984, 3, 12)
    whole, double, latin, _other, _longer = (
        make_person(surname, given, surname_latin=passport, given_name_latin="", birth_date=born, phone="")
        for surname, given, passport in (
            ("Левицький", "Іван", ""),
            ("Нечуй-Левицький", "Іван", ""),
            ("", "Іван", "STETS LEVYTSKYI"),
            ("Нечуй-Левицький", "Ольга", ""),
            ("Длевицький", "Іван", ""),
        )
    )
    for person in (whole, double, latin, _other, _longer):
        make_policy(project, person)
    shown = [pk for pk, _match in found(operator, text)]
    assert shown[0] == whole.pk
    assert sorted(shown[1:]) == [double.pk, latin.pk], "a surname of its own is none of its parts"


@pytest.mark.parametrize(
    ("kept", "texts"),
    [
        ("01234567", ("О1234567", "O1234567", "o 123-4567")),
        ("AO-12345", ("A0-12345", "а012345")),
        ("VZ-1023", ("VZ-IO23", "VZ1O23", "vz іо23")),
    ],
)
def test_a_number_is_found_with_letters_and_digits_that_look_alike(
    operator: Any, project: Any, on_shift: Any, kept: str, texts: tuple[str, ...]
) -> None:
    on_shift(operator)
    person = make_person(phone="")
    make_policy(project, person, number=kept)
    assert [found(operator, text) for text in texts] == [[(person.pk, "number")]] * len(texts)


@pytest.mark.parametrize("text", ["+380 67 123 1985", "067 123 1985", "VZR 2026 004471", "vzr2026 004471"])
def test_a_year_inside_a_phone_or_a_number_belongs_to_it(
    operator: Any, project: Any, on_shift: Any, text: str
) -> None:
    on_shift(operator)
    person = make_person(phone="+380671231985")
    make_policy(project, person, number="VZR-2026-004471")
    assert [pk for pk, _match in found(operator, text)] == [person.pk]


@pytest.mark.parametrize("text", ["45-67", "45 67", "3-45-67", "10-05-26-00123", "Галаган 45-67"])
def test_last_digits_and_numbers_are_no_dates(operator: Any, project: Any, on_shift: Any, text: str) -> None:
    on_shift(operator)
    person = make_person()
    make_policy(project, person, number="10-05-26-00123")
    assert [pk for pk, _match in found(operator, text)] == [person.pk]


@pytest.mark.parametrize(
    "text",
    [
        "12 березня 1984",
        "12 03 1984",
        "12. 03. 1984",
        "1984.03.12",
        "1984 03 12",
        "12 березня 84",
        "12MAR1984",
        "12 mar 1984",
        "Галаган-1984",
        "19840312",
        "120384",
        "Галаган 1984р.",
        "Галаган 120384",
    ],
)
def test_a_day_of_birth_is_read_as_people_write_it(olena: Any, operator: Any, text: str) -> None:
    assert [pk for pk, _match in found(operator, text)] == [olena.pk]


def test_whoever_is_meant_by_digits_that_may_be_a_day_is_shown(
    olena: Any, operator: Any, project: Any
) -> None:
    called = make_person("Сіренко", "Надія", birth_date=date(1970, 1, 1), phone="+380671120384")
    insured = make_person("Сірий", "Юрій", birth_date=date(1970, 1, 1), phone="")
    make_policy(project, called)
    make_policy(project, insured, number="VZR-120384")
    assert found(operator, "120384") == [(insured.pk, "number"), (called.pk, "phone"), (olena.pk, "birth")]
    assert found(operator, "12-03-84") == found(operator, "120384")
    assert found(operator, "Ґалаган 120384") == [(olena.pk, "surname_birth")]
    assert {pk for pk, _match in found(operator, "Ніхто 120384")} == {insured.pk, called.pk}


def test_of_two_letters_no_surname_begins(operator: Any, project: Any, on_shift: Any) -> None:
    """Though their key has three or four."""
    on_shift(operator)
    for surname in ("Щерба", "Щесюк", "Ще"):
        make_policy(project, make_person(surname, "Іван", surname_latin="", given_name_latin="", phone=""))
    named = [one.person.surname for one in look_up(operator, "Ще Іван", now=clock.now()).found]
    assert named[0] == "Ще", "beside a name it is found"
    assert found(operator, "Ще") == found(operator, "Ол") == found(operator, "Шж") == []
    assert len(found(operator, "Щер")) == 1


@pytest.mark.parametrize("text", ["Лі", "Li", " лі. ", "ks", "12", "№ 12", "7", "А1"])
def test_fewer_than_three_letters_or_digits_find_nothing_and_ask_nothing(
    operator: Any, project: Any, on_shift: Any, text: str
) -> None:
    """Neither who bears so short a surname nor whose policy has so short a number."""
    on_shift(operator)
    person = make_person("Лі", "Вей", surname_latin="LI", given_name_latin="WEI")
    for number in ("12", "7", "A1"):
        make_policy(project, person, number=number)
    answer = look_up(operator, text, now=clock.now())
    assert (answer.found, answer.little) == ([], True)
    assert statements(operator, text) == 0
    assert found(operator, "Лі Вей")[0] == found(operator, "Вей Лі")[0] == (person.pk, "name")
    assert found(operator, "Лі 1984")[0][0] == person.pk


@pytest.mark.parametrize(
    "text", ["Ґалаган Олена 12.03", "Ґалаган Олена 12 березня", "Ґалаган 42 роки", "Ґалаган 84"]
)
def test_two_digits_beside_a_name_are_no_number_of_a_policy(
    olena: Any, operator: Any, project: Any, text: str
) -> None:
    for number in ("12", "03", "42", "84"):
        make_policy(project, make_person("Сіренко", "Надія", phone=""), number=number)
    assert olena.pk in [pk for pk, _match in found(operator, text)]
    assert all(match in ("surname", "name") for _pk, match in found(operator, text))


@pytest.mark.parametrize(
    "text",
    [
        "VZR/2026–004471",
        "VZR—2026‑004471",
        "VZR\u200b-2026-004471\ufeff",
        "067–123–19–85",
        "12–03–1984 Ґалаган–Сірий",
    ],
)
def test_dashes_of_printed_pages_are_hyphens(operator: Any, project: Any, on_shift: Any, text: str) -> None:
    on_shift(operator)
    names: dict[str, Any] = {"surname_latin": "", "given_name_latin": "", "birth_date": date(1984, 3, 12)}
    person = make_person("Ґалаган-Сірий", "Іван", phone="+380671231985", **names)
    make_policy(project, person, number="VZR-2026-004471")
    make_policy(project, make_person("Ґала", "Іван", phone="+380671202600", **names), number="VZR-2026")
    assert found(operator, text)[0][0] == person.pk


@pytest.mark.parametrize("text", ["0671231985", "+380 67 123 19 85", "671231985", "8 (067) 123-19-85"])
def test_whose_phone_it_is_stands_before_whose_ends_so(
    operator: Any, project: Any, on_shift: Any, text: str
) -> None:
    on_shift(operator)
    other = make_person("Абас", "Іван", surname_latin="", given_name_latin="", phone="+380501231985")
    person = make_person("Яким", "Іван", surname_latin="", given_name_latin="", phone="+380671231985")
    for one in (other, person):
        make_policy(project, one)
    assert [pk for pk, _match in found(operator, text)] == [person.pk, other.pk]
    assert [pk for pk, _match in found(operator, "1231985")] == [other.pk, person.pk]


@pytest.mark.parametrize(
    ("kept", "text"), [("Ковальчук", "Kowalczuk"), ("Ковальчук", "KOWALCZUK Jerzy"), ("Щербань", "Szczerbań")]
)
def test_a_surname_is_found_as_it_is_spelt_in_polish(
    operator: Any, project: Any, on_shift: Any, kept: str, text: str
) -> None:
    on_shift(operator)
    person = make_person(kept, "Юрій", surname_latin="", given_name_latin="", phone="")
    make_policy(project, person)
    assert found(operator, text)[0] == (person.pk, "surname")


@pytest.mark.parametrize(
    ("kept", "texts"),
    [
        ("Müller", ("Müller", "Mueller", "MUELLER", "Muller", "Мюллер")),
        ("MUELLER", ("Müller", "Mueller", "Müller 1984", "Jürgen Müller", "Мюллер")),
        ("Groß", ("Groß", "Gross", "GROSS")),
        ("GROSS", ("Groß", "Gross")),
        ("Österberg", ("Österberg", "Oesterberg", "OESTERBERG", "Osterberg")),
        ("OESTERBERG", ("Österberg", "Oesterberg", "O\u0308sterberg")),
        ("SOERENSEN", ("Sørensen", "Soerensen")),
        ("Sørensen", ("Sørensen", "SOERENSEN")),
        ("AAGAARD", ("Ågård", "Aagaard")),
        ("MUELLER-BOEHME", ("Müller-Böhme", "Müller Böhme")),
    ],
)
def test_umlauts_are_found_as_passports_spell_them_and_as_people_do(
    operator: Any, project: Any, on_shift: Any, kept: str, texts: tuple[str, ...]
) -> None:
    on_shift(operator)
    names: dict[str, Any] = {
        "surname_latin": kept,
        "given_name_latin": "JUERGEN",
        "birth_date": date(1984, 3, 12),
    }
    person = make_person("", "", phone="", **names)
    make_policy(project, person)
    make_policy(project, make_person("Мельник", "Юрій", phone=""))
    for text in texts:
        [(pk, match)] = found(operator, text)
        assert (pk, match.split("_")[0]) == (person.pk, "name" if "Jürgen" in text else "surname"), text
