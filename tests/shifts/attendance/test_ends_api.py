"""Other ends of shifts through the REST API: asked for by either side, agreed, refused, taken back (B1, B6)."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from shifts.attendance import actions
from tests.shifts.attendance.test_ends import at
from tests.shifts.conftest import shift

URL = "/api/v1/end-changes/"


@pytest.fixture
def api():
    def sign_in(employee):
        client = APIClient()
        client.force_authenticate(employee)
        return client

    return sign_in


@pytest.fixture
def day(operator, senior, head):
    """Both have begun; returns the operator's shift."""
    shift(senior, leads=True)
    mine = shift(operator)
    for one in (senior, operator):
        actions.begin(employee=one, now=at())
    return mine


@pytest.fixture(autouse=True)
def hour():
    """An hour after the beginning of the shift, unless a test says otherwise."""
    with time_machine.travel(at(60), tick=False):
        yield


def wish(minutes, reason="До лікаря."):
    return {"ends_at": at(minutes).isoformat(), "reason": reason}


def waiting(client):
    return [row["id"] for row in client.get(URL, {"waits_for_me": "true"}).data["results"]]


def asked_last(client):
    return client.get(URL, {"state": "asked"}).data["results"][-1]["id"]


def test_an_employee_asks_and_the_senior_manager_agrees(day, operator, senior, api):
    made = api(operator).post(URL, wish(600), format="json")
    assert (made.status_code, made.data["state"], made.data["shift"]) == (201, "asked", day.pk)
    assert (made.data["employee"], made.data["asked_by"]) == ("operator", "operator")
    assert (waiting(api(senior)), waiting(api(operator))) == ([made.data["id"]], [])
    row = f"{URL}{made.data['id']}/"
    assert api(operator).post(f"{row}agree/", {}, format="json").status_code == 403
    agreed = api(senior).post(f"{row}agree/", {}, format="json")
    assert (agreed.data["state"], agreed.data["decided_by"]) == ("agreed", "senior")
    day.refresh_from_db()
    assert day.ends_at == at(600)
    assert api(senior).post(f"{row}agree/", {}, format="json").status_code == 409
    assert api(operator).get(row).headers["ETag"] == agreed.headers["ETag"]
    assert waiting(api(senior)) == []


def test_a_senior_manager_asks_somebody_to_stay_and_they_answer_themselves(day, operator, senior, api):
    address = f"/api/v1/shifts/{day.pk}/prolong/"
    assert api(operator).post(address, wish(780), format="json").status_code == 403
    earlier = api(senior).post(address, wish(600), format="json")
    assert (earlier.status_code, set(earlier.data["errors"])) == (400, {"ends_at"})
    made = api(senior).post(address, wish(780, "Двоє захворіли."), format="json")
    assert made.status_code == 201
    assert (waiting(api(operator)), waiting(api(senior))) == ([made.data["id"]], [])
    row = f"{URL}{made.data['id']}/"
    empty = api(operator).post(f"{row}refuse/", {"reason": " "}, format="json")
    assert (empty.status_code, set(empty.data["errors"])) == (400, {"reason"})
    sent = api(operator).post(f"{row}refuse/", {"reason": "Діти вдома."}, format="json")
    assert (sent.data["state"], sent.data["answer"]) == ("refused", "Діти вдома.")


def test_only_who_asked_takes_it_back(day, operator, senior, api):
    made = api(operator).post(URL, wish(780), format="json").data["id"]
    assert api(operator).post(URL, wish(840), format="json").status_code == 409
    assert api(senior).post(f"{URL}{made}/withdraw/").status_code == 403
    assert api(operator).post(f"{URL}{made}/withdraw/").data["state"] == "withdrawn"


def test_a_rule_of_working_time_is_said_in_words_and_overridden_with_a_reason(day, operator, senior, api):
    shift(operator, 24, 36)
    made = api(operator).post(URL, wish(780), format="json").data["id"]
    refused = api(senior).post(f"{URL}{made}/agree/", {}, format="json")
    assert (refused.status_code, set(refused.data["errors"])) == (400, {"reason"})
    assert len(refused.data["errors"]["reason"]) > 1
    agreed = api(senior).post(f"{URL}{made}/agree/", {"reason": "Немає кому."}, format="json")
    assert agreed.data["state"] == "agreed"


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"ends_at": "2026-11-23T20:00:00", "reason": "До лікаря."}, "ends_at"),
        ({"ends_at": at(0).isoformat(), "reason": "До лікаря."}, "ends_at"),
        ({"ends_at": at(600).isoformat()}, "reason"),
    ],
)
def test_what_cannot_be_gets_a_sentence_by_its_field(day, operator, api, sent, wrong):
    answer = api(operator).post(URL, sent, format="json")
    assert (answer.status_code, set(answer.data["errors"])) == (400, {wrong})
    assert answer.data["errors"][wrong]


def test_strangers_do_not_know_of_it_and_the_list_costs_the_same_however_long(
    day, operator, operator2, senior, stranger, api
):
    first = api(operator).post(URL, wish(600), format="json").data["id"]
    for one in (operator2, stranger):
        assert api(one).get(f"{URL}{first}/").status_code == 404
        assert api(one).post(f"{URL}{first}/agree/", {}, format="json").status_code == 404
        assert api(one).get(URL).data["results"] == []
    client = api(senior)
    client.get(URL)
    costs = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as counted:
            rows = client.get(URL, {"employee": "operator", "asked_by": "operator"}).data["results"]
        costs.append(len(counted))
        for _again in range(3):
            actions.withdraw_end(by=operator, change_id=asked_last(client))
            api(operator).post(URL, wish(600), format="json")
    assert len(rows) == 4
    assert costs[0] == costs[1] <= 4
    assert client.get(URL, {"state": "gone"}).status_code == 400
