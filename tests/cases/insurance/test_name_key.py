"""One key for a name in every spelling (performance: the key must be that of the transliteration)."""

from __future__ import annotations

import unicodedata

import pytest
import translitua
from hypothesis import example, given
from hypothesis import strategies as st

from cases.insurance.rules import given_name_key, name_key

LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


@given(st.text(alphabet=LETTERS + "'’ʼ", min_size=1, max_size=14))
@example("тс")
@example("кг")
@example("зг")
@example("Згурський")
@example("єйїюя")
@example("в’юн")
def test_a_name_and_its_official_transliteration_have_one_key(name: str) -> None:
    latin = translitua.translit(name)
    assert name_key(name) == name_key(latin) == name_key(latin.upper()) == name_key(name.upper())


@pytest.mark.parametrize(
    ("ukrainian", "other"),
    [
        ("Христенко", "KHRYSTENKO"),
        ("Христенко", "Hristenko"),
        ("Ґалаган", "Галаган"),
        ("Ґалаган", "Galagan"),
        ("Соловйов", "Соловьёв"),
        ("Щербань", "Shcherban'"),
        ("Цимбал", "Tsymbal"),
        ("Левицький", "Levitskiy"),
        ("Знам’янка", "Знамянка"),
        ("Кириленко", "Кирилленко"),
        ("Юрченко", "Jurchenko"),
        ("Згурський", "Zgurskiy"),
        ("О’Коннор", "O'Konnor"),
    ],
)
def test_older_and_foreign_spellings_are_forgiven(ukrainian: str, other: str) -> None:
    assert name_key(ukrainian) == name_key(other)


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Олена", "Елена"),
        ("Олександр", "Александр"),
        ("Микола", "Николай"),
        ("Дмитро", "Дмитрий"),
        ("Ганна", "Anna"),
    ],
)
def test_russian_forms_of_given_names_count_as_ukrainian(ukrainian: str, russian: str) -> None:
    assert given_name_key(ukrainian) == given_name_key(russian)


def test_letters_composed_of_two_code_points_are_the_same_letters() -> None:
    assert name_key(unicodedata.normalize("NFD", "Андрій Їжак")) == name_key("Андрій Їжак")


@given(st.text(max_size=40))
def test_any_text_has_a_key_of_plain_letters(text: str) -> None:
    key = name_key(text)
    assert key.isascii() and (key == "" or key.isalpha()) and key == key.lower()
