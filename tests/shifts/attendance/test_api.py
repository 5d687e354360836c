"""The roster through the REST API (interfaces: shifts)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from fregat.lib import clock
from shifts.attendance.actions import begin
from shifts.roster.models import Shift
from staff.employees.actions import assign_project
from tests.cast import make_project, sign_in
from tests.shifts.conftest import person, shift

HOUR = timedelta(hours=1)


def api(employee) -> APIClient:
    return sign_in(APIClient(), employee)


@pytest.fixture
def now(db):
    return clock.now().replace(microsecond=0)


@pytest.fixture
def body(operator, now):
    return {
        "employee": "operator", "kind": "day",
        "starts_at": (now + HOUR).isoformat(), "ends_at": (now + 9 * HOUR).isoformat(),
    }  # fmt: skip


def test_a_senior_manager_plans_a_shift_and_the_operator_reads_it(senior, operator, body):
    made = api(senior).post("/api/v1/shifts/", body)
    assert made.status_code == 201, made.data
    assert set(made.data) == {"id", "employee", "starts_at", "ends_at", "kind", "leads", "begun_at"}
    assert made.data["begun_at"] is None
    assert made["ETag"] == '"1"'
    read = api(operator).get("/api/v1/shifts/?employee=operator")
    assert [row["id"] for row in read.data["results"]] == [made.data["id"]]
    assert read.data["next"] is None
    assert read.data["results"][0]["starts_at"].endswith(("+02:00", "+03:00"))


def test_the_list_shows_what_has_not_ended_earliest_first_and_a_day_when_asked(senior, operator, now):
    later = shift(operator, 24, 30, at=now)
    soon = shift(operator, 0, 6, at=now)
    ended = shift(operator, -10, -2, at=now)
    client = api(senior)
    listed = client.get("/api/v1/shifts/").data["results"]
    assert [row["id"] for row in listed] == [soon.pk, later.pk]
    day = clock.local(ended.starts_at).date().isoformat()
    assert ended.pk in [row["id"] for row in client.get(f"/api/v1/shifts/?on={day}").data["results"]]


def test_pages_follow_each_other_by_the_next_address(senior, operator, now):
    shifts = [shift(operator, start, start + 1, at=now) for start in range(5)]
    client, address, seen = api(senior), "/api/v1/shifts/?limit=2", []
    while address:
        answer = client.get(address)
        seen += [row["id"] for row in answer.data["results"]]
        address = answer.data["next"]
    assert seen == [one.pk for one in shifts]


def test_a_patch_acts_at_once(senior, operator, now):
    planned = shift(operator, -2, 6, at=now)
    begin(employee=operator, now=now - HOUR)
    end = now + timedelta(minutes=19)
    answer = api(senior).patch(
        f"/api/v1/shifts/{planned.pk}/", {"ends_at": end.isoformat(), "reason": "Менше навантаження"}
    )
    assert answer.status_code == 200, answer.data
    planned.refresh_from_db()
    assert planned.ends_at == end
    assert answer.data["begun_at"] is not None


def test_a_running_shift_is_cut_short_at_once_without_a_reason(senior, operator, now):
    planned = shift(operator, -2, 6, at=now)
    answer = api(senior).patch(f"/api/v1/shifts/{planned.pk}/", {"ends_at": (now + HOUR).isoformat()})
    assert answer.status_code == 200, answer.data
    planned.refresh_from_db()
    assert planned.ends_at == now + HOUR


def test_an_overlap_is_409_with_the_shift_in_the_way_and_no_reason_overrides_it(senior, body):
    client = api(senior)
    client.post("/api/v1/shifts/", body)
    answer = client.post("/api/v1/shifts/", {**body, "reason": "Дуже треба"})
    assert answer.status_code == 409
    assert "Єременко" in answer.data["detail"]


def test_a_stale_etag_is_412(senior, operator, now):
    planned = shift(operator, 2, 6, at=now)
    client = api(senior)
    change = {"ends_at": (now + 7 * HOUR).isoformat()}
    address = f"/api/v1/shifts/{planned.pk}/"
    assert client.patch(address, change, headers={"If-Match": '"1"'}).status_code == 200
    assert client.patch(address, {"kind": "night"}, headers={"If-Match": '"1"'}).status_code == 412


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", "2026-11-23T08:00:00"),
        ("starts_at", "yesterday"),
        ("starts_at", None),
        ("starts_at", "0001-01-01T00:00:00+14:00"),
        ("starts_at", "2126-01-01T00:00:00Z"),
        ("ends_at", "9999-12-31T23:59:59-14:00"),
        ("ends_at", "1999-12-31T23:59:59Z"),
        ("ends_at", 5),
        ("kind", "evening"),
        ("leads", "perhaps"),
        ("leads", True),
        ("employee", "nobody"),
        ("employee", None),
        ("employee", {"a": 1}),
        ("employee", "a\x00b"),
        ("reason", "a\x00b"),
        ("reason", "x" * 2001),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_at_its_field(senior, body, field, value):
    answer = api(senior).post("/api/v1/shifts/", {**body, field: value})
    assert answer.status_code == 400, answer.data
    assert set(answer.data) == {"type", "detail", "errors"}
    assert field in answer.data["errors"] or "ends_at" in answer.data["errors"]
    assert Shift.objects.count() == 0


@pytest.mark.parametrize("query", ["on=2026-13-01", "on=", "on=x", "on=0001-01-01", "cursor=x", "limit=0"])
def test_a_filter_that_cannot_be_is_refused(senior, query):
    assert api(senior).get(f"/api/v1/shifts/?{query}").status_code == 400


def test_a_body_that_is_no_object_is_refused(senior):
    assert api(senior).post("/api/v1/shifts/", [1]).status_code == 400


def test_operators_do_not_plan(operator, body):
    assert api(operator).post("/api/v1/shifts/", body).status_code == 403


def test_another_team_is_planned_only_while_leading(senior, stranger, now, body):
    answer = api(senior).post("/api/v1/shifts/", {**body, "employee": "stranger"})
    assert answer.status_code == 403
    assert "Чужинець" in answer.data["detail"]
    shift(senior, -1, 12, at=now, leads=True)
    assert api(senior).post("/api/v1/shifts/", {**body, "employee": "stranger"}).status_code == 201


def test_a_shift_out_of_sight_is_404_like_a_missing_one(stranger, operator, head, now):
    planned = shift(operator, 1, 6, at=now)
    client = api(stranger)
    assert client.get(f"/api/v1/shifts/{planned.pk}/").status_code == 404
    assert client.get("/api/v1/shifts/987654321987654321987/").status_code == 404
    assert client.get("/api/v1/shifts/?employee=operator").data["results"] == []
    assert api(head).get(f"/api/v1/shifts/{planned.pk}/").status_code == 200


def test_a_doctor_sees_the_own_shifts_alone(operator, now):
    doctor = person("doctor", "doctor", "Лікар", projects=[])
    own = shift(doctor, at=now)
    shift(operator, at=now)
    assert [row["id"] for row in api(doctor).get("/api/v1/shifts/").data["results"]] == [own.pk]


def test_the_first_request_in_the_window_begins_the_shift(operator, now):
    planned = shift(operator, 0.4, 6, at=now)
    row = api(operator).get("/api/v1/shifts/").data["results"][0]
    assert row["id"] == planned.pk
    assert row["begun_at"] is not None


def test_the_list_costs_the_same_however_long_it_is(
    senior, operator, operator2, now, django_assert_max_num_queries
):
    client = api(senior)
    for start in range(8):
        shift(operator, start, start + 1, at=now)
        shift(operator2, start, start + 1, at=now)
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/v1/shifts/").data["results"]) == 16


def test_an_operator_sees_who_comes_next_on_the_same_project_and_who_leads(operator, operator2, senior, now):
    for employee in (operator, operator2):
        assign_project(by=None, employee=employee, project=make_project("aurora").code)
    running, soon = shift(operator2, -1, 6, at=now), shift(operator2, 10, 12, at=now)
    later = shift(operator2, 30, 36, at=now)
    leading = shift(senior, -1, 6, at=now, leads=True)
    assert api(operator).get("/api/v1/shifts/").data["results"] == []  # off shift only her own (B1)
    own = shift(operator, -1, 6, at=now)
    seen = {row["id"] for row in api(operator).get("/api/v1/shifts/").data["results"]}
    assert seen == {own.pk, running.pk, soon.pk, leading.pk}
    assert api(operator).get(f"/api/v1/shifts/{later.pk}/").status_code == 404
    answer = api(operator).patch(f"/api/v1/shifts/{running.pk}/", {"kind": "night"})
    assert answer.status_code == 403
