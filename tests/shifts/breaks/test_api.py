"""Breaks through the REST API: asked for, agreed, moved, refused, begun and ended (B2)."""

from __future__ import annotations

import pytest
import time_machine
from rest_framework.test import APIClient

from shifts.breaks.models import Break
from tests.shifts.breaks.conftest import at

URL = "/api/v1/breaks/"


@pytest.fixture
def api():
    def sign_in(employee):
        client = APIClient()
        client.force_authenticate(employee)
        return client

    return sign_in


def test_a_program_asks_agrees_moves_begins_and_ends(on_shift, operator, senior, api):
    with time_machine.travel(at(5), tick=False):
        made = api(operator).post(URL, {"kind": "lunch", "starts_at": at(15).isoformat()}, format="json")
        assert made.status_code == 201
        row = f"{URL}{made.data['id']}/"
        assert made.data["state"] == "asked"
        assert api(senior).post(f"{row}agree/", {}, format="json").data["state"] == "agreed"
        moved = api(senior).post(f"{row}agree/", {"starts_at": at(10).isoformat()}, format="json").data
        assert (moved["state"], moved["decided_by"]) == ("agreed", "senior")
        assert api(operator).post(f"{row}begin/").data["state"] == "running"
    with time_machine.travel(at(70), tick=False):
        done = api(operator).post(f"{row}end/")
    assert (done.data["state"], done.data["ended_by_program"]) == ("over", False)
    found = Break.objects.get()
    assert (found.starts_at, found.asked_for, found.ended_at) == (at(10), at(15), at(70))


def test_a_refusal_needs_its_reason_and_order_of_answers_is_the_house_s(
    asked, operator, operator2, senior, api
):
    row = f"{URL}{asked.pk}/"
    with time_machine.travel(at(10), tick=False):
        assert api(operator2).post(f"{row}begin/").status_code == 404
        assert api(operator).post(f"{row}refuse/", {}, format="json").status_code == 403
        assert api(senior).post(f"{row}begin/").status_code == 403
        empty = api(senior).post(f"{row}refuse/", {"reason": " "}, format="json")
        assert (empty.status_code, set(empty.data["errors"])) == (400, {"reason"})
        sent = api(senior).post(f"{row}refuse/", {"reason": "Двоє вже на перерві."}, format="json")
        assert sent.data["reason"] == "Двоє вже на перерві."
        assert api(operator).post(f"{row}begin/").status_code == 409


@pytest.mark.parametrize("sent", [{"on": "0001-01-01"}, {"on": "9999-12-31"}, {"state": "gone"}])
def test_a_filter_that_is_none_gets_a_sentence(on_shift, operator, api, sent):
    with time_machine.travel(at(10), tick=False):
        answer = api(operator).get(URL, sent)
    assert (answer.status_code, set(answer.data["errors"])) == (400, set(sent))


def test_the_list_shows_what_one_may_see(asked, operator, operator2, senior, api):
    with time_machine.travel(at(10), tick=False):
        for who, seen in ((operator, [asked.pk]), (operator2, []), (senior, [asked.pk])):
            rows = api(who).get(URL, {"state": "asked", "on": "2026-11-23"}).data["results"]
            assert [row["id"] for row in rows] == seen
        assert api(senior).get(URL, {"employee": "operator2"}).data["results"] == []
