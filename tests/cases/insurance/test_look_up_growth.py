"""With ten times as many persons a look-up touches hardly more of the database: pages are counted, not seconds."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.db import connection

from bench.generate import fill_persons
from bench.lookup import MIXED, Insured, people_of, slipped
from bench.names import SEED
from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cast import make_person, make_policy
from tests.prepared import last_of

SMALL, LARGE = 50_000, 500_000
SURNAMES = 12_000
ASKED = 100
COMMON = 2_000
"""Pages that a question of the commonest surname may touch: twelve thousand people bear it, eight pages for each
whether they may be seen. Seen: 540 with a slip, 60,000 when it was read whole."""
TIMES = 4
"""The most that ten times the persons may cost. Seen: 1.6, once 2.3: PostgreSQL draws a sample anew each time."""


@pytest.fixture
def owner() -> Iterator[Any]:
    """The tables' owner, in the database of this worker."""
    server = os.environ["DATABASE_OWNER_URL"].rsplit("/", 1)[0]
    with closing(psycopg2.connect(f"{server}/{connection.settings_dict['NAME']}")) as link:
        yield link


def questions(owner: Any) -> list[str]:
    """As callers put them: number, phone, surname in either script, its beginning, a typing error."""
    dice = random.Random(SEED)
    people: list[Insured] = people_of(owner)[:ASKED]
    weights = [weight for weight, _asked in MIXED]
    return [dice.choices(MIXED, weights)[0][1](one, dice) for one in people]


def common(owner: Any) -> list[str]:
    """Of the surname that most people bear: as it is, and with a slip; alone, with a name, with a year."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT surname, min(given_name), min(birth_year) FROM insurance_insuredperson"
            " GROUP BY surname ORDER BY count(*) DESC LIMIT 1"
        )
        surname, given, year = cursor.fetchone()
    said = (surname, slipped(surname, random.Random(SEED)))
    return [f"{one}{more}" for one in said for more in ("", f" {given}", f" {year}", f" {given} {year}")]


def touched(user: Any, texts: list[str], *, large: bool, counted: bool = True) -> int:
    """Pages of tables and indexes that the statements of these look-ups touch; in large tables through indexes.

    `counted`: how many others there are is asked as well.
    """
    pages = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal pages
        answer = execute(sql, params, many, context)
        if sql.lstrip("( ").startswith(("SELECT", "PREPARE", "EXECUTE")):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {last_of(sql)}", params)
                (said,) = cursor.fetchone()
            plan = (said if isinstance(said, list) else json.loads(said))[0]["Plan"]
            assert not large or "Seq Scan" not in scans(
                plan, "insurance_insuredperson", "insurance_policy"
            ), sql
            pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return answer

    with connection.execute_wrapper(count):
        for text in texts:
            answer = look_up(user, text, now=clock.now())
            assert answer.found and (not counted or answer.others >= 0)
    return pages


def scans(plan: dict[str, Any], *tables: str) -> set[str]:
    """How these tables are read anywhere in the plan."""
    own = {plan["Node Type"]} if plan.get("Relation Name") in tables else set()
    return own.union(*(scans(part, *tables) for part in plan.get("Plans", ())))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_times_the_persons_cost_hardly_more_pages(
    owner: Any, operator: Any, project: Any, on_shift: Any
) -> None:
    on_shift(operator)
    make_policy(project, make_person())
    fill_persons(owner, SMALL, SURNAMES)
    few = touched(operator, questions(owner), large=False)
    fill_persons(owner, LARGE - SMALL, SURNAMES)
    many = touched(operator, questions(owner), large=True)
    assert many <= TIMES * few, f"{few} pages among {SMALL} persons, {many} among {LARGE}"
    for text in common(owner):
        pages = touched(operator, [text], large=True, counted=False)
        assert pages <= COMMON, f"{text}: {pages} pages"
