"""The check and the handovers over the REST API (design: interfaces)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.handover import actions
from cases.handover.models import CheckDecision, Handover
from cases.privacy.models import AccessLog
from fregat.lib import clock
from shifts.roster.models import Shift
from tests.cases.handover.conftest import handover_of, responsible
from tests.cast import make_case


@pytest.fixture
def handed(works, operator, project, night, senior, now):
    """A case that waits for the night operator's acceptance."""
    works(senior, -1, 12, leads=True)
    works(night, -0.5, 12, kind="night")
    shift = works(operator, -8, 1)
    case = make_case(operator, insurer=project, now=now - timedelta(hours=1))
    Shift.objects.filter(pk=shift.pk).update(ends_at=clock.now())
    actions.end_shift(shift.pk)
    return handover_of(case)


def test_the_current_shift_with_its_check(ending, operator, case, api):
    body = api(operator).get("/api/v1/shifts/current/").json()
    assert body["employee"] == "operator"
    assert set(body) == {
        "id", "employee", "starts_at", "ends_at", "kind", "leads", "begun_at", "presence", "check",
    }  # fmt: skip
    assert body["check"]["started_at"] is None
    assert body["check"]["cases"] == [{"number": case.number, "decision": None}]


def test_it_is_live_until_the_end(ending, operator, case, project, api, now):
    program = api(operator)
    actions.start_check(ending.pk, now)
    other = make_case(operator, insurer=project, now=now)
    check = program.get("/api/v1/shifts/current/").json()["check"]
    assert check["started_at"]
    assert {row["number"] for row in check["cases"]} == {case.number, other.number}


def test_off_shift_there_is_none(operator, api):
    assert api(operator).get("/api/v1/shifts/current/").status_code == 404


def test_a_decision_answers_with_the_check(ending, operator, case, api):
    answer = api(operator).post(
        f"/api/v1/shifts/current/check/{case.number}/",
        {
            "decision": "hand_over", "summary": "Клініка чекає.", "next_step": "Подзвонити.",
            "next_at": (clock.now() + timedelta(hours=1)).isoformat(),
        },
    )  # fmt: skip
    assert answer.status_code == 200, answer.json()
    assert answer.json()["cases"] == [{"number": case.number, "decision": "hand_over"}]


def test_a_decision_says_how_serious_and_what_to_do_if_and_left_out_as_the_case_gives_it(
    ending, operator, case, api
):
    program, address = api(operator), f"/api/v1/shifts/current/check/{case.number}/"
    card = {
        "decision": "hand_over", "summary": "Клініка чекає.", "next_step": "Подзвонити.",
        "next_at": (clock.now() + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    said = {"serious": "critical", "serious_why": "Реанімація.", "what_if": "Якщо гірше – лікарю."}
    assert program.post(address, {**card, **said}).status_code == 200
    row = CheckDecision.objects.get()
    assert {name: getattr(row, name) for name in said} == said
    assert program.post(address, card).status_code == 200
    row.refresh_from_db()
    assert (row.serious, row.serious_why, row.what_if) == ("usual", "", "")
    lacking = program.post(address, {**card, "serious": "serious"})
    assert (lacking.status_code, set(lacking.json()["errors"])) == (400, {"serious_why"})
    assert program.post(address, {**card, "serious": "mild"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {}, {"decision": "later"}, {"decision": "hand_over"}, {"decision": 7}, [], "x", None, {"decision": None},
        {"decision": "hand_over", "summary": "a\x00", "next_step": "b", "next_at": "2026-11-24T10:00:00+02:00"},
        {"decision": "hand_over", "summary": "a", "next_step": "b", "next_at": "0001-01-01T00:00:00Z"},
        {"decision": "hand_over", "summary": "a", "next_step": "b", "next_at": "9999-12-31T23:59:59+14:00"},
        {"decision": "hand_over", "summary": "a", "next_step": "b", "next_at": "9999-12-31T23:59:59-14:00"},
        {"decision": "hand_over", "summary": "x" * 20_001, "next_step": "b", "next_at": "2026-11-24T10:00:00+02:00"},
        {"decision": "hand_over", "summary": ["a"], "next_step": {"b": 1}, "next_at": []},
        {"decision": "hand_over", "summary": "a", "next_step": "b", "next_at": "2026-11-24T10:00:00"},
        {"decision": "hand_over", "summary": "a", "next_step": "b", "next_at": "x", "to": "a\x00"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(ending, operator, case, api, body):
    answer = api(operator).post(f"/api/v1/shifts/current/check/{case.number}/", body)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_help_given_without_what_it_needs_is_409(ending, operator, case, api):
    answer = api(operator).post(f"/api/v1/shifts/current/check/{case.number}/", {"decision": "assisted"})
    assert answer.status_code == 409


def test_another_persons_case_is_403_and_a_strangers_404(
    ending, operator, works, operator2, stranger, other_project, project, now, api
):
    works(operator2)
    works(stranger)
    colleagues = make_case(operator2, insurer=project, now=now)
    strangers = make_case(stranger, insurer=other_project, now=now)
    program = api(operator)
    for number, expected in (
        (colleagues.number, 403),
        (strangers.number, 404),
        ("26-999999", 404),
        ("x", 404),
    ):
        assert program.post(f"/api/v1/shifts/current/check/{number}/", {}).status_code == expected


def test_what_waits_for_me(handed, night, api):
    body = api(night).get("/api/v1/handovers/?to=me").json()
    assert body["next"] is None
    (row,) = body["results"]
    assert (row["case"], row["from"], row["to"], row["shift"]) == (
        handed.case.number, "operator", "night", handed.shift_id,
    )  # fmt: skip
    assert row["accepted_at"] is None
    assert set(row["card"]) == {"serious", "serious_why", "summary", "next_step", "next_at", "what_if"}
    assert [(hop["to"], hop["reason"]) for hop in row["hops"]] == [("night", "shift_end")]
    assert AccessLog.objects.filter(employee=night.pk, objects_seen=[handed.case.uuid]).exists()


def test_accepted_over_the_api(handed, night, api):
    program = api(night)
    assert program.post(f"/api/v1/handovers/{handed.pk}/accept/", {}).status_code == 400
    answer = program.post(f"/api/v1/handovers/{handed.pk}/accept/", {"read_back": "Дзвоню о дев’ятій."})
    assert answer.status_code == 200
    assert answer.json()["accepted_at"]
    assert program.post(f"/api/v1/handovers/{handed.pk}/accept/", {"read_back": "Ще раз."}).status_code == 409


def test_refused_over_the_api(handed, night, api):
    program = api(night)
    assert program.post(f"/api/v1/handovers/{handed.pk}/refuse/", {"reason": ""}).status_code == 400
    answer = program.post(f"/api/v1/handovers/{handed.pk}/refuse/", {"reason": "Три виклики."})
    assert answer.status_code == 200
    assert answer.json()["to"] == "senior"
    assert responsible(handed.case) == "senior"
    looks = AccessLog.objects.filter(employee=night.pk, objects_seen=[handed.case.uuid], ground="handover")
    assert looks.exists(), "the answer shows the card"


def test_who_may_not_gets_403_before_the_body_is_looked_at(handed, senior, api):
    assert api(senior).post(f"/api/v1/handovers/{handed.pk}/accept/", {}).status_code == 403


def test_of_another_project_it_does_not_exist(handed, stranger, works, api):
    works(stranger)
    program = api(stranger)
    for pk in (handed.pk, 999_999):
        assert program.get(f"/api/v1/handovers/{pk}/").status_code == 404
        assert program.post(f"/api/v1/handovers/{pk}/accept/", {"read_back": "x"}).status_code == 404
    assert program.get("/api/v1/handovers/").json()["results"] == []


def test_the_list_costs_the_same_however_long_it_is(
    handed, night, works, operator2, project, api, now, django_assert_max_num_queries
):
    shift = works(operator2, -8, 1)
    for _ in range(8):
        make_case(operator2, insurer=project, now=now - timedelta(hours=1))
    Shift.objects.filter(pk=shift.pk).update(ends_at=clock.now())
    actions.end_shift(shift.pk)
    program = api(night)
    with django_assert_max_num_queries(14):
        assert len(program.get("/api/v1/handovers/?to=me").json()["results"]) == 9
    assert Handover.objects.count() == 9
