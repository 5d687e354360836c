"""Namesakes who are all shown: what tells them apart is asked next, the date of birth or the town."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from cases.insurance.selectors import look_up
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cast import make_person, make_policy

pytestmark = pytest.mark.django_db
BORN, LATER = date(1984, 3, 12), date(1990, 1, 1)


@pytest.fixture
def operator_on_shift(operator: Employee, on_shift: Callable[..., Any]) -> Employee:
    on_shift(operator)
    return operator


@pytest.mark.parametrize(
    ("people", "text", "apart"),
    [
        ([(BORN, "Львів")], "Ґалаган Олена", ""),
        ([(BORN, ""), (LATER, "")], "Ґалаган Олена", "birthday"),
        ([(BORN, ""), (date(1984, 5, 1), "")], "Ґалаган Олена 1984", "day"),
        ([(BORN, ""), (LATER, "")], "Ґалаган Олена 12.03.1984", ""),
        ([(BORN, "Львів"), (BORN, "Стрий")], "Ґалаган Олена 12.03.1984", "city"),
        ([(BORN, "Львів"), (BORN, "львів")], "Ґалаган Олена 12.03.1984", "number"),
        ([(None, "Львів"), (None, "Стрий")], "Ґалаган Олена", "city"),
        ([(None, "Львів"), (None, "")], "Ґалаган Олена", "number"),
    ],
)
def test_what_tells_them_apart_is_asked(
    operator_on_shift: Employee, project: Any, people: list[tuple[date | None, str]], text: str, apart: str
) -> None:
    for born, city in people:
        make_policy(project, make_person(birth_date=born, city=city))
    make_policy(project, make_person("Ґалаган", "Орест", birth_date=BORN, city="Умань"))
    answer = look_up(operator_on_shift, text, now=clock.now())
    assert (answer.ask, answer.apart, answer.more) == ("", apart, False)


def test_the_town_is_asked_when_the_day_is_said_and_too_many_are_left(
    operator_on_shift: Employee, project: Any
) -> None:
    for number in range(22):
        make_policy(project, make_person(birth_date=BORN, city=f"Місто {number % 2}"))
    answer = look_up(operator_on_shift, "Ґалаган Олена 12.03.1984", now=clock.now())
    assert (answer.ask, answer.apart, answer.more) == ("city", "", True)


def test_it_stands_on_the_pages(
    operator_on_shift: Employee, project: Any, page: Callable[..., Client], api: Any
) -> None:
    for city in ("Львів", "Стрий"):
        make_policy(project, make_person(birth_date=BORN, city=city))
    browser = page(operator_on_shift)
    for address in ("/insured/", "/calls/new/lookup/"):
        shown = browser.post(address, {"q": "Ґалаган Олена"}, headers={"HX-Request": "true"}).content.decode()
        assert "Львів" in shown and "Стрий" in shown
        assert (
            "Є кілька людей із саме таким прізвищем та ім’ям. Запитайте, у якому місті живе людина." in shown
        )
    found = (
        api(operator_on_shift).post("/api/v1/insured/lookup/", {"q": "Ґалаган Олена"}, format="json").json()
    )
    assert sorted(one["city"] for one in found["results"]) == ["Львів", "Стрий"]
