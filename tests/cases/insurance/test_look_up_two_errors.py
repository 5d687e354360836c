"""Two slips of the hand or the ear: who is meant is found beside those who only resemble what was typed."""

from __future__ import annotations

import time
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

    def made(surname: str, given: str, born: date = date(1984, 3, 12)) -> int:
        names = {"surname_latin": "", "given_name_latin": "", "phone": ""}
        person = make_person(surname, given, birth_date=born, **names)
        make_policy(project, person)
        return int(person.pk)

    return made


@pytest.mark.parametrize(
    "text", ["Квоальчнук Олена", "Олена Квоальчнук", "Квоальчнук Олена 1984", "Kvoalchnuk Olena"]
)
def test_a_surname_one_slip_away_does_not_end_the_search(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена")
    other = named("Квоальчук", "Марта")
    assert [pk for pk, _match in found(operator, text)] == [meant, other]


@pytest.mark.parametrize(
    "text",
    ["Rdjfkmxyer Jktyf", "Jktyf Rdjfkmxyer", "Rdjfkmxyer Jktyf 1984", "Rjdfkmxer Jkytf", "Лмщфдсргтл Щдутф"],
)
def test_two_slips_with_the_other_keyboard_layout(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена")
    named("Квоальчук", "Марта")
    assert found(operator, text)[0][0] == meant


def test_a_surname_alone_with_the_other_layout_and_two_slips(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена")
    assert [pk for pk, _match in found(operator, "Rdjfkmxyer 1984")] == [meant]


@pytest.mark.parametrize("text", ["Квоальчнук 1984", "1984 Квоальчнук", "Квоальчнук 12.03.1984"])
def test_of_a_surname_alone_neither_when_the_year_is_said(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Олена", date(1985, 5, 5))
    other = named("Квоальчук", "Марта")
    assert [pk for pk, _match in found(operator, text)] == [other, meant]


def test_who_is_called_so_but_for_one_slip_stands_before_two(named: Any, operator: Any) -> None:
    two, one = named("Ковальчик", "Олена"), named("Ковальчук", "Олена")
    assert [pk for pk, _match in found(operator, "Ковамьчук Олена")] == [one, two]
    assert [pk for pk, _match in found(operator, "Ковамьчук Олена 1984")] == [one], "the birthday agrees"


@pytest.mark.parametrize(
    "text", ["Ковальчук Олнеа", "Олнеа Ковальчук", "Ковальчук Олнеа 1984", "Кувальчук Олнеа"]
)
def test_a_slip_in_the_given_name_leaves_out_no_namesake(named: Any, operator: Any, text: str) -> None:
    for given in ("Аліна", "Андрій", "Богдан", "Віра", "Галина", "Дарина", "Іван", "Марта", "Надія"):
        for year in (1984, 1985, 1986):
            named("Ковальчук", given, date(year, 1, 1))
    meant = named("Ковальчук", "Олена")
    assert found(operator, text)[0][0] == meant


def test_a_name_said_in_full_finds_nobody_else(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчик", "Олена")
    assert found(operator, "Ковальчук Олена") == [(meant, "name")]
    assert found(operator, "Ковальчук Олена 1984") == [(meant, "name_birth")]


def test_of_those_who_are_left_out_it_says_how_many(named: Any, operator: Any) -> None:
    for year in range(1950, 1975):
        named("Ковальчук", "Олена", date(year, 1, 1))
    answer = look_up(operator, "Квальчк Олена", now=clock.now())
    assert (len(answer.found), answer.others, answer.ask) == (20, 5, "birth")


@pytest.mark.parametrize("text", ["к" + "аб" * 199, f"{'абвгд' * 39} {'ежзик' * 39} 1984", "аб " * 130])
def test_the_longest_words_are_answered_at_once(named: Any, operator: Any, text: str) -> None:
    named("Ковальчук", "Олена")
    began = time.process_time()
    assert found(operator, text) == []
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text", ["Ковальчук Олена 13.03.1984", "Олена Ковальчук 1985", "Ковальчук Олена 12.03.1994"]
)
def test_a_misheard_birthday_hides_nobody_who_bears_both_names(named: Any, operator: Any, text: str) -> None:
    meant = named("Ковальчук", "Олена", date(1984, 3, 12))
    named("Лисенко", "Олена", date(1984, 3, 13))
    named("Ковальчук", "Марта", date(1985, 5, 5))
    named("Лисенко", "Олена", date(1994, 3, 12))
    shown = [pk for pk, _match in found(operator, text)]
    assert shown[0] == meant and len(shown) == 2


def test_another_birthday_stands_behind_the_one_that_was_said(named: Any, operator: Any) -> None:
    older = named("Ковальчук", "Олена", date(1951, 7, 9))
    married = named("Лисенко", "Олена", date(1984, 3, 12))
    assert found(operator, "Ковальчук Олена 12.03.1984") == [(married, "given_birth"), (older, "name")]


def test_who_bears_both_names_and_was_born_then_is_shown_without_namesakes(named: Any, operator: Any) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Олена", date(1985, 3, 12))
    slip = named("Коваленко", "Олена")
    named("Коваленко", "Олена", date(1985, 3, 12))
    assert found(operator, "Ковальчук Олена 1984") == [(meant, "name_birth")]
    assert found(operator, "Ковленко Олена 12.03.1984") == [(slip, "similar_birth"), (meant, "given_birth")]
