"""Surnames that many bear: whoever fits better than they do is not crowded out by them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.insurance.models import InsuredPerson, PolicyPerson
from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cases.insurance.test_look_up import found
from tests.cast import make_person, make_policy

CROWD = 60
"""Twice what a statement reads, and more."""


@pytest.fixture
def crowd(project: Any, operator: Any, on_shift: Any) -> Any:
    """Makes so many people of a name, all of one policy; answers with the key of the first. The operator is on
    shift."""
    on_shift(operator)
    policy = make_policy(
        project, make_person("Шабля", "Захар", surname_latin="", given_name_latin="", phone="")
    )

    def made(surname: str, given: str, many: int = CROWD, born: date = date(1984, 3, 12)) -> int:
        people = [InsuredPerson(surname=surname, given_name=given, birth_date=born) for _ in range(many)]
        for one in people:
            one.set_keys()
        InsuredPerson.objects.bulk_create(people)
        PolicyPerson.objects.bulk_create(PolicyPerson(policy=policy, person=one) for one in people)
        return int(people[0].pk)

    return made


@pytest.mark.parametrize("year", ["", " 1984"])
def test_a_slip_in_the_given_name_alone_goes_before_slips_in_both(
    crowd: Any, operator: Any, year: str
) -> None:
    crowd("Ковальчак", "Тетяна")
    crowd("Ковальчук", "Анна")
    meant = crowd("Ковальчук", "Тетяна", 1)
    assert found(operator, f"Ковальчук Тетяма{year}")[0][0] == meant


@pytest.mark.parametrize("year", ["", " 1984", " 1950"])
def test_of_those_who_only_sound_so_whose_given_name_was_said_goes_first(
    crowd: Any, operator: Any, year: str
) -> None:
    crowd("Щербанюкович", "Анна")
    meant = crowd("Щербанюкович", "Олена", 1)
    assert found(operator, f"Щербанюкавеща Олена{year}")[0][0] == meant


def test_whose_given_name_was_said_is_counted_once(crowd: Any, operator: Any) -> None:
    crowd("Ковальчук", "Анна")
    crowd("Ковальчук", "Олена", 5)
    assert look_up(operator, "Ковальчик Олена", now=clock.now()).others == CROWD + 5 - 20
