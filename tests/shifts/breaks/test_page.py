"""`/shift/breaks/`: the load, who is away, asking and agreeing, at one price however many."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shifts.attendance.actions import begin
from shifts.breaks import actions, registry, selectors
from shifts.breaks.models import Break
from tests.shifts.breaks.conftest import at
from tests.shifts.conftest import Role, person, shift

URL = "/shift/breaks/"


@pytest.fixture
def page():
    def sign_in(employee):
        client = Client(headers={"HX-Request": "true"})
        client.force_login(employee, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def test_the_load_and_who_is_away_stand_beside_each_quarter_hour(
    on_shift, operator, operator2, senior, monkeypatch
):
    monkeypatch.setattr(registry, "_load", [lambda now: {60: 8.0, 64: 4.0}])  # 15:00 and 16:00 in Kyiv
    shift(operator2)
    begin(employee=operator2, now=at(0))
    other = actions.ask(by=operator2, kind="lunch", starts_at=at(60), now=at(1))
    actions.agree(by=senior, break_id=other.pk, now=at(2))
    quarters = {one.at: one for one in selectors.page(operator, now=at(5)).quarters}
    assert quarters[at(60)].level == 5
    assert quarters[at(120)].level == 2  # half of five, rounded to even
    assert quarters[at(60)].away == quarters[at(105)].away == (operator2.short_name,)
    assert quarters[at(120)].away == ()


def test_a_break_is_asked_for_agreed_begun_and_ended_on_the_pages(on_shift, operator, senior, page):
    with time_machine.travel(at(5), tick=False):
        answer = page(operator).post(URL, {"kind": "lunch", "starts_at": at(15).isoformat()})
        assert answer.status_code == 200
        row = Break.objects.get()
        shown = page(senior).get(URL).content.decode()
        assert operator.short_name in shown
        assert page(senior).post(f"{URL}{row.pk}/agree/", {"starts_at": ""}).status_code == 200
        assert page(operator).post(f"{URL}{row.pk}/begin/").status_code == 200
    with time_machine.travel(at(70), tick=False):
        assert page(operator).post(f"{URL}{row.pk}/end/").status_code == 200
    row.refresh_from_db()
    assert (row.state, row.begun_at, row.ended_at) == ("over", at(5), at(70))


def test_the_board_shows_who_waits_and_who_is_away(on_shift, asked, operator, senior, page):
    with time_machine.travel(at(10), tick=False):
        board = page(senior).get("/board/").content.decode()
        assert f"{URL}{asked.pk}/agree/" in board
    actions.agree(by=senior, break_id=asked.pk, now=at(15))
    actions.begin(by=operator, break_id=asked.pk, now=at(60))
    with time_machine.travel(at(125), tick=False):
        board = page(senior).get("/board/").content.decode()
        assert "на перерві" in board
        assert "на 5 хвилин довше" in board


@pytest.mark.parametrize(
    "sent",
    ["", "завтра", "2026-11-23T15:00:00", "\x00", "9999-99-99T00:00:00+00:00", "9999-12-31T23:59:59-12:00"],
)
def test_a_time_that_is_none_is_answered_with_a_sentence(on_shift, operator, page, sent):
    with time_machine.travel(at(5), tick=False):
        answer = page(operator).post(URL, {"kind": "lunch", "starts_at": sent})
    assert answer.status_code == 400
    assert "Виберіть один із запропонованих часів" in answer.content.decode()


def test_the_page_costs_the_same_for_one_and_for_many(on_shift, asked, senior, make_colleagues, page):
    def cost():
        client = page(senior)
        with time_machine.travel(at(10), tick=False):
            client.get(URL)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(URL).status_code == 200
        return len(seen)

    one = cost()
    for colleague in make_colleagues(6):
        shift(colleague)
        begin(employee=colleague, now=at(1))
        actions.ask(by=colleague, kind="lunch", starts_at=at(60), now=at(5))
    assert cost() == one


@pytest.fixture
def make_colleagues(senior):
    return lambda count: [person(f"colleague{n}", Role.OPERATOR, f"Колега{n}", senior) for n in range(count)]
