"""Statements of the paths that are walked all day: constant, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
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
    said = (
        row["sql"].rpartition("true); ")[2] for row in captured.captured_queries
    )  # pghistory says who, before
    real = [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE", "SET CONSTRAINTS"))]
    if len(real) > 16:
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
    assert one <= 14, one


def test_telling_costs_the_same_for_one_thing_and_for_four(at_work: Any, facts: Any) -> None:
    one = statements(lambda: actions.register_case(by=at_work, facts=facts(country="JP")))
    four = statements(
        lambda: actions.register_case(
            by=at_work, facts=facts(country="JP", services=("hospital",), displeased=True, unusual="x")
        )
    )
    print("register and tell", one, four)
    assert four == one
    assert one <= 18, one


def test_a_whole_request_that_registers_and_tells_asks_sixteen_times(
    at_work: Any, facts: Any, api: Any, person: Any, policy: Any
) -> None:
    """Session, user, shift, the case with its history, responsibility, escalation, its like, the access log."""
    client = api(at_work)
    body = {
        "person": person.pk, "policy": policy.pk, "description": "Гарячка",
        "caller": {"name": "Олена", "relation": "self", "phone": "+380671234567"},
        "place": {"country": "JP", "city": "Кіото"},
        "services": [{"kind": "hospital", "expected_cost": "9000.00", "currency": "EUR"}, {"kind": "visit"}],
    }  # fmt: skip
    answers: list[Any] = []
    cost = statements(lambda: answers.append(client.post("/api/v1/cases/", body, format="json")))
    said = answers[-1].json()
    assert len(said["escalations"]) == 2 and len(said["services"]) == 2
    assert said["possible_duplicates"], "the first call of this test is told"
    alike = {"possible_duplicates": said["possible_duplicates"]}
    assert said == client.get(f"/api/v1/cases/{said['number']}/").json() | alike, "as it is read later"
    assert cost <= 16, cost


def test_the_list_and_a_case_cost_no_more_than_was_promised(
    at_work: Any, operator2: Any, policy: Any, person: Any, page: Any, on_shift: Any
) -> None:
    on_shift(operator2)
    client, number = page(at_work), ""
    for index in range(60):
        case = make_case(at_work if index % 2 else operator2, policy=policy, person=person)
        number = case.number
    filled(case, by=at_work)
    assert statements(lambda: client.get("/cases/")) <= 8
    assert statements(lambda: client.get(f"/cases/{number}/")) <= 12


def filled(case: Any, *, by: Any) -> None:
    """Some of everything that a page of a case shows."""
    for index in range(5):
        actions.add_note(by=by, number=case.number, text=f"Запис {index}")
        later = case.opened_at + timedelta(hours=2)
        actions.add_task(by=by, number=case.number, text="Передзвонити", due_at=later, assignee=by)
        actions.raise_escalation(by=by, number=case.number, reason="unusual", text="Незвично")
