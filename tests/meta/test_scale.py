"""500 people, 30 projects, 200,000 cases: lists cost the statements that they cost with one case (habits 7 and 10).

What one may see is one subquery over the grants of django-guardian, whose models hold the project by a foreign key
of their own. The statement of a first page reads as many rows as stand on it, times the share of the cases that
the person sees, and not all there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cases.casework.models import Case
from fregat.lib import clock
from staff.employees.models import Employee
from tests.builders import make_case, make_person, make_policy
from tests.meta.large import CASES, PEOPLE, PROJECTS, grow
from tests.meta.routes import Route, routes
from tests.meta.visitor import Visitor
from tests.prepared import last_of, spelled_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

BUDGETS = json.loads(Path(__file__).with_name("query_budgets.json").read_text())
PAGES: dict[str, tuple[tuple[str, str, dict[str, str] | None], ...]] = {
    "the queue": (("GET", "casework:cases", None), ("GET", "casework:cases", {"status": "open"})),
    "the API": (("GET", "api:cases", None), ("GET", "api:cases", {"status": "reported"})),
    "the board": (("GET", "desk:board", None),),
    "the search": (("POST", "search", {"q": "Христенко"}),),
}
ONE_READER = {"search"}
"""Their budgets are written for the operator alone: others find employees and commands besides."""
GRANTS = '"insurance_insureruserobjectpermission"'
"""Asked once for what is seen, and once for the ground that the log names beside it."""
ROWS = 3_000
"""Cases looked at for a first page at most, of 200,000: whoever sees each thirtieth finds fifty among 1,530."""


@pytest.fixture
def case(operator: Employee, senior: Employee, project: Any) -> Case:
    """The first case, with what lists show of one."""
    person = make_person("Христенко")
    row: Case = make_case(operator, policy=make_policy(project, person), person=person)
    now, later = clock.now(), clock.now() + timedelta(hours=1)
    row.tasks.create(text="Подзвонити.", at=now, by=operator, due_at=later)
    row.escalations.create(reason="complaint", text="!", raised_at=now, due_at=later, addressee=senior)
    return row


def test_the_lists_of_a_large_centre_cost_what_those_of_a_small_one_cost(
    case: Case, operator: Employee, senior: Employee, head: Employee, client: Employee, project: Any,
    on_shift: Callable[..., Any],
) -> None:  # fmt: skip
    on_shift(operator)
    on_shift(senior, leads=True)
    visitors = [Visitor(person) for person in (operator, senior, head, client)]
    small = {key: len(statements) for key, statements in _costs(visitors)}
    grow(operator, senior, project, case)
    assert (Case.objects.count(), Employee.objects.count() > PEOPLE) == (CASES + 1, True)
    assert type(project)._default_manager.count() == PROJECTS

    large = dict(_costs(visitors))
    assert {key: len(statements) for key, statements in large.items()} == small
    for (who, method, name, _question), statements in large.items():
        if name not in ONE_READER or who == "operator":
            assert len(statements) <= BUDGETS[f"{method} {name}"], (who, name)
        assert not [sql for sql in statements if '"guardian_userobjectpermission"' in sql]
        for sql in statements:
            assert spelled_out(sql).count(f"{GRANTS} U") <= 2, (who, name, sql)
    read = {key: _rows_read(sql) for key, statements in large.items() for sql in statements if _is_page(sql)}
    assert len(read) == 16
    print(read)
    assert not {key: rows for key, rows in read.items() if rows > ROWS}, read


Key = tuple[str, str, str, str]


def _costs(visitors: list[Visitor]) -> Iterator[tuple[Key, list[str]]]:
    by_name: dict[str, Route] = {route.name: route for route in routes()}
    for visitor in visitors:
        for method, name, question in (ask for asks in PAGES.values() for ask in asks):
            route = by_name[name]
            if not visitor.may(route.action(method)):
                continue
            visitor.ask(route, method, {}, whole=True, data=question)  # what is read once in a process
            answer = visitor.ask(route, method, {}, whole=True, data=question)
            assert answer.status_code == 200, (visitor.who, name)
            yield (visitor.who, method, name, json.dumps(question)), visitor.statements


def _is_page(sql: str) -> bool:
    text = spelled_out(sql)
    return text.startswith('SELECT "casework_case"."id"') and " LIMIT 51" in text


def _rows_read(sql: str) -> int:
    """Cases that the scans of the statement looked at, kept or thrown away."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + last_of(sql).replace("%", "%%"))
        (plan,) = cursor.fetchone()
    return sum(
        _looked_at(node) for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    )


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _looked_at(node: dict[str, Any]) -> int:
    if node.get("Relation Name") != Case._meta.db_table:
        return 0
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + removed) * node["Actual Loops"])
