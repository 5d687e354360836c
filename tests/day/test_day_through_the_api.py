"""The whole day of operator, night and senior through the REST API, on the real processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.day.client import Person, wait_for


def in_seconds(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


@pytest.fixture
def people(live_services: Any) -> dict[str, Person]:
    return {name: Person(live_services.base_url, name) for name in ("operator", "senior", "night")}


def call(operator: Person, country: str, services: list[dict[str, Any]]) -> dict[str, Any]:
    """A call comes in: the person is found, the cover is asked, the case is registered."""
    found = operator.api("POST", "/insured/lookup/", {"q": "VZR-4471823"}).json["results"][0]
    policy = found["policies"][0]
    verdict = operator.api(
        "GET", f"/policies/{policy['id']}/verdict/?country={country}&service={services[0]['kind']}"
    )
    assert verdict.json["verdict"] in {"covered", "not_covered", "ask"}
    assert verdict.json["reasons"], "a verdict gives its reasons"
    answer = operator.api(
        "POST",
        "/cases/",
        {
            "person": found["id"],
            "policy": policy["id"],
            "caller": {"name": "Олена Ґалаґан", "relation": "self", "phone": "+380671234567"},
            "place": {"country": country, "city": "", "address": "готель, кімната 412"},
            "occurred_at": in_seconds(-3600),
            "description": "Температура 39, блювання",
            "services": services,
        },
    )
    assert answer.status == 201, answer.body.decode()
    case: dict[str, Any] = answer.json
    assert case["responsible"]["username"] == operator.username
    return case


def shift_of(senior: Person, username: str) -> dict[str, Any]:
    shift: dict[str, Any] = senior.api("GET", f"/shifts/?employee={username}").json["results"][0]
    return shift


def move(senior: Person, username: str, **times: str) -> None:
    answer = senior.api(
        "PATCH", f"/shifts/{shift_of(senior, username)['id']}/", {**times, "reason": "Перевірка дня"}
    )
    assert answer.status == 200, answer.body.decode()


def test_the_whole_day_goes_through_the_api(people: dict[str, Person]) -> None:
    operator, senior, night = people["operator"], people["senior"], people["night"]
    started = datetime.now(UTC)

    # A call from Japan is told to the senior manager, who acknowledges it.
    japan = call(operator, "JP", [{"kind": "doctor_call"}])
    assert [row["reason"] for row in japan["escalations"]] == ["country"]
    waiting = senior.api("GET", "/escalations/?open=true").json["results"]
    mine = next(row for row in waiting if row["case"] == japan["number"])
    assert mine["addressee"] == "senior"
    assert senior.api("POST", f"/escalations/{mine['id']}/acknowledge/").status == 200

    # A second call, from Turkey: nothing to tell.
    turkey = call(operator, "TR", [{"kind": "doctor_call"}])
    assert turkey["escalations"] == []

    # The night operator comes; the end of the operator's shift is moved: the last 20 minutes begin.
    move(senior, "night", starts_at=in_seconds(-60))
    night_again = Person(night.base_url, "night")
    move(senior, "operator", ends_at=in_seconds(19 * 60))
    check = wait_for(
        lambda: (c := operator.api("GET", "/shifts/current/").json["check"])["started_at"] and c,
        what="the check begins by itself",
    )
    open_numbers = {row["number"] for row in check["cases"]}
    assert {japan["number"], turkey["number"]} <= open_numbers

    # One decision per case; what is not decided is passed on all the same.
    path = "/shifts/current/check"
    assert operator.api("POST", f"{path}/{turkey['number']}/", {"decision": "assisted"}).status == 200
    card = {
        "decision": "hand_over",
        "summary": "Лікар їде",
        "next_step": "Подзвонити до готелю",
        "next_at": in_seconds(3600),
    }
    assert operator.api("POST", f"{path}/{japan['number']}/", card).status == 200
    assert operator.api("GET", f"/cases/{turkey['number']}/").json["status"] == "assisted"

    # The end: the program moves the responsibility to the night operator, who accepts it.
    move(senior, "operator", ends_at=in_seconds(3))
    handover = wait_for(
        lambda: next(
            (
                row
                for row in night_again.api("GET", "/handovers/?to=me").json["results"]
                if row["case"] == japan["number"]
            ),
            None,
        ),
        what="the case reaches the night operator",
    )
    assert handover["from"] == "operator"
    assert handover["accepted_at"] is None
    accepted = night_again.api(
        "POST", f"/handovers/{handover['id']}/accept/", {"read_back": "Дзвоню до готелю о 20:00"}
    )
    assert accepted.status == 200, accepted.body.decode()
    assert accepted.json["accepted_at"]

    # The chain of responsibility is complete.
    chain = night_again.api("GET", f"/cases/{japan['number']}/responsibility/").json
    chain = chain.get("results", chain) if isinstance(chain, dict) else chain
    assert [link["username"] for link in chain] == ["operator", "night"]
    assert chain[0]["to"] == chain[1]["from"]
    assert chain[-1]["to"] is None
    assert datetime.fromisoformat(chain[0]["from"]) >= started - timedelta(seconds=5)

    # Off shift, the operator does not see the case any more: it is as if it did not exist.
    assert operator.api("GET", f"/cases/{japan['number']}/").status == 404
