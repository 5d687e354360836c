"""Every address that names an object × method × person × scope, through a real client, with its exact answer.

What is expected comes from two tables: the rooms' `rights.py` (which scopes a role has for an action) and
`stands.py` (in which scope each person stands to each object), which was written by hand. The rows that say who
sees what in production (`visible_to`) are asked by neither. 404 for what is out of reach, 403 for what is seen
and may not be done, else 200, 201, 204 or 302 – or the one refusal by the thing's own state in `answers.py`.

That it can fail was tried: the walks of those concerned fail and name the addresses when the team, or the
condition on the shift, is left out of `casework.querysets`, when the operator's `instruction.view` is given the
project, which production does not know of, and when notes on a case ask `case.view` in place of `case.add`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from fregat.lib import rights
from tests.meta.matrix.answers import FINER, OF_ONE, OWN_ACT, SEEING_IS_ENOUGH, STATE, calls, sent
from tests.meta.matrix.objects import everybodys
from tests.meta.matrix.stands import SEEN_BY, reaches, sees
from tests.meta.matrix.world import VISITORS, World
from tests.meta.routes import Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = pytest.mark.slow

DONE = frozenset({200, 201, 204, 302})


@pytest.mark.parametrize("who", VISITORS)
def test_each_scope_opens_what_the_matrix_says_and_nothing_else(world: World, who: str) -> None:
    visitor = Visitor(world.people[who])
    common, wrong, asked = everybodys(world, who), [], 0
    for route, method, action, column, values in _doors(world, who):
        samples = Samples(**{**common, **values})
        data = sent(route, method, who, samples)
        headers = {"If-Match": "*"} if route.is_api else {}
        answer = visitor.ask(route, method, samples.of(route), data=data, headers=headers, counted=False)
        wrong.append(_deviation(visitor, who, route, method, action, column, answer))
        asked += 1
        if asked % 20 == 0:
            cache.clear()  # what a person may do too often is another test's
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))
    assert asked > 250


def test_every_kind_of_object_is_walked_over_in_some_scope(world: World) -> None:
    walked = {kind for kind, _column, _visitor in world.samples}
    assert walked == {rights.object_of(route.name) for route in routes()} - {""} == set(SEEN_BY)


def _doors(world: World, who: str) -> Iterator[tuple[Route, str, str, str, dict[str, object]]]:
    """Every address that names an object × what may be done there × every column that has one of its kind."""
    for route in routes():
        kind = rights.object_of(route.name)
        for method, action in calls(route) if kind else ():
            for column, values in world.of(kind, who).items():
                yield route, method, action, column, values


def _expected(visitor: Visitor, who: str, route: Route, method: str, action: str, column: str) -> set[int]:
    person, kind, call = visitor.employee, rights.object_of(route.name), f"{method} {route.name}"
    if not sees(who, person, kind, column):
        return {404}
    wanted = FINER.get(route.name, action)
    if route.name in SEEING_IS_ENOUGH and visitor.may(action):
        return {200}
    if not reaches(who, person, wanted, kind, column):
        return {403}
    own = 403 if route.name in OWN_ACT and column == "mine" else None
    state = OF_ONE.get((who, column, call), own or STATE.get(call))
    return {state} if state else set(DONE)


def _deviation(
    visitor: Visitor, who: str, route: Route, method: str, action: str, column: str, answer: HttpResponse
) -> str:
    wanted = _expected(visitor, who, route, method, action, column)
    if answer.status_code in wanted:
        return ""
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())[-400:]
    return f"{who} {column}: {method} {route.name}: {answer.status_code}, and not {sorted(wanted)}: {said}"
