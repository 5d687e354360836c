"""Who is calling, asked through the API as callers say it: how long it takes, and whether the right one is found."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import translitua

from bench.http import Seat, Wrong
from bench.names import SEED
from bench.table import LEAST, Row
from fregat.lib.keyboard import layout_readings
from tests.day.client import Person

KEYS = 10_000
"""Different people asked for."""
ROUNDS = 3
SECONDS = 5.0
ASKED_FOR_RECALL = 400
FLOOR = "/api/v1/employees/me/"
"""The plainest answer to somebody signed in: session and user."""
_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Insured:
    """A person to ask for."""

    pk: int
    surname: str
    given: str
    born: date
    phone: str
    number: str


def slipped(word: str, dice: random.Random) -> str:
    """One letter left out, put in, changed or swapped with the next; never the first."""
    at = dice.randrange(1, len(word) - 1)
    other = dice.choice(_LATIN if word.isascii() else _LETTERS)
    return dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def either_script(word: str, dice: random.Random) -> str:
    """In Cyrillic, or in the passport's Latin."""
    return dice.choice((word, translitua.translit(word).upper()))


Asked = Callable[[Insured, random.Random], str]
MIXED: tuple[tuple[int, Asked], ...] = (
    (25, lambda one, dice: one.number),
    (30, lambda one, dice: dice.choice((one.phone, one.phone[-7:]))),
    (20, lambda one, dice: f"{either_script(one.surname, dice)} {one.born.year}"),
    (5, lambda one, dice: f"{one.surname[:5]} {one.born.year}"),
    (20, lambda one, dice: f"{slipped(one.surname, dice)} {one.given} {one.born.year}"),
)
"""Per cent of each kind of question."""
RECALL: dict[str, tuple[Asked, float]] = {
    "lookup.typo.recall": (
        lambda one, dice: f"{slipped(either_script(one.surname, dice), dice)} {one.given} {one.born:%d.%m.%Y}", 0.97,
    ),
    "lookup.layout.recall": (
        lambda one, dice: f"{layout_readings(f'{one.surname} {one.given}'.lower())[1]} {one.born:%d.%m.%Y}", 0.99,
    ),
    "lookup.script.recall": (
        lambda one, dice: f"{either_script(one.surname, dice)} {one.given} {one.born:%d.%m.%Y}", 0.99,
    ),
}  # fmt: skip


def lookups(live: Any, owner: Any) -> Iterator[Row]:
    """The mixed questions against the floor, in turn; then the share of right answers."""
    people, seat = people_of(owner), Seat(Person(live.base_url, "operator"))
    floor, took = measured(seat, people)
    bar = 2 * p95(floor)
    yield Row("limit.floor.p95", p95(floor), "ms")
    yield Row("lookup.mixed.p50", statistics.median(took) * 1000, "ms")
    yield Row("lookup.mixed.p95", p95(took), "ms", bar)
    for name, (asked, share) in RECALL.items():
        dice = random.Random(name)
        right = sum(one.pk in _ask(seat, asked(one, dice)) for one in people[:ASKED_FOR_RECALL])
        yield Row(name, right / ASKED_FOR_RECALL, "of 1", share, LEAST)


def mixed_p95(live: Any, owner: Any) -> float:
    """In milliseconds, of the mixed questions alone."""
    return p95(measured(Seat(Person(live.base_url, "operator")), people_of(owner))[1])


def measured(
    seat: Seat, people: list[Insured], *, seconds: float = SECONDS, rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Seconds of each answer: the floor's, the look-up's."""
    dice = random.Random(SEED)
    weights = [weight for weight, _asked in MIXED]
    floor: list[float] = []
    took: list[float] = []
    for one in people[:200]:  # warm
        _ask(seat, MIXED[0][1](one, dice))
    whom = iter(people * rounds)
    for _round in range(rounds):
        over = time.monotonic() + seconds / 4
        while (began := time.monotonic()) < over:
            status, _body = seat.get(FLOOR)
            floor.append(time.monotonic() - began)
            if status != 200:
                raise Wrong(f"{FLOOR}: {status}")
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            one = next(whom)
            [(_weight, asked)] = dice.choices(MIXED, weights)
            text = asked(one, dice)
            began = time.monotonic()
            found = _ask(seat, text)
            took.append(time.monotonic() - began)
            if asked is MIXED[0][1] and one.pk not in found:
                raise Wrong("a policy number did not find its person")
    return floor, took


def _ask(seat: Seat, text: str) -> list[int]:
    status, body = seat.post("/api/v1/insured/lookup/", {"q": text, "limit": 20})
    if status != 200:
        raise Wrong(f"look-up: {status}")
    return [row["id"] for row in json.loads(body)["results"]]


def people_of(owner: Any) -> list[Insured]:
    """The same for the same numbers of persons: every n-th of those who were made."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.surname, p.given_name, p.birth_date, p.phone, 'BN-' || p.id"
            " FROM insurance_insuredperson AS p JOIN insurance_policy AS y ON y.number = 'BN-' || p.id"
            " WHERE p.id IN (SELECT y + n * (x - y) / %s FROM generate_series(1, %s) AS n,"
            "  (SELECT max(id) AS x, min(id) AS y FROM insurance_insuredperson) AS ends) ORDER BY p.id",
            [KEYS, KEYS],
        )
        rows = [Insured(*row) for row in cursor.fetchall()]
    owner.rollback()
    random.Random(SEED).shuffle(rows)
    return rows


def p95(took: list[float]) -> float:
    """In milliseconds."""
    return statistics.quantiles(took, n=20)[18] * 1000
