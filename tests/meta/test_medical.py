"""The medical part of a case reaches nobody who has no right to it, by no page, call, list, search or history.

Canaries are planted in every medical field; whoever has the right sees each of them somewhere, so that the
walk of the others means something. New addresses are walked by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from cases.casework import actions
from cases.casework.models import Case
from cases.handover.models import Handover
from fregat.lib import clock, rights
from staff.employees.models import Employee
from tests.meta.routes import SURNAME, Route, Samples, routes
from tests.meta.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTIONS = {"search": "q", "insurance:look_up": "q", "casework:call_lookup": "q", "api:insured-lookup": "q"}
PARTS = (
    "description", "was", "unusual", "service note", "party", "party address", "contact", "note", "task", "outcome",
    "told", "unfounded", "status reason", "handed why", "state reason",
)  # fmt: skip
CANARIES = {part: f"Канарка{number}" for number, part in enumerate(PARTS)}
KINDS = {"оспіталіз", '"hospital"'}
"""The kind of help of the sample: its name in Ukrainian, its code in the API."""


@pytest.fixture
def planted(samples: Samples, operator: Employee, senior: Employee, on_shift: Callable[..., Any]) -> Samples:
    """The sample case with a canary in each of its medical fields."""
    case: Case = samples.objects["case"]
    number, said = case.number, CANARIES
    now = clock.now()
    for text in (said["was"], said["description"]):
        actions.change_case(by=operator, number=number, changes={"description": text})
    actions.change_case(by=operator, number=number, changes={"unusual": said["unusual"]})
    service = actions.add_service(by=operator, number=number, kind="hospital", note=said["service note"])
    actions.set_service_state(
        by=operator, number=number, service_id=service.pk, state="arranged", reason=said["state reason"]
    )
    actions.add_contact(
        by=operator, number=number, channel="phone", direction="out", party=said["party"],
        address=said["party address"], text=said["contact"],
    )  # fmt: skip
    actions.add_note(by=operator, number=number, text=said["note"])
    task = actions.add_task(by=operator, number=number, text=said["task"], due_at=now + timedelta(hours=1))
    actions.complete_task(by=operator, number=number, task_id=task.pk, outcome=said["outcome"])
    told = actions.raise_escalation(by=operator, number=number, reason="hospital", text=said["told"])
    actions.cancel_escalation(by=senior, escalation_id=told.pk, reason=said["unfounded"])
    actions.move_case(by=operator, number=number, to="assisted")
    actions.move_case(by=operator, number=number, to="reported", reason=said["status reason"])
    actions.assign_case(by=senior, number=number, to=senior, reason=said["handed why"])
    actions.assign_case(by=senior, number=number, to=operator, reason="Назад.")
    Handover.objects.filter(case=case).update(
        summary=said["description"], next_step=said["task"], superseded_at=None
    )
    return samples


def _read(visitor: Visitor, samples: Samples) -> Iterator[tuple[Route, HttpResponse]]:
    """Everything that this person can read, and every look-up."""
    for route in routes():
        method = "POST" if route.name in QUESTIONS else "GET"
        if not visitor.may(route.action(method)):
            continue
        for question in (SURNAME, samples.objects["case"].number) if route.name in QUESTIONS else ("",):
            data = {QUESTIONS[route.name]: question} if question else None
            answer = visitor.ask(route, method, samples.of(route), whole=True, data=data)
            if answer.status_code == 200 and not answer.streaming:
                yield route, answer


@pytest.mark.parametrize("who", ["client", "director", "quality", "officer", "admin_"])
def test_without_the_right_no_medical_word_is_read(
    planted: Samples, request: pytest.FixtureRequest, who: str
) -> None:
    visitor = Visitor(request.getfixturevalue(who))
    assert not visitor.may("case.medical")
    found, walked = [], set()
    for route, answer in _read(visitor, planted):
        walked.add(route.name)
        text = answer.content.decode(errors="replace")
        found += [f"{route.name}: {part}" for part, word in CANARIES.items() if word in text]
    assert not found, "\n".join(found)
    if who == "client":
        assert walked >= {
            "casework:case", "casework:case_update", "casework:case_history", "casework:cases", "search", "api:case",
            "api:cases", "api:case-timeline", "api:case-history", "api:case-responsibility",
        }  # fmt: skip


def test_nor_what_help_was_needed(planted: Samples, client: Employee) -> None:
    visitor = Visitor(client)
    found = []
    for route, answer in _read(visitor, planted):
        text = answer.content.decode(errors="replace")
        case_is_read = planted.objects["case"].number in text or route.name.startswith("api:case-")
        named = route.name in {"insurance:person", "schema"}  # the form that asks a policy lists every kind
        if case_is_read and not named:
            found += [f"{route.name}: {word}" for word in KINDS if word in text]
    assert not found, "\n".join(found)


def test_with_the_right_every_canary_is_seen(planted: Samples, operator: Employee) -> None:
    visitor = Visitor(operator)
    text = " ".join(answer.content.decode(errors="replace") for _route, answer in _read(visitor, planted))
    assert not [part for part, word in CANARIES.items() if word not in text]
    assert all(word in text for word in KINDS)


NO_LISTS = {
    "handover:desk",  # the card of the case that is being decided about is open in it
    "handover:sheet",  # a print of the cards, recorded as one
}
"""They name no object in their address, and are no lists."""
AMONG_OTHERS = {"insurance:person", "casework:call_lookup", "casework:call_verdict"}
"""They name a person, and list their cases."""


@pytest.mark.parametrize("who", ["operator", "senior", "head", "doctor"])
def test_no_list_carries_a_medical_text_whoever_asks(
    planted: Samples, request: pytest.FixtureRequest, who: str
) -> None:
    visitor = Visitor(request.getfixturevalue(who))
    assert visitor.may("case.medical")
    found, lists = [], set()
    number = planted.objects["case"].number
    for route, answer in _read(visitor, planted):
        if (route.arguments and route.name not in AMONG_OTHERS) or route.name in NO_LISTS:
            continue
        text = answer.content.decode(errors="replace")
        lists |= {route.name} if number in text else set()
        found += [f"{route.name}: {part}" for part, word in CANARIES.items() if word in text]
    assert not found, "\n".join(found)
    assert lists >= {"casework:cases", "api:cases", "search", "api:handovers"}, "they list the case"


def test_in_lists_codes_stay_and_texts_are_null(
    planted: Samples, operator: Employee, senior: Employee, api: Callable[..., Any]
) -> None:
    number, program = planted.objects["case"].number, api(operator)
    listed = next(row for row in program.get("/api/v1/cases/").json()["results"] if row["number"] == number)
    one = program.get(f"/api/v1/cases/{number}/").json()
    assert set(listed) == set(one), "the same fields"
    assert (listed["medical"], listed["description"], listed["unusual"]) == (False, None, None)
    assert [row["kind"] for row in listed["services"]] == [row["kind"] for row in one["services"]]
    assert (
        {row["note"] for row in listed["services"]}
        == {None}
        == {row["text"] for row in listed["escalations"]}
    )
    assert (
        one["medical"] and one["description"] and all(row["text"] is not None for row in one["escalations"])
    )
    card = next(row for row in program.get("/api/v1/handovers/").json()["results"] if row["case"] == number)
    assert {value for name, value in card["card"].items() if name != "serious"} == {None}
    assert card["read_back"] is None
    assert (
        program.get(f"/api/v1/handovers/{card['id']}/").json()["card"]["summary"] == CANARIES["description"]
    )
    told = api(senior).get("/api/v1/escalations/").json()["results"]
    assert {row["text"] for row in told} == {None} and "hospital" in {row["reason"] for row in told}


def test_whoever_sees_cards_of_handovers_or_writes_on_a_case_reads_its_medical_part() -> None:
    for action in (
        "handover.view",
        "handover.card",
        "check.decide",
        "case.add",
        "case.change",
        "case.register",
    ):
        assert set(rights.actions()[action]) <= set(rights.actions()["case.medical"]), action
