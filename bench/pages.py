"""The list of cases, a case, and a case being registered, against the least that each could cost."""

from __future__ import annotations

import itertools
import random
import re
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bench.generate import columns
from bench.http import Check, Seat, Wrong, loop
from bench.lookup import SEED, Insured, p95, people_of
from bench.table import Row
from tests.day.client import Person

ROUNDS = 3
SECONDS = 4.0
"""Of each page in each round."""
PLAINEST, ROWS = "/bench/rows/", 50
QUEUE_TIMES, CASE_TIMES, REGISTER_TIMES = 2.5, 3, 15
"""How many times of the plainest page of fifty rows, and of the bare insert."""
QUEUE_STATEMENTS, CASE_STATEMENTS, REGISTER_STATEMENTS = 8, 12, 16
_RAW = """
SELECT c.id, c.number, c.status, c.city, c.opened_at, p.surname, p.given_name, i.name_uk, e.last_name, k.name_uk,
       EXISTS (SELECT FROM casework_escalation x WHERE x.case_id = c.id AND x.acknowledged_at IS NULL),
       (SELECT min(t.due_at) FROM casework_task t WHERE t.case_id = c.id AND t.done_at IS NULL)
  FROM casework_case c LEFT JOIN insurance_insuredperson p ON p.id = c.person_id
  LEFT JOIN insurance_insurer i ON i.id = c.insurer_id JOIN employees_employee e ON e.id = c.responsible_id
  LEFT JOIN insurance_country k ON k.code = c.country_id
 WHERE c.insurer_id IN (SELECT content_object_id FROM insurance_insureruserobjectpermission WHERE user_id = %s)
 ORDER BY c.id DESC LIMIT 50
"""


def _has(text: bytes, status: int, body: bytes) -> bool:
    return status == 200 and text in body


def pages(live: Any, owner: Any) -> Iterator[Row]:
    """The list of cases and single cases of an operator, in turn with the plainest page and with bare SQL."""
    operator = Person(live.base_url, "operator")
    page = operator.send("GET", "/cases/").body
    numbers = [found.decode() for found in re.findall(rb'class="row-link[^"]*" href="/cases/([^/]+)/', page)]
    assert len(numbers) >= ROWS, "the list is full"
    asked: dict[str, list[tuple[str, Check]]] = {
        "rows": [(PLAINEST, partial(_has, b"</td></tr></table>"))],
        "queue": [("/cases/", partial(_has, numbers[-1].encode()))],
        "case": [(f"/cases/{one}/", partial(_has, one.encode())) for one in numbers],
    }
    user, limits = _user(owner), list[float]()
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(ROUNDS):  # in turn: what disturbs one disturbs the other
        limits += _repeated(owner, _RAW, [user])
        for name, paths in asked.items():
            took[name] += loop([operator], partial(itertools.cycle, paths), seconds=SECONDS).took
    counts = {name: _statements(Seat(operator), paths) for name, paths in asked.items()}
    limit, median = statistics.median(limits) * 1000, statistics.median(took["queue"]) * 1000
    yield Row("limit.queue.p50", limit, "ms")
    yield Row("limit.rows.p50", statistics.median(took["rows"]) * 1000, "ms")
    yield Row("limit.rows.p95", p95(took["rows"]), "ms")
    yield Row("page.queue.p50", median, "ms")
    yield Row("page.queue.p95", p95(took["queue"]), "ms", QUEUE_TIMES * p95(took["rows"]))
    yield Row("page.queue.ratio", median / limit, "times the raw SQL")
    yield Row("page.queue.bytes", len(page), "bytes")
    yield Row("page.queue.statements", counts["queue"], "statements", QUEUE_STATEMENTS)
    yield Row("page.case.p50", statistics.median(took["case"]) * 1000, "ms")
    yield Row("page.case.p95", p95(took["case"]), "ms", CASE_TIMES * p95(took["rows"]))
    yield Row("page.case.statements", counts["case"], "statements", CASE_STATEMENTS)


def _statements(seat: Seat, paths: list[tuple[str, Check]]) -> float:
    """The median: now and then a process reads anew what it keeps."""
    counts = []
    for path, check in itertools.islice(itertools.cycle(paths), 2 * ROWS):
        if not check(*seat.get(path)):
            raise Wrong(path)
        counts.append(seat.statements)
    return statistics.median(counts)


def registering(live: Any, owner: Any) -> Iterator[Row]:
    """Cases registered through the API, each of another person, in turn with the bare rows of one.

    Measured last: what the bare rows leave behind is no case that a page could show.
    """
    seat, people = Seat(Person(live.base_url, "operator")), people_of(owner)
    policies, asked = _policies(owner, people), iter(people)
    bare = _bare(owner)
    limits: list[float] = []
    took: list[float] = []
    counts: list[int] = []
    for _round in range(ROUNDS):
        limits += _repeated(owner, bare, [], save=True)
        over = time.monotonic() + SECONDS
        while (began := time.monotonic()) < over:
            one = next(asked)
            status, body = seat.post("/api/v1/cases/", _call(one, policies[one.pk]))
            took.append(time.monotonic() - began)
            counts.append(seat.statements)
            if status != 201:
                raise Wrong(f"a case was not registered: {status} {body[:200]!r}")
    yield Row("limit.register.p95", p95(limits), "ms")
    yield Row("case.register.p50", statistics.median(took) * 1000, "ms")
    yield Row("case.register.p95", p95(took), "ms", REGISTER_TIMES * p95(limits))
    yield Row("case.register.statements", statistics.median(counts), "statements", REGISTER_STATEMENTS)


def _call(one: Insured, policy: int) -> dict[str, Any]:
    happened = datetime.now(UTC) - timedelta(hours=3)
    return {
        "person": one.pk,
        "policy": policy,
        "caller": {"name": f"{one.given} {one.surname}", "relation": "self", "phone": one.phone},
        "place": {"country": "TR", "city": "Анталья", "address": ""},
        "occurred_at": happened.isoformat(),
        "description": random.Random(SEED).choice(("Гарячка 39, блювання", "Зламав ногу")),
        "services": [{"kind": "doctor_call", "expected_cost": "120.00", "currency": "EUR"}],
    }


def _user(owner: Any) -> int:
    return int(_one(owner, "SELECT id FROM employees_employee WHERE username = 'operator'"))


def _one(owner: Any, statement: str) -> Any:
    with owner.cursor() as cursor:
        cursor.execute(statement)
        (found,) = cursor.fetchone()
    owner.rollback()
    return found


def _policies(owner: Any, people: list[Insured]) -> dict[int, int]:
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, policy_id FROM insurance_policyperson WHERE person_id = ANY(%s)",
            [[one.pk for one in people]],
        )
        found = dict(cursor.fetchall())
    owner.rollback()
    return found


def _bare(owner: Any) -> str:
    """A case, who answers for it and a line of its history, copied from the latest; the tables' triggers at work."""
    owner.cursor().execute("CREATE TEMP SEQUENCE bench_number")
    case, chain, line = (
        _copied(owner, table, **values)
        for table, values in (
            (
                "casework_case",
                {"uuid": "gen_random_uuid()", "token": "NULL", "number": "'B-' || nextval('bench_number')"},
            ),
            ("casework_responsibility", {"case_id": "made.id", "until": "NULL"}),
            ("casework_timelineentry", {"case_id": "made.id"}),
        )
    )
    owner.commit()
    return (
        f"WITH made AS ({case} WHERE b.id = (SELECT max(id) FROM casework_case) RETURNING id),"
        f" chained AS ({chain}, made WHERE b.id = (SELECT max(id) FROM casework_responsibility))"
        f" {line}, made WHERE b.id = (SELECT max(id) FROM casework_timelineentry)"
    )


def _copied(owner: Any, table: str, **values: str) -> str:
    with owner.cursor() as cursor:
        names = columns(cursor, table)
    picked = ", ".join(values.get(name, f'b."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) SELECT {picked} FROM {table} AS b"


def _repeated(owner: Any, statement: str, values: list[Any], *, save: bool = False) -> list[float]:
    """Seconds of each, with the commit."""
    took = []
    over = time.monotonic() + SECONDS / 4
    with owner.cursor() as cursor:
        while (began := time.monotonic()) < over:
            cursor.execute(statement, values)
            if save:
                owner.commit()
            else:
                assert len(cursor.fetchall()) == 50
            took.append(time.monotonic() - began)
    owner.rollback()
    return took
