"""Statements of the paths that are walked all day: constant, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework import actions
from tests.cast import make_case

pytestmark = pytest.mark.django_db


def statements(call: Callable[[], Any]) -> int:
    call()  # content types and the like are read once
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    real = [
        row["sql"] for row in captured.captured_queries if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    if len(real) > 40:
        print("\n".join(real))
    return len(real)


def test_a_list_costs_the_same_for_one_case_and_for_fifty(
    at_work: Any, policy: Any, person: Any, api: Any
) -> None:
    client = api(at_work)
    make_case(at_work, policy=policy, person=person)
    one = statements(lambda: client.get("/api/v1/cases/"))
    for _index in range(49):
        case = make_case(at_work, policy=policy, person=person)
        case.services.create(kind_id="visit", added_at=case.opened_at, added_by=at_work)
    fifty = statements(lambda: client.get("/api/v1/cases/"))
    assert len(client.get("/api/v1/cases/").json()["results"]) == 50
    assert fifty <= one + 1  # nothing is prefetched for services that are not there


def test_registering_costs_the_same_for_one_service_and_for_five(at_work: Any, facts: Any) -> None:
    one = statements(lambda: actions.register_case(by=at_work, facts=facts()))
    five = statements(lambda: actions.register_case(by=at_work, facts=facts(services=("visit",) * 5)))
    print("register", one, five)
    assert five == one
    assert one <= 22, one


def test_telling_costs_the_same_for_one_thing_and_for_four(at_work: Any, facts: Any) -> None:
    one = statements(lambda: actions.register_case(by=at_work, facts=facts(country="JP")))
    four = statements(
        lambda: actions.register_case(
            by=at_work, facts=facts(country="JP", services=("hospital",), displeased=True, unusual="x")
        )
    )
    print("register and tell", one, four)
    assert four == one
    assert one <= 34, one
