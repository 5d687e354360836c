"""What one slip does to a key, and that the dictionary of cuts finds it (performance: one-deletion table)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance.models import InsuredPerson, Surname, SurnameCut
from cases.insurance.rules import cuts, is_one_error, name_key, second_readings
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
