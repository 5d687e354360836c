"""The page of one's own shift."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from fregat.lib import clock
from shifts.attendance.actions import begin
from shifts.attendance.models import Attendance
from shifts.roster.actions import change_shift
from tests.cast import sign_in
from tests.shifts.conftest import shift

HOUR = timedelta(hours=1)


def page(employee) -> Client:
    return sign_in(Client(), employee)


@pytest.fixture
def now(db):
    return clock.now().replace(microsecond=0)


def test_off_shift_it_says_so_and_shows_what_comes(operator, now):
    shift(operator, 30, 36, at=now)
    text = page(operator).get("/shift/").content.decode()
    assert "data-shift-clock" not in text
    assert clock.local(now + 30 * HOUR).strftime("%d.%m.%Y %H:%M") in text


def test_the_first_page_begins_the_shift_and_shows_its_clock(operator, now):
    shift(operator, -0.2, 6, at=now)
    text = page(operator).get("/shift/").content.decode()
    assert Attendance.objects.get().late_seconds >= 720
    assert "data-shift-clock" in text
    check = (now + 6 * HOUR - timedelta(minutes=20)).isoformat()
    assert f'data-check-at="{check}"' in text


def test_a_shift_planned_a_moment_ago_begins_with_the_very_next_request(operator, now):
    client = page(operator)
    client.get("/shift/")
    shift(operator, 0, 6, at=now)
    client.get("/shift/")
    assert Attendance.objects.count() == 1


def test_who_is_on_duty_and_who_leads_is_shown(operator, senior, head, now):
    shift(senior, -1, 6, at=now, leads=True)
    shift(operator, -1, 6, at=now)
    begin(employee=senior)
    text = page(operator).get("/shift/").content.decode()
    assert "Старша Ґанна" in text
    assert "Головатий Ґанна" in text


def test_who_has_not_come_is_shown_to_who_answers_for_the_shift(operator, operator2, senior, now):
    shift(operator2, -1, 6, at=now)
    assert "Їжакевич" in page(senior).get("/shift/").content.decode()
    assert "Їжакевич" not in page(operator).get("/shift/").content.decode()


def test_a_request_with_nothing_to_begin_costs_one_query_more(operator, now, django_assert_num_queries):
    from django.test import RequestFactory

    from fregat.lib.once import noted
    from fregat.lib.seen import seen

    shift(operator, 0, 6, at=now)
    begin(employee=operator)
    request = RequestFactory().get("/")
    with noted(), django_assert_num_queries(1):
        seen(operator, request)


def test_the_clock_follows_a_changed_end_with_the_next_page(operator, now):
    row = shift(operator, -1, 6, at=now)
    client = page(operator)
    client.get("/shift/")
    end = now + timedelta(minutes=19)
    change_shift(by=None, shift_id=row.pk, changes={"ends_at": end})
    assert f'data-ends-at="{end.isoformat()}"' in client.get("/shift/").content.decode()
