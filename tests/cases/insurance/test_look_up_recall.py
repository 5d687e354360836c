"""The right person is among the twenty: a fixed list of people, asked for as callers and hurried hands do.

The same shares are asked of five million people by `make bench`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import translitua

from bench.lookup import slipped
from cases.insurance.models import InsuredPerson, PolicyPerson
from cases.insurance.selectors import look_up
from fregat.lib import clock
from fregat.lib.keyboard import layout_readings
from tests.cast import make_policy

ROOTS = (
    "Шевч", "Щерб", "Цимб", "Жур", "Хом", "Ґал", "Яр", "Юрч", "Єфр", "Їжак", "Стец", "Кравч", "Лис", "Мельн", "Бондар",
    "Коваль", "Гриц", "Пшен", "Зінч", "Дяч", "Вовч", "Сав", "Левч", "Тищ", "Рибч", "Одар", "Нагорн", "Федор", "Іващ",
    "Ульян",
)  # fmt: skip
ENDS = ("енко", "ук", "ський", "ик", "аренко", "ець", "юк", "ишин", "ович", "ійчук")
GIVEN = ("Олена", "Андрій", "Марія", "Ігор", "Софія", "Петро", "Юлія", "Тарас", "Ганна", "Євген")


@pytest.fixture
def people(project: Any) -> list[InsuredPerson]:
    """Three hundred surnames, each borne by three; a thousand days of birth."""
    chance = random.Random(20261128)
    rows = [
        InsuredPerson(
            surname=root + end,
            given_name=chance.choice(GIVEN),
            birth_date=date(1950, 1, 1) + timedelta(days=chance.randrange(1000) * 17),
        )
        for root in ROOTS
        for end in ENDS
        for _ in range(3)
    ]
    for row in rows:
        row.set_keys()
    InsuredPerson.objects.bulk_create(rows)
    policy = make_policy(project, rows[0])
    PolicyPerson.objects.bulk_create(PolicyPerson(policy=policy, person=row) for row in rows[1:])
    return rows


def twice(word: str, chance: random.Random) -> str:
    """Two slips, which do not undo each other."""
    found = word
    while found == word:
        found = slipped(slipped(word, chance), chance)
    return found


Ask = Callable[[InsuredPerson, random.Random], str]
ASKED: dict[str, tuple[Ask, float]] = {
    "one error, name and birthday": (
        lambda one, chance: f"{slipped(one.surname, chance)} {one.given_name} {one.birth_date:%d.%m.%Y}", 0.97,
    ),
    "one error in Latin, name and birthday": (
        lambda one, chance: (
            f"{slipped(translitua.translit(one.surname), chance)} {translitua.translit(one.given_name)}"
            f" {one.birth_date:%d.%m.%Y}"
        ), 0.97,
    ),
    "one error and the year": (
        lambda one, chance: f"{slipped(one.surname, chance)} {one.given_name} {one.birth_date.year}", 0.95,
    ),
    "the passport's Latin and the year": (
        lambda one, chance: f"{translitua.translit(one.surname)} {one.birth_date.year}".upper(), 0.99,
    ),
    "the wrong layout and the year": (
        lambda one, chance: f"{layout_readings(one.surname.lower())[1]} {one.birth_date.year}", 0.99,
    ),
    "two errors": (lambda one, chance: f"{twice(one.surname, chance)} {one.given_name}", 0.9),
    "two errors and the year": (
        lambda one, chance: f"{twice(one.surname, chance)} {one.given_name} {one.birth_date.year}", 0.9,
    ),
    "two errors with the wrong layout": (
        lambda one, chance: layout_readings(f"{twice(one.surname, chance)} {one.given_name}".lower())[1], 0.85,
    ),
    "an error in each name": (
        lambda one, chance: f"{slipped(one.surname, chance)} {slipped(one.given_name, chance)}", 0.9,
    ),
    "an error in each name and the year, name first": (
        lambda one, chance: (
            f"{slipped(one.given_name, chance)} {slipped(one.surname, chance)} {one.birth_date.year}"
        ), 0.9,
    ),
    "an error in the given name": (lambda one, chance: f"{one.surname} {slipped(one.given_name, chance)}", 0.97),
    "name before surname": (lambda one, chance: f"{one.given_name} {one.surname}", 0.99),
}  # fmt: skip


@pytest.mark.parametrize("how", ASKED)
def test_the_right_person_is_among_the_twenty(
    people: list[InsuredPerson], operator: Any, on_shift: Any, how: str
) -> None:
    on_shift(operator)
    chance = random.Random(how)
    question, share = ASKED[how]
    asked = chance.sample(people, 120)
    missed = []
    for one in asked:
        text = question(one, chance)
        if one.pk not in {found.person.pk for found in look_up(operator, text, now=clock.now()).found}:
            missed.append((one.surname, text))
    assert len(missed) <= len(asked) * (1 - share), missed
