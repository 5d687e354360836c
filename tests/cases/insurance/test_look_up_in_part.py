"""A part of a surname and the given name, in either order: who is called so stands before whoever begins so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cases.insurance.test_look_up import found
from tests.cast import make_person, make_policy

Named = Callable[..., int]
GIVEN = ("Аліна", "Андрій", "Богдан", "Віра", "Галина", "Дарина", "Іван", "Марта", "Надія", "Юрій")


@pytest.fixture
def named(project: Any, operator: Any, on_shift: Any) -> Named:
    """Makes somebody insured, of no other spelling; the operator is on shift."""
    on_shift(operator)

    def made(surname: str, given: str, born: date = date(1984, 3, 12)) -> int:
        names = {"surname_latin": "", "given_name_latin": "", "phone": ""}
        person = make_person(surname, given, birth_date=born, **names)
        make_policy(project, person)
        return int(person.pk)

    return made


# --- The beginning of a surname ---------------------------------------------------------------------
@pytest.mark.parametrize("text", ["Нечуй Остап", "Остап Нечуй", "Остап Нечуй 1984", "Jcnfg Ytxeq"])
def test_the_first_part_of_a_double_surname_is_enough_in_either_order(
    named: Named, operator: Any, text: str
) -> None:
    named("Остапенко", "Марта")
    meant = named("Нечуй-Левицький", "Остап")
    assert found(operator, text)[0] == (meant, "start")


@pytest.mark.parametrize("text", ["Ковал Олена", "Олена Ковал", "Ковал Олена 1984", "Rjdfk Jktyf"])
def test_of_surnames_that_begin_so_those_with_the_given_name_stand_first(
    named: Named, operator: Any, text: str
) -> None:
    for given in GIVEN:
        for surname in ("Ковалевич", "Коваленко", "Коваль"):
            named(surname, given)
    meant = named("Ковальчук", "Олена")
    named("Олена", "Марта")
    named("Олененко", "Олена")
    shown = found(operator, text)
    assert shown[0] == (meant, "start") and len(shown) > 1


def test_a_given_name_of_two_letters_before_the_beginning_of_a_surname(named: Named, operator: Any) -> None:
    meant = named("Ковальчук", "Лі")
    assert found(operator, "Лі Ковал") == [(meant, "start")]


def test_who_bears_the_whole_surname_stands_before_whose_begins_so(named: Named, operator: Any) -> None:
    other = named("Ковалевич", "Аліна")
    longer = named("Ковальчук", "Олена")
    whole = named("Коваль", "Олена")
    assert [pk for pk, _match in found(operator, "Коваль Олена")] == [whole, longer, other]


def test_a_surname_that_begins_so_hides_nobody_who_is_a_slip_away(named: Named, operator: Any) -> None:
    begun, slip = named("Савукович", "Олена"), named("Савчук", "Олена")
    assert [pk for pk, _match in found(operator, "Савук Олена")] == [begun, slip]


def test_of_many_who_are_called_so_it_says_that_there_are_others(named: Named, operator: Any) -> None:
    for year in range(1950, 1975):
        named("Ковальчук", "Олена", date(year, 1, 1))
    named("Ковалевич", "Аліна")
    answer = look_up(operator, "Ковал Олена", now=clock.now())
    assert {one.person.given_name for one in answer.found} == {"Олена"}
    assert (len(answer.found), answer.ask) == (20, "birth") and answer.others >= 5


# --- The second part of a double surname ------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["Остап Левецький", "Левецький Остап", "Остап Левецький 1984", "Levetskyi Ostap"]
)
def test_a_slip_in_the_second_part_of_a_double_surname(named: Named, operator: Any, text: str) -> None:
    meant = named("Нечуй-Левицький", "Остап")
    named("Нечуй-Левицький", "Марта")
    named("Длевицький", "Остап", date(1950, 1, 1))
    named("Остапов", "Левко")
    assert found(operator, text)[0][0] == meant


def test_who_bears_it_whole_but_for_the_slip_stands_before(named: Named, operator: Any) -> None:
    double, whole = named("Нечуй-Левицький", "Остап"), named("Левицький", "Остап")
    assert [pk for pk, _match in found(operator, "Левецький Остап")] == [whole, double]


# --- The beginning of a given name ------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Ковальчук О.",
        "О. Ковальчук",
        "О.П. Ковальчук",
        "Ковальчук О П",
        "Ковальчук Ол",
        "Оле Ковальчук",
        "Kovalchuk O.",
    ],
)
def test_of_many_with_one_surname_those_whose_name_begins_so_stand_first(
    named: Named, operator: Any, text: str
) -> None:
    for given in GIVEN:
        for year in (1950, 1960, 1970):
            named("Ковальчук", given, date(year, 1, 1))
    named("Олешко", "Марта")
    meant = named("Ковальчук", "Олена")
    assert found(operator, text)[0][0] == meant
    assert look_up(operator, text, now=clock.now()).others >= 10


def test_a_year_beside_an_initial_tells_as_before(named: Named, operator: Any) -> None:
    meant = named("Ковальчук", "Олена")
    named("Ковальчук", "Олена", date(1985, 1, 1))
    assert [pk for pk, _match in found(operator, "Ковальчук О. 1984")] == [meant]
