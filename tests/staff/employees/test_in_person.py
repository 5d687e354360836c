"""The password again at the moment of signing (A4); codes of the second factor are tested with their set-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from fregat.lib.errors import Invalid, NotAllowed
from staff.employees.actions import confirm_in_person
from staff.employees.models import Employee
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_tried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_password_shows_who_it_is(operator: Employee) -> None:
    assert confirm_in_person(by=with_password(operator), secret=PASSWORD) == "password"


@pytest.mark.parametrize("secret", ["", "wrong", "123456", PASSWORD.upper(), "\x00", "a" * 5000])
def test_anything_else_is_refused_with_a_sentence(operator: Employee, secret: str) -> None:
    with pytest.raises(Invalid) as refused:
        confirm_in_person(by=with_password(operator), secret=secret)
    assert set(refused.value.errors) == {"secret"}


def test_nobody_guesses_for_long(operator: Employee, operator2: Employee) -> None:
    with_password(operator)
    for _try in range(5):
        with pytest.raises(Invalid):
            confirm_in_person(by=operator, secret="wrong")
    with pytest.raises(NotAllowed):
        confirm_in_person(by=operator, secret=PASSWORD)
    assert confirm_in_person(by=with_password(operator2), secret=PASSWORD) == "password"


def test_the_right_answer_forgets_the_wrong_ones(operator: Employee) -> None:
    with_password(operator)
    for _round in range(3):
        for _try in range(3):
            with pytest.raises(Invalid):
                confirm_in_person(by=operator, secret="wrong")
        confirm_in_person(by=operator, secret=PASSWORD)


def test_a_closed_account_confirms_nothing(operator: Employee) -> None:
    with_password(operator).is_active = False
    with pytest.raises(Invalid):
        confirm_in_person(by=operator, secret=PASSWORD)
