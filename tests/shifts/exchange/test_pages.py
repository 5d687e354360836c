"""`/exchanges/` and asking from a shift: what each person is shown, at one price; the API says the same."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from shifts.exchange import actions
from shifts.exchange.models import Exchange
from tests.shifts.conftest import Role, T, person, shift
from tests.shifts.exchange.conftest import accept, standing

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def page():
    def sign_in(employee):
        client = Client()
        client.force_login(employee, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(T, tick=False):
        yield


def test_asked_from_the_calendar_answered_and_decided_on_pages(
    page, operator, operator2, senior, mine, theirs
):
    one = page(operator)
    assert f"/exchanges/ask/{mine.pk}/" in one.get("/roster/mine/").content.decode()
    shown = one.get(f"/exchanges/ask/{mine.pk}/?colleague=operator2").content.decode()
    assert f'value="{theirs.pk}"' in shown
    sent = {"colleague": "operator2", "wanted": theirs.pk, "words": ""}
    url = one.post(f"/exchanges/ask/{mine.pk}/", sent).url
    assert url in one.get("/roster/mine/").content.decode()
    assert page(operator2).post(f"{url}answer/", {"agree": "yes", "words": ""}).status_code == 302
    assert url in page(senior).get("/exchanges/?state=accepted").content.decode()
    assert page(senior).post(f"{url}decide/", {"agree": "yes", "reason": ""}).status_code == 302
    assert (standing(operator), standing(operator2)) == ([140], [78])


def test_what_breaks_a_rule_stands_in_the_form_and_nothing_typed_is_lost(page, operator, operator2, mine):
    shift(operator2, 94, 102)
    sent = {"colleague": "operator2", "wanted": "", "words": ""}
    answer = page(operator).post(f"/exchanges/ask/{mine.pk}/", sent)
    assert answer.status_code == 400
    assert "Відпочинок перед зміною" in answer.content.decode()
    assert not Exchange.objects.exists()


def test_a_decision_against_the_rules_without_a_reason_is_answered_in_place(page, given, operator2, senior):
    accept(given)
    shift(operator2, 94, 102)
    answer = page(senior).post(f"/exchanges/{given.pk}/decide/", {"agree": "yes", "reason": ""})
    assert answer.status_code == 400
    assert "Відпочинок перед зміною" in answer.content.decode()
    assert page(senior).post(f"/exchanges/{given.pk}/decide/", {"agree": "perhaps"}).status_code == 400


def test_the_filters_stand_in_the_address(page, given, senior, operator2):
    third = person("third", Role.OPERATOR, "Третя", senior)
    actions.ask(by=third, shift_id=shift(third, 200, 208).pk, colleague=operator2, now=T)
    actions.answer(by=operator2, exchange_id=given.pk, agree=False, now=T)
    for query, count in (
        ("", 2),
        ("state=open", 1),
        ("state=declined", 1),
        ("person=third", 1),
        ("state=x", 2),
    ):
        assert len(page(senior).get(f"/exchanges/?{query}").context["page"].rows) == count, query


def test_of_a_shift_that_begins_the_page_says_why_it_can_go_to_nobody(page, operator):
    row = shift(operator, -1, 8)
    answer = page(operator).get(f"/exchanges/ask/{row.pk}/")
    assert answer.status_code == 200
    assert "ось-ось почнеться або вже триває" in answer.content.decode()


def statements(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_many_cost_what_one_does(page, given, operator, operator2, senior, mine):
    accept(given)
    decides, asks = page(senior), page(operator)
    later = shift(operator, 300, 308)
    urls = ((decides, "/exchanges/"), (asks, f"/exchanges/ask/{later.pk}/?colleague=operator2"))
    before = [statements(client, url) for client, url in urls]
    for index in range(8):
        other = person(f"other{index}", Role.OPERATOR, f"Ще{index}", senior)
        shift(operator2, 400 + 24 * index, 408 + 24 * index)
        given_up = shift(other, 500 + 24 * index, 504 + 24 * index)
        actions.ask(by=other, shift_id=given_up.pk, colleague=operator2, words="Треба.", now=T)
    assert [statements(client, url) for client, url in urls] == before


def test_the_api_lists_asks_answers_and_decides(operator, operator2, senior, mine, theirs):
    def call(employee):
        client = APIClient()
        client.force_login(employee, backend=BACKEND)
        return client

    one = call(operator)
    found = one.get(f"/api/v1/shifts/{mine.pk}/offers/?colleague=operator2").json()
    assert [offer["employee"] for offer in found["offers"]] == ["operator2"]
    assert [swap["shift"] for swap in found["swaps"]] == [theirs.pk]
    sent = {"shift": mine.pk, "colleague": "operator2", "wanted": theirs.pk}
    made = one.post("/api/v1/exchanges/", sent, format="json")
    assert (made.status_code, made.json()["state"]) == (201, "asked")
    url = f"/api/v1/exchanges/{made.json()['id']}/"
    assert one.post(f"{url}answer/", {"agree": True}, format="json").status_code == 403
    assert call(operator2).post(f"{url}answer/", {"agree": True}, format="json").json()["state"] == "accepted"
    assert [row["id"] for row in call(senior).get("/api/v1/exchanges/?state=open").json()["results"]] == [
        made.json()["id"]
    ]
    done = call(senior).post(f"{url}decide/", {"agree": True}, format="json").json()
    assert (done["state"], done["decided_by"]) == ("done", "senior")
    assert call(senior).post(f"{url}decide/", {"agree": True}, format="json").status_code == 409
    assert one.post("/api/v1/exchanges/", {**sent, "colleague": "nobody"}, format="json").status_code == 400
