"""Every address × every role × every method, through a real client, against the matrix (design: security).

New routes are found by themselves. A route without a row fails, an action that no table names fails, an
argument without a sample fails; a role let in without the right or refused despite it is a deviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from fregat.lib import rights
from fregat.lib.rights import PUBLIC, SIGNED_IN, Department, Role
from staff.employees.models import Employee
from tests.meta.routes import METHODS, MISSING, Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = pytest.mark.slow
"""`make check` asks the tables alone; `make test` walks them."""

PEOPLE = ("operator", "senior", "head", "director", "doctor", "client", "quality", "officer", "admin_")
"""One of each role, and of each department that has rights of its own."""

WITHOUT_ROUTE = {"lib:components"}
"""Rows whose route exists only with DEBUG."""

PAGE_METHODS = ("GET", "POST")

OF_ANOTHER_PROJECT = re.compile(r"number|task_id|service_id|escalation_id|pk")
"""Arguments that name something of one project; the others are everybody's or one's own."""


def refused_at_the_door(answer: HttpResponse, route: Route) -> bool:
    """Refused because the role has no such right, and not because of the object or of the state."""
    if answer.status_code != 403:
        return False
    if answer["Content-Type"] == "application/json":
        return answer.json()["type"] == "no_right"
    return (answer.context or {}).get("code") == "no_right"


def deviation(visitor: Visitor, route: Route, method: str, answer: HttpResponse) -> str:
    """What is wrong with an answer, or an empty string."""
    action, status = route.action(method), answer.status_code
    what = f"{visitor.who} {method} {route.name}: {status}"
    if status >= 500 and route.name not in {"readyz"}:
        return f"{what}, a fault"
    door = refused_at_the_door(answer, route)
    if action == PUBLIC:
        return f"{what}, but it is public" if door else ""
    if visitor.employee is None:
        sent_away = status == (403 if route.is_api else 401)
        return "" if sent_away else f"{what}, but nobody is signed in"
    if action is None:
        return "" if status in {403, 405} else f"{what}, but the method has no row"
    if status == 404 and route.is_api and route.arguments and not visitor.may(action):
        return ""  # who may not even see the object learns nothing of it
    if visitor.may(action) == door:
        return f"{what}, but the matrix says {'yes' if door else 'no'} to {action}"
    return ""


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    found = {route.name for route in routes()}
    assert not [route.name for route in routes() if not route.has_row], (
        "closed to everybody: no row in any rights.py"
    )
    assert not sorted(set(rights.routes()) - found - WITHOUT_ROUTE), "rows without a route"


def test_every_row_names_an_action_of_some_table() -> None:
    known = {*rights.actions(), PUBLIC, SIGNED_IN}
    named = {
        (route, action)
        for route, row in rights.routes().items()
        for action in ([row] if isinstance(row, str) else row.values())
    }
    assert not sorted((route, action) for route, action in named if action not in known)


def test_every_action_says_something_about_somebody() -> None:
    assert not [action for action, row in rights.actions().items() if not any(row.values())]
    assert not [action for action, row in rights.actions().items() if not set(row) <= {*Role, *Department}]


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*PEOPLE, "nobody"])
def test_nobody_passes_a_door_without_the_right_and_nobody_is_stopped_despite_it(
    samples: Samples, request: pytest.FixtureRequest, who: str
) -> None:
    visitor = Visitor(None if who == "nobody" else request.getfixturevalue(who))
    wrong = []
    for route in routes():
        values = samples.of(route)
        for method in METHODS if route.is_api else PAGE_METHODS:
            wrong.append(deviation(visitor, route, method, visitor.ask(route, method, values)))
            cache.clear()
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


@pytest.mark.django_db
def test_pages_know_no_other_methods(samples: Samples, head: Employee, admin_: Employee) -> None:
    wrong = []
    for route in routes():
        visitor = Visitor(admin_ if route.name.startswith("admin:") else head)
        if not route.is_api:
            for method in set(METHODS) - set(PAGE_METHODS):
                answer = visitor.ask(route, method, samples.of(route))
                wrong.append(deviation(visitor, route, method, answer))
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "senior2"])
def test_what_belongs_to_another_project_answers_as_if_it_did_not_exist(
    samples: Samples, request: pytest.FixtureRequest, who: str
) -> None:
    visitor = Visitor(request.getfixturevalue(who))
    wrong = []
    for route, method in _of_objects(visitor):
        theirs = samples.of(route)
        missing = {**theirs, **{name: MISSING[name] for name in route.arguments if name in MISSING}}
        answers = [visitor.ask(route, method, values, whole=True) for values in (theirs, missing)]
        same = _bare(answers[0], theirs) == _bare(answers[1], missing)
        states = [answer.status_code for answer in answers]
        if states not in ([404, 404], [405, 405]) or not same:
            bodies = "" if same else ", with other bodies"
            wrong.append(f"{who} {method} {route.name}: {states[0]} and {states[1]}{bodies}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_who_answers_for_the_work_and_the_head_see_it(
    samples: Samples, operator: Employee, head: Employee
) -> None:
    wrong = []
    for person in (operator, head):
        visitor = Visitor(person)
        for route in routes():
            if not route.arguments or not visitor.may(route.action("GET")):
                continue
            if route.name.startswith("admin:") or route.name in NOT_FOR_READING:
                continue
            answer = visitor.ask(route, "GET", samples.of(route), whole=True)
            if answer.status_code not in {200, 405}:
                wrong.append(f"{visitor.who} GET {route.name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


NOT_FOR_READING = {
    "casework:case_move",
    "casework:case_unfounded",
    "casework:case_responsible",
    "api:policy-verdict",
}
"""Forms whose answer to GET depends on the state of the case (409 with the sentence), or need more than arguments."""


def _of_objects(visitor: Visitor) -> Iterator[tuple[Route, str]]:
    for route in routes():
        if route.name.startswith("admin:") or not any(
            OF_ANOTHER_PROJECT.fullmatch(name) for name in route.arguments
        ):
            continue
        for method in METHODS:
            action = route.action(method)
            if action not in {None, PUBLIC, SIGNED_IN} and visitor.may(action):
                yield route, method


def _bare(answer: HttpResponse, values: dict[str, Any]) -> str:
    """The body without what differs between any two requests: the token, the moment, the address asked for."""
    text = answer.content.decode()
    text = re.sub(
        r'(csrfmiddlewaretoken" value=|(?:csrf-token|live-since)" content=|X-CSRFToken[^:]*: ?)"[^"]*"',
        r"\1",
        text,
    )
    for name, value in values.items():
        text = text.replace(f"/{value}/", f"/{name}/")
    return text
