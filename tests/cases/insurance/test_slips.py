"""What one slip does to a key, and that the dictionary of cuts finds it (performance: one-deletion table)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.insurance.models import InsuredPerson, Surname, SurnameCut
from cases.insurance.rules import (
    MANY,
    changed,
    cuts,
    cuts_of_two_errors,
    errors_between,
    is_one_error,
    moved_further,
    name_key,
    second_readings,
)
from cases.insurance.rules.birthdays import is_near_day, is_near_year, near_days, near_years
from cases.insurance.rules.names import name_keys
from tests.cast import make_person

LETTERS = "abcdefhiklmnoprstuvz"
KEY = st.text(alphabet="abch", min_size=1, max_size=7)


def made_of(key: str) -> set[str]:
    """By its definition: one letter left out, put in, changed, swapped with its neighbour."""
    cut = [(key[:place], key[place:]) for place in range(len(key) + 1)]
    found = {head + tail[1:] for head, tail in cut if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cut if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in cut if tail for letter in LETTERS}
    found |= {head + letter + tail for head, tail in cut for letter in LETTERS}
    return found - {key}


@given(KEY, KEY)
def test_one_error_is_what_its_definition_says(key: str, other: str) -> None:
    assert is_one_error(key, other) == is_one_error(other, key) == (other in made_of(key))


@given(KEY, st.data())
def test_two_keys_one_error_apart_have_a_cut_in_common(key: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(sorted(made_of(key))))
    assert is_one_error(key, other)
    assert cuts(key) & cuts(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ahevchenko", "шевченко"),
        ("shevxhenko", "шевченко"),
        ("steysenko", "стеценко"),
        ("stestenko", "стеценко"),
        ("iqrema", "ярема"),
        ("ahcherban", "щербань"),
        ("зербань", "щербань"),
        ("саввич", "савович"),
        ("savvych", "савович"),
    ],
)
def test_a_slip_inside_letters_that_are_one_sound_has_a_second_reading(typed: str, meant: str) -> None:
    key = name_key(meant)
    assert key in second_readings(typed) or is_one_error(name_key(typed), key)


@given(KEY, KEY)
def test_errors_are_counted_by_their_definition(key: str, other: str) -> None:
    assert changed(key) == {key} | made_of(key)
    errors = errors_between(key, other)
    assert (errors == 0) == (key == other) and (errors == 1) == is_one_error(key, other) and errors <= MANY
    assert errors == errors_between(other, key)


@given(KEY, st.data())
def test_a_key_two_errors_away_has_one_of_the_cuts_that_are_asked_for(key: str, data: st.DataObject) -> None:
    between = data.draw(st.sampled_from(sorted(made_of(key) - {""})))
    other = data.draw(st.sampled_from(sorted(made_of(between))))
    assert cuts_of_two_errors(key) & cuts(other)


@given(st.lists(st.text(alphabet="абїйьющшц'ыwqxhsz", min_size=1, max_size=9)))
def test_many_keys_at_once_are_those_of_each(words: list[str]) -> None:
    assert name_keys(word.replace("'", "") for word in words) == {name_key(word) for word in words} - {""}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Стійець", "Стійдець"), ("Цахюйура", "Цахюйдура"), ("Хіюшк", "Хішюк"), ("Віьа", "Віра")],
)
def test_one_slip_that_changes_how_its_neighbours_are_folded_is_one(typed: str, meant: str) -> None:
    assert errors_between(name_key(typed), name_key(meant)) > 1
    assert name_key(meant) in moved_further(typed)


@given(st.text(max_size=60))
def test_any_word_has_few_second_readings(word: str) -> None:
    assert len(second_readings(word)) <= 60


def dictionary() -> set[str]:
    keys = set(Surname.objects.values_list("key", flat=True))
    found = {(cut, key) for key in keys for cut in cuts(key)}
    assert set(SurnameCut.objects.values_list("cut", "key")) == found
    return keys


@pytest.mark.django_db
def test_the_dictionary_follows_the_persons_however_they_are_written() -> None:
    make_person(surname="Ґалаган")
    assert dictionary() == {"halahan"}
    many = [InsuredPerson(surname=name) for name in ("Шевчук", "Шевчук", "Ґалаган", "Яр", "123")]
    for person in many:
        person.set_keys()
    InsuredPerson.objects.bulk_create(many)
    assert dictionary() == {"halahan", name_key("Шевчук"), "ar"}
    InsuredPerson.objects.update(surname_key="moroz")
    assert dictionary() >= {"moroz"}


@pytest.mark.parametrize(
    ("said", "born", "near"),
    [
        ("12.03.1984", "13.03.1984", True),
        ("12.03.1984", "12.08.1984", True),
        ("12.03.1984", "12.03.1948", True),
        ("12.03.1984", "03.12.1984", True),
        ("12.03.1984", "12.03.1994", True),
        ("12.03.1984", "17.05.1984", False),
        ("12.03.1984", "13.04.1975", False),
    ],
)
def test_what_is_one_slip_from_a_birthday(said: str, born: str, near: bool) -> None:
    def day(text: str) -> date:
        return datetime.strptime(text, "%d.%m.%Y").date()

    assert is_near_day(day(said), day(born)) is is_near_day(day(born), day(said)) is near


def test_what_is_one_slip_from_a_year() -> None:
    assert [year for year in range(1930, 2010) if is_near_year(1984, year)] == [
        1934, 1944, 1948, 1954, 1964, 1974, 1980, 1981, 1982, 1983, 1984, 1985, 1986, 1987, 1988, 1989, 1994,
    ]  # fmt: skip
    assert is_near_year(1999, 2000)


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.dates(date(1901, 1, 1), date(2099, 12, 31)))
@example(date(2024, 2, 29), date(2020, 2, 29))
@example(date(1984, 3, 12), date(1984, 12, 3))
@example(date(1984, 3, 12), date(1985, 3, 12))
def test_all_days_and_years_that_are_near_are_counted(said: date, born: date) -> None:
    assert (born in near_days(said)) == is_near_day(said, born)
    assert (born.year in near_years(said.year)) == is_near_year(said.year, born.year)
