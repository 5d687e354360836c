"""How many statements every page and call costs: `query_budgets.json`, where a change is seen in the diff.

A page that costs more fails, and so does a row that says much more than the page costs. After a change that is
meant: `BUDGETS=write .venv/bin/python -m pytest -q -p no:playwright tests/meta/test_budgets.py`, and look at the diff.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fregat.lib import rights
from staff.employees.models import Employee
from tests.cast import with_password
from tests.meta.bodies import CALLS, PAGES, Body
from tests.meta.routes import Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("query_budgets.json")
HEADROOM = 2
"""So much above the measured cost a row is written: a notice told on the way, a session saved now and then."""
LOOSE = 5
"""So much above the cost a row may not stand: then the page has become cheaper, and the row says so."""
READERS = ("operator", "senior", "head", "director", "admin_", "nobody")
"""Who reads a page: the costliest of the first three who may, else the first of the others."""
NOTHING_TO_COUNT = {
    "readyz",
    "metrics",
    "healthz",
    "account_login",
    "account_change_password",
    "account_reauthenticate",
}
"""They ask about the program itself, or hash passwords and count failures: other tests are theirs."""


class People(dict[str, Visitor]):
    """Everybody of the cast at the doors, signed in when first asked for."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__()
        self.request = request

    def __missing__(self, who: str) -> Visitor:
        self[who] = Visitor(None if who == "nobody" else self.request.getfixturevalue(who))
        return self[who]


@pytest.fixture
def people(request: pytest.FixtureRequest, samples: Samples, operator: Employee) -> People:
    with_password(operator)
    return People(request)


def measured(people: People, samples: Samples) -> Iterator[tuple[str, int]]:
    """Every page and call with its number of statements."""
    for route in routes():
        if route.name in NOTHING_TO_COUNT:
            continue
        cost = reading(people, route, samples)
        if cost is not None:
            yield f"GET {route.name}", cost
        for method, body in _bodies(route):
            visitor = people[body.who]
            options: dict[str, Any] = {"headers": {"If-Match": "*"}} if route.is_api else {}
            data = {**body.make(samples), **(body.files() if body.files else {})}
            answer = visitor.ask(route, method, samples.of(route), data=data, **options)
            assert answer.status_code in body.answers, (route.name, answer.content[:500])
            yield f"{method} {route.name}", len(visitor.statements)


def _bodies(route: Route) -> Iterator[tuple[str, Body]]:
    if route.name in PAGES:
        yield "POST", PAGES[route.name]
    for method in ("POST", "PATCH"):
        if f"{method} {route.name}" in CALLS:
            yield method, CALLS[f"{method} {route.name}"]


def reading(people: People, route: Route, samples: Samples) -> int | None:
    """Statements of the page; None when there is none to read."""
    costs: list[int] = []
    for who in READERS:
        if costs and who not in READERS[:3]:
            break
        if who == "nobody" and route.action("GET") != rights.PUBLIC:
            continue
        visitor = people[who]
        if not visitor.may(route.action("GET")):
            continue
        answer = visitor.ask(route, "GET", samples.of(route), whole=True)
        if answer.status_code in {200, 204, 302}:
            costs.append(len(visitor.statements))
    return max(costs, default=None)


def test_every_page_and_call_stays_within_its_budget(people: People, samples: Samples) -> None:
    for route in routes():  # content types, reference data and the like are read once
        if route.name not in NOTHING_TO_COUNT:
            reading(people, route, samples)
    costs = dict(measured(people, samples))
    if os.environ.get("BUDGETS") == "write":
        rows = {name: cost + HEADROOM for name, cost in costs.items()}
        FILE.write_text(json.dumps(rows, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    budgets: dict[str, int] = json.loads(FILE.read_text())
    over = {name: (cost, budgets.get(name)) for name, cost in costs.items() if cost > budgets.get(name, -1)}
    assert not over, f"statements, and what query_budgets.json allows: {over}"
    loose = {
        name: (costs.get(name), budget)
        for name, budget in budgets.items()
        if budget > costs.get(name, -9) + LOOSE
        and not name.startswith("GET admin:")  # row 1 may be there or not
    }
    assert not loose, f"statements, and what query_budgets.json needlessly allows: {loose}"
