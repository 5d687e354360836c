"""The least that a look-up can cost in SQL: the same questions by hand, on the program's own tables and indexes."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from bench.lookup import MIXED, SEED, Insured, p95, people_of
from bench.table import Row

ROUNDS, QUESTIONS = 3, 400
TIMES = 2
"""How many times of the least the program's statements may take."""
_WHO = """
SELECT p.id, p.uuid, p.surname, p.given_name, p.patronymic, p.birth_date, p.phone FROM insurance_insuredperson AS p
 WHERE {} AND EXISTS (
    SELECT FROM insurance_policyperson AS n JOIN insurance_policy AS y ON y.id = n.policy_id
     WHERE n.person_id = p.id AND y.insurer_id = ANY(%s)
 ) ORDER BY p.surname_key, p.given_key LIMIT 21
"""
_NUMBERED = (
    "p.id IN (SELECT n.person_id FROM insurance_policyperson AS n"
    " JOIN insurance_policy AS y ON y.id = n.policy_id WHERE y.number_key = %s)"
)
_POLICIES = """
SELECT n.person_id, n.ended_on, y.id, y.number, y.valid_from, y.valid_to, y.insurer_id, y.programme_id
  FROM insurance_policyperson AS n JOIN insurance_policy AS y ON y.id = n.policy_id
 WHERE n.person_id = ANY(%s) AND y.insurer_id = ANY(%s) ORDER BY y.valid_to DESC
"""

Ask = Callable[[str, list[Any]], list[Any]]
Asked = Callable[[Ask, Insured, str], tuple[str, list[Any]]]
"""What asks the database, whom, how they were asked for → the condition and its values."""


def sql_part(live: Any, owner: Any) -> Iterator[Row]:
    """Seconds in the database of the mixed questions, by hand and by the program, in turn."""
    os.environ.update(live.environment)
    import django

    django.setup()
    from django.db import connection

    people, dice = people_of(owner), random.Random(SEED)
    weights = [weight for weight, _asked in MIXED]
    kinds = dice.choices(range(len(MIXED)), weights, k=ROUNDS * QUESTIONS)
    asked = [(kind, one, MIXED[kind][1](one, dice)) for kind, one in zip(kinds, people, strict=False)]
    least: list[float] = []
    took: list[float] = []
    for start in range(0, len(asked), QUESTIONS):
        least += _by_hand(connection, asked[start : start + QUESTIONS])
        took += _by_the_program([text for _kind, _one, text in asked[start : start + QUESTIONS]])
    yield Row("limit.lookup.p50", statistics.median(least) * 1000, "ms")
    yield Row("limit.lookup.p95", p95(least), "ms")
    yield Row("lookup.sql.p50", statistics.median(took) * 1000, "ms")
    yield Row("lookup.sql.p95", p95(took), "ms", TIMES * p95(least))


def _by_hand(connection: Any, asked: list[tuple[int, Insured, str]]) -> list[float]:
    took, spent = list[float](), list[float]()
    with connection.cursor() as cursor:

        def ask(sql: str, values: list[Any]) -> list[Any]:
            with _timed(spent):
                cursor.execute(sql, values)
            rows: list[Any] = cursor.fetchall()
            return rows

        [(insurers,)] = ask("SELECT array_agg(id) FROM insurance_insurer", [])
        for kind, one, text in asked:
            spent.clear()
            condition, values = _RAW[kind](ask, one, text)
            found = [row[0] for row in ask(_WHO.format(condition), [*values, insurers])]
            ask(_POLICIES, [found, insurers])
            took.append(sum(spent))
    return took


def _by_the_program(texts: list[str]) -> list[float]:
    """Of `look_up` alone, as in a request whose frame is read."""
    from django.db import connection

    from cases.insurance.selectors import look_up
    from fregat.lib import clock, frame, once
    from staff.employees.models import Employee

    user, took = Employee.objects.get(username="operator"), []
    for text in texts:
        now, spent = clock.now(), list[float]()
        with once.noted():
            frame.read(user, now)
            with connection.execute_wrapper(partial(_asked, spent)):
                look_up(user, text, now=now)
        took.append(sum(spent))
    return took


def _asked(spent: list[float], execute: Callable[..., Any], *args: Any) -> Any:
    with _timed(spent):
        return execute(*args)


@contextmanager
def _timed(spent: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent.append(time.perf_counter() - began)


def _number(_ask: Ask, _one: Insured, text: str) -> tuple[str, list[Any]]:
    return _NUMBERED, ["".join(filter(str.isalnum, text))]


def _phone(_ask: Ask, one: Insured, _text: str) -> tuple[str, list[Any]]:
    return "reverse(p.phone) LIKE %s", [one.phone[-7:][::-1] + "%"]


def _surname(_ask: Ask, one: Insured, _text: str) -> tuple[str, list[Any]]:
    from cases.insurance.rules import name_key

    return "p.birth_year = %s AND p.surname_key = %s", [one.born.year, name_key(one.surname)]


def _beginning(_ask: Ask, one: Insured, _text: str) -> tuple[str, list[Any]]:
    from cases.insurance.rules import name_key

    return "p.birth_year = %s AND p.surname_key LIKE %s", [one.born.year, name_key(one.surname[:5]) + "%"]


def _slip(ask: Ask, one: Insured, text: str) -> tuple[str, list[Any]]:
    from cases.insurance.rules import cuts, is_one_error, name_key

    word = name_key(text.split()[0])
    near = ask("SELECT DISTINCT key FROM insurance_surnamecut WHERE cut = ANY(%s)", [sorted(cuts(word))])
    keys = [key for (key,) in near if is_one_error(word, key)]
    return "p.birth_year = %s AND p.surname_key = ANY(%s)", [one.born.year, keys]


_RAW: tuple[Asked, ...] = (_number, _phone, _surname, _beginning, _slip)
"""By hand, in the order of `MIXED`."""
