"""What a person may not see answers as if it did not exist: same status, same body, same work (design: security).

Time is not measured: it is noise. The statements are counted and compared instead, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse

from fregat.lib import rights
from tests.meta.routes import METHODS, MISSING, Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("unprepared")]

OUTSIDE = ("stranger", "senior2", "director", "quality", "admin_", "client")
"""To whom the sample, or some part of it, does not exist; of the client manager that is what is routed."""

VALUES = re.compile(r"\b\d+\b|'[^']*'|s\d+_x\d+")
"""Numbers, texts and names of savepoints in a statement."""


@dataclass(frozen=True)
class Answer:
    """What came back, without what differs between any two requests."""

    status: int
    body: str
    statements: tuple[str, ...]


@pytest.mark.parametrize("who", OUTSIDE)
def test_hidden_and_missing_are_one(samples: Samples, request: pytest.FixtureRequest, who: str) -> None:
    visitor = Visitor(request.getfixturevalue(who))
    wrong, asked = [], 0
    for route, method in _hidden(visitor, samples):
        theirs = samples.of(route)
        missing = {**theirs, **{name: MISSING[name] for name in route.arguments if name in MISSING}}
        hidden, absent = (_ask(visitor, route, method, values) for values in (theirs, missing))
        asked += 1
        if hidden != absent:
            wrong.append(f"{who} {method} {route.name}: {_difference(hidden, absent)}")
    assert not wrong, "\n".join(wrong)
    assert asked > 5


def _hidden(visitor: Visitor, samples: Samples) -> Iterator[tuple[Route, str]]:
    """Every address and method that answers this person with 404 for the sample."""
    for route in routes():
        if not rights.object_of(route.name):
            continue
        for method in METHODS:
            # A method without a row says nothing of any object, or is asked at the same door.
            if route.action(method) and visitor.ask(route, method, samples.of(route)).status_code == 404:
                yield route, method


def _ask(visitor: Visitor, route: Route, method: str, values: dict[str, Any]) -> Answer:
    answer = visitor.ask(route, method, values, whole=True)
    statements = tuple(VALUES.sub("?", sql) for sql in visitor.statements)
    return Answer(answer.status_code, _bare(answer, values), statements)


def _bare(answer: HttpResponse, values: dict[str, Any]) -> str:
    """The body without the token, the moment and the address asked for."""
    text = answer.content.decode()
    text = re.sub(
        r'(csrfmiddlewaretoken" value=|(?:csrf-token|live-since)" content=|X-CSRFToken[^:]*: ?)"[^"]*"',
        r"\1",
        text,
    )
    for value in values.values():
        # Two arguments may have one number; a page that is not found leads on to emergency access.
        text = text.replace(f"/{value}/", "/~/").replace(f"?case={value}", "?case=~")
    return text


def _difference(hidden: Answer, absent: Answer) -> str:
    if hidden.status != absent.status:
        return f"{hidden.status} and {absent.status}"
    if hidden.body != absent.body:
        return "other bodies"
    more = set(hidden.statements) ^ set(absent.statements)
    return f"{len(hidden.statements)} and {len(absent.statements)} statements: {sorted(more)[:2]}"
