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
from bench.lookup import MIXED, Insured, people_of
from bench.names import SEED
from cases.insurance.selectors import look_up
from fregat.lib import clock
from tests.cast import make_person, make_policy
from tests.prepared import last_of

SMALL, LARGE = 50_000, 500_000
SURNAMES = 12_000
ASKED = 100
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


def touched(user: Any, texts: list[str], *, large: bool) -> int:
    """Pages of tables and indexes that the statements of these look-ups touch; in large tables through indexes."""
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
            assert look_up(user, text, now=clock.now()).others >= 0
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
