"""The REST API walked as its document is read, by somebody who has never seen the code (interfaces: REST API v1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.handover import actions as handover
from fregat.lib import clock
from shifts.roster.models import Shift

pytestmark = pytest.mark.django_db


def in_hours(hours: float) -> str:
    return (clock.now() + timedelta(hours=hours)).isoformat()


def has_offset(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() is not None


# --- Reference --------------------------------------------------------------------------------------
def test_who_i_am(me: Any) -> None:
    who = me.get("/employees/me/").json()
    assert {"username", "name", "role", "projects", "senior", "on_shift"} <= set(who)
    assert (who["username"], who["role"], who["projects"]) == ("operator", "operator", ["aurora"])
    assert who["senior"]["username"] == "senior"


def test_insurers_are_those_of_my_projects(me: Any, project: Any, other_project: Any) -> None:
    assert me.get("/insurers/").json() == {
        "results": [{"id": project.pk, "code": "aurora", "name": "СК «Аврора»"}],
        "next": None,
    }


# --- The insured ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "question", ["VZR-4471823", "Ґалаган", "HALAHAN", "067 123 45 67", "17.05.1984", "Ufkfufy"]
)
def test_the_look_up_says_why_somebody_was_found(me: Any, policy: Any, question: str) -> None:
    answer = me.post("/insured/lookup/", {"q": question, "limit": 20}).json()
    assert answer["more"] is False
    (found,) = answer["results"]
    assert {"id", "name", "name_latin", "birth_date", "policies", "match"} <= set(found)
    (line,) = found["policies"]
    assert {"id", "number", "insurer", "programme", "valid_from", "valid_to"} <= set(line)
    assert line["number"] == "VZR-4471823"


@pytest.mark.parametrize("plus", ["+", "%2B"])
def test_the_verdict_with_its_reasons(me: Any, policy: Any, plus: str) -> None:
    on = f"{clock.local(clock.now()).date()}T18:00{plus}03:00"
    answer = me.get(f"/policies/{policy.pk}/verdict/?country=TR&on={on}&service=hospital")
    verdict = answer.json()
    assert verdict["verdict"] in {"covered", "not_covered", "ask"}
    assert verdict["reasons"]
    assert all(set(reason) == {"code", "text", "source"} for reason in verdict["reasons"])
    assert set(verdict["limit_left"]) == {"amount", "currency"}


# --- Registering ------------------------------------------------------------------------------------
def test_a_case_is_registered(case: Any) -> None:
    assert {
        "number", "status", "status_label", "provisional", "responsible", "person", "policy", "insurer",
        "verdict", "escalations", "services", "created_at", "possible_duplicates",
    } <= set(case)  # fmt: skip
    assert (case["status"], case["provisional"], case["verdict"]) == ("reported", False, "covered")
    assert case["status_label"] == "Заявлено. Організація допомоги"
    assert case["responsible"]["username"] == "operator"
    assert has_offset(case["responsible"]["since"])
    assert has_offset(case["created_at"])
    assert set(case["person"]) == {"id", "name"}
    assert case["policy"] == {"id": case["policy"]["id"], "number": "VZR-4471823"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, set()),
        *(
            ({"place": {"country": code}}, {"country"})
            for code in "US PR GU VI AS MP UM JP AE CA EG ZA RE YT SH EH IO TF".split()
        ),
        ({"place": {}}, {"unusual"}),
        ({"services": [{"kind": "hospital"}]}, {"hospital"}),
        *(({"services": [{"kind": kind}]}, {"transport"}) for kind in ("transport", "ambulance", "remains")),
        ({"services": [{"kind": "repatriation"}]}, {"transport"}),
        ({"place": {"country": "UA"}, "services": [{"kind": "ambulance"}]}, set()),
        ({"services": [{"kind": "examination", "expected_cost": "99999", "currency": "UAH"}]}, {"expensive"}),
        ({"services": [{"kind": "examination", "expected_cost": "1", "currency": "EUR"}]}, set()),
        ({"services": [{"kind": "examination", "expected_cost": "1", "currency": "XPF"}]}, {"expensive"}),
        ({"displeased": True}, {"complaint"}),
        ({"unusual": "Просить таємниці"}, {"unusual"}),
    ],
)
def test_what_the_senior_manager_is_told(me: Any, body: Any, changes: Any, told: set[str]) -> None:
    answer = me.post("/cases/", {**body, **changes})
    assert answer.status_code == 201, answer.json()
    assert {row["reason"] for row in answer.json()["escalations"]} == told
    assert {row["addressee"] for row in answer.json()["escalations"]} <= {"senior"}


@pytest.mark.parametrize(
    "changes",
    [
        {"policy": None},
        {"person": None, "person_name": "KHRYSTENKO"},
        {"person": None, "policy": None, "person_name": "KHRYSTENKO"},
    ],
)
def test_whoever_is_in_no_list_is_registered_provisionally(me: Any, body: Any, changes: Any) -> None:
    answer = me.post("/cases/", {**body, **changes})
    assert answer.status_code == 201, answer.json()
    assert answer.json()["provisional"] is True
    assert me.get(f"/cases/{answer.json()['number']}/").status_code == 200


def test_whatever_the_policy_covers_and_even_twice(me: Any, body: Any, case: Any) -> None:
    again = me.post("/cases/", {**body, "place": {"country": "US"}})
    assert (again.status_code, again.json()["verdict"]) == (201, "not_covered")
    assert [row["number"] for row in again.json()["possible_duplicates"]] == [case["number"]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": {"country": "XX"}}, "place.country"),
        ({"caller": {"name": "x", "relation": "uncle"}}, "caller.relation"),
        ({"caller": {"name": "\x00"}}, "caller.name"),
        ({"services": [{"kind": "massage"}]}, "services.0.kind"),
        ({"services": [{"kind": "visit", "expected_cost": "1", "currency": "ZZZ"}]}, "services.0.currency"),
        ({"description": "x" * 20_001}, "description"),
        ({"occurred_at": "0001-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "9999-12-31T23:59:59-12:00"}, "occurred_at"),
        ({"person": 10**18}, "person"),
        ({"policy": "x"}, "policy"),
    ],
)
def test_a_refused_field_is_named_as_it_was_sent(me: Any, body: Any, changes: Any, field: str) -> None:
    answer = me.post("/cases/", {**body, **changes})
    assert answer.status_code == 400
    assert set(answer.json()) == {"type", "detail", "errors"}
    assert list(answer.json()["errors"]) == [field]


# --- Lists ------------------------------------------------------------------------------------------
def test_the_list_and_its_filters(me: Any, case: Any, project: Any) -> None:
    task = {"text": "Передзвонити", "due_at": in_hours(1)}
    assert me.post(f"{case['at']}tasks/", task).status_code == 201
    local = (clock.now() + timedelta(hours=2)).astimezone(clock.KYIV).isoformat(timespec="seconds")
    for hit, miss in (
        ("status=reported", "status=closed"),
        ("responsible=operator", "responsible=operator2"),
        (f"insurer={project.pk}", "insurer=999999"),
        ("country=TR", "country=PL"),
        (f"due_before={local}", "due_before=2020-01-01T00:00:00Z"),
        (f"number={case['number']}", "number=26-999999"),
    ):
        assert [row["number"] for row in me.get(f"/cases/?{hit}").json()["results"]] == [case["number"]], hit
        assert me.get(f"/cases/?{miss}").json() == {"results": [], "next": None}, miss


def test_next_is_a_whole_address_or_null(me: Any, body: Any) -> None:
    made = [me.post("/cases/", body).json()["number"] for _ in range(3)]
    address, seen = "/cases/?status=reported&limit=2", []
    while address:
        page = me.get(address).json()
        seen += [row["number"] for row in page["results"]]
        address = page["next"]
        assert address is None or address.startswith("http://testserver/api/v1/cases/?")
    assert seen == made[::-1]


# --- Changes ----------------------------------------------------------------------------------------
def test_a_change_later_tells_too(me: Any, case: Any) -> None:
    for changes, reasons in (
        ({"place": {"country": "JP"}}, ["country"]),
        ({"displeased": True}, ["country", "complaint"]),
    ):
        answer = me.patch(case["at"], changes, tag=me.get(case["at"])["ETag"])
        assert [row["reason"] for row in answer.json()["escalations"]] == reasons
    me.post(f"{case['at']}services/", {"kind": "hospital"})
    assert [row["reason"] for row in me.get(case["at"]).json()["escalations"]][-1] == "hospital"


def test_a_policy_taken_away_leaves_the_case_with_its_project(me: Any, case: Any, project: Any) -> None:
    changed = me.patch(case["at"], {"person": None, "policy": None, "person_name": "Інша"}, tag="*").json()
    assert (changed["provisional"], changed["policy"], changed["insurer"]) == (True, None, project.pk)


@pytest.mark.parametrize("call", ["", "transitions/", "responsible/"])
def test_a_broken_body_is_refused_after_the_rest(me: Any, case: Any, call: str) -> None:
    method = "POST" if call else "PATCH"
    path = f"{case['at']}{call}"
    tags = {"transitions/": (428, 412, 400), "": (428, 412, 400), "responsible/": (403, 403, 403)}[call]
    answers = [me(method, path, b"{", tag=tag) for tag in ("", '"99"', case["tag"])]
    assert tuple(answer.status_code for answer in answers) == tags


def test_the_chain_of_responsibility_has_no_gap(
    me: Any, boss: Any, case: Any, operator2: Any, on_shift: Any
) -> None:
    on_shift(operator2)
    path = f"{case['at']}responsible/"
    given = boss.post(path, {"to": "operator2", "reason": "Обід"}, tag=case["tag"])
    assert given.json()["responsible"]["username"] == "operator2"
    me.post(path, {"to": "operator", "reason": "Беру назад"}, tag=given["ETag"])
    chain = boss.get(f"{case['at']}responsibility/").json()
    assert [link["username"] for link in chain] == ["operator", "operator2", "operator"]
    assert [link["from"] for link in chain[1:]] == [link["to"] for link in chain[:-1]]
    assert chain[-1]["to"] is None


# --- Shifts, the check, the handover -----------------------------------------------------------------
def test_shifts_are_planned_and_changed(boss: Any, night: Any, shift: Any) -> None:
    plan = {"employee": "night", "starts_at": in_hours(2), "ends_at": in_hours(12), "kind": "night"}
    made = boss.post("/shifts/", plan)
    assert made.status_code == 201, made.json()
    assert set(made.json()) == {"id", "employee", "starts_at", "ends_at", "kind", "leads", "begun_at"}
    path = f"/shifts/{made.json()['id']}/"
    assert boss.post("/shifts/", {**plan, "reason": "Дуже треба"}).status_code == 409
    stale = boss.patch(path, {"kind": "day"}, tag='"99"')
    assert stale.status_code == 412
    assert stale.json()["errors"] == {"mine": {"kind": "day"}, "theirs": {"kind": "night"}}
    assert boss.patch(path, {"kind": "day"}, tag=made["ETag"]).json()["kind"] == "day"


def test_the_current_shift_and_its_check_before_and_after_it_starts(
    me: Any, boss: Any, shift: Any, case: Any
) -> None:
    current = me.get("/shifts/current/").json()
    assert current["check"]["started_at"] is None
    assert current["check"]["cases"] == [{"number": case["number"], "decision": None}]
    decision = {
        "decision": "hand_over", "summary": "Гарячка", "next_step": "Дзвонити лікарю", "next_at": in_hours(4),
    }  # fmt: skip
    check = me.post(f"/shifts/current/check/{case['number']}/", decision).json()
    assert check["cases"] == [{"number": case["number"], "decision": "hand_over"}]
    moved = boss.patch(f"/shifts/{shift.pk}/", {"ends_at": in_hours(0.2)})
    assert moved.status_code == 200, moved.json()
    handover.start_check(shift.pk, clock.now())
    assert me.get("/shifts/current/").json()["check"]["started_at"]


def test_a_handover_with_its_hops(
    me: Any, boss: Any, shift: Any, case: Any, night: Any, on_shift: Any, calls: Any
) -> None:
    on_shift(night, kind="night")
    receiver = calls(night)
    Shift.objects.filter(pk=shift.pk).update(ends_at=clock.now())
    handover.end_shift(shift.pk)
    (row,) = receiver.get("/handovers/?to=me").json()["results"]
    assert {"id", "case", "from", "to", "shift", "moved_at", "accepted_at", "card", "hops"} <= set(row)
    assert (row["case"], row["from"], row["to"], row["shift"]) == (
        case["number"], "operator", "night", shift.pk,
    )  # fmt: skip
    path = f"/handovers/{row['id']}/"
    assert receiver.get(path)["ETag"]
    refused = receiver.post(f"{path}refuse/", {"reason": "Три виклики"}).json()
    assert [hop["to"] for hop in refused["hops"]] == ["night", "senior"]
    assert all(set(hop) >= {"to", "at", "reason"} for hop in refused["hops"])
    accepted = boss.post(f"{path}accept/", {"read_back": "Дзвоню о дев’ятій"}).json()
    assert (accepted["to"], bool(accepted["accepted_at"])) == ("senior", True)


# --- Whatever is asked --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path", ["/nothing/", "/policies/x/verdict/", "/handovers/x/", "/shifts/-1/", "/cases/x/"]
)
def test_an_address_that_is_none_answers_in_the_one_shape(me: Any, path: str) -> None:
    answer = me.get(path)
    assert answer.status_code == 404
    assert answer.json() == me.get("/cases/26-999999/").json()


@pytest.mark.parametrize("path", ["/cases/", "/insurers/", "/shifts/", "/escalations/", "/handovers/"])
@pytest.mark.parametrize("cursor", ["x", "WyJcdTAwMDAiLDFd", "WzEsMSwxXQ==", "W3RydWUsbnVsbF0=", "bnVsbA=="])
def test_a_cursor_that_nobody_gave_out(me: Any, path: str, cursor: str) -> None:
    answer = me.get(f"{path}?cursor={cursor}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["cursor"]


def test_sentences_in_the_language_that_was_asked_for(me: Any) -> None:
    sentences = [
        me.get("/cases/26-999999/", **{"Accept-Language": name}).json()["detail"] for name in ("uk", "en")
    ]
    assert sentences[0] != sentences[1]
    assert sentences[1].isascii()


def test_the_description_is_read_with_a_token(client_with_token: Any) -> None:
    answer = client_with_token.get("/api/schema/")
    assert answer.status_code == 200
    assert b"/api/v1/cases/" in answer.content


@pytest.mark.parametrize("query", ["pending=perhaps", "case=%00", "to=%00", "to=nobody"])
def test_a_filter_of_handovers_that_makes_no_sense(me: Any, query: str) -> None:
    answer = me.get(f"/handovers/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


def test_a_call_says_which_methods_it_has(me: Any, case: Any) -> None:
    assert me("OPTIONS", f"{case['at']}notes/")["Allow"] == "POST, OPTIONS"
    refused = me("DELETE", case["at"])
    assert (refused.status_code, refused["Allow"]) == (405, "GET, PATCH, HEAD, OPTIONS")
