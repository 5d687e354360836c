"""One's own page, and the calendar that a telephone reads by a secret address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from fregat.lib import clock
from shifts.roster.actions import cancel_shift, make_calendar_key, plan_shift
from shifts.roster.models import CalendarKey, Wish
from tests.shifts.conftest import shift
from tests.shifts.roster.test_pages import page


def read(secret: str):
    return Client().get(f"/roster/calendar.ics?key={secret}")


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_calendar_holds_the_published_shifts_and_nothing_else(senior, operator, operator2):
    now = clock.now().replace(microsecond=0)
    mine = shift(operator, 5, 17, kind="night", at=now)
    shift(operator2, 5, 17, at=now)
    plan_shift(
        by=senior, employee=operator, kind="day", draft=True,
        starts_at=now + timedelta(hours=50), ends_at=now + timedelta(hours=62),
    )  # fmt: skip
    answer = read(make_calendar_key(by=operator))
    (event,) = events(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert event["SUMMARY"] == "Нічна зміна"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (mine.starts_at, mine.ends_at)
    assert "Єременко" not in answer.content.decode()


def test_a_cancelled_shift_says_so(senior, operator):
    row = shift(operator, 30, 42, at=clock.now())
    secret = make_calendar_key(by=operator)
    cancel_shift(by=senior, shift_id=row.pk, reason="Менше справ.")
    assert [event["STATUS"] for event in events(read(secret))] == ["CANCELLED"]


def test_the_secret_is_not_kept_and_a_new_one_ends_the_old(operator):
    first = make_calendar_key(by=operator)
    assert not CalendarKey.objects.filter(digest=first).exists()
    second = make_calendar_key(by=operator)
    assert read(first).status_code == 404
    assert read(second).status_code == 200


def test_a_withdrawn_address_answers_no_more(operator):
    secret = make_calendar_key(by=operator)
    page(operator).post("/roster/calendar/withdraw/")
    assert read(secret).status_code == 404


def test_whoever_is_dismissed_has_no_calendar(operator):
    secret = make_calendar_key(by=operator)
    type(operator).objects.filter(pk=operator.pk).update(is_active=False)
    assert read(secret).status_code == 404


@pytest.mark.parametrize("secret", ["", "x", "%00", "ж" * 500])
def test_a_wrong_secret_is_a_missing_page(db, secret):
    assert read(secret).status_code == 404


# --- The own page --------------------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_works(operator):
    client = page(operator)
    text = client.post("/roster/calendar/key/").content.decode()
    secret = re.search(r"calendar\.ics\?key=([\w-]+)", text)[1]
    assert read(secret).status_code == 200
    assert secret not in client.get("/roster/mine/").content.decode()


def test_a_wish_is_said_seen_in_the_roster_and_withdrawn(operator, senior):
    day = clock.local(clock.now()).date() + timedelta(days=1)
    client = page(operator)
    body = {"kind": "unavailable", "first_day": f"{day:%d.%m.%Y}", "note": "Іспит"}
    assert client.post("/roster/wish/", body).status_code == 302
    row = Wish.objects.get()
    assert (row.first_day, row.last_day) == (day, day)
    assert "Іспит" in page(senior).get(f"/roster/?month={day:%Y-%m}").content.decode()
    assert client.post("/roster/wish/withdraw/", {"wish": row.pk}).status_code == 302
    assert "Іспит" not in page(senior).get(f"/roster/?month={day:%Y-%m}").content.decode()


@pytest.mark.parametrize(
    "values", [{"first_day": "дурниця"}, {"first_day": "01.01.2001"}, {"kind": "x"}, {"last_day": "x"}]
)
def test_a_wrong_wish_keeps_what_was_typed(operator, values):
    day = clock.local(clock.now()).date() + timedelta(days=1)
    body = {"kind": "off", "first_day": f"{day:%d.%m.%Y}", "note": "Щоб не забути", **values}
    answer = page(operator).post("/roster/wish/", body)
    assert answer.status_code == 400
    assert "Щоб не забути" in answer.content.decode()
    assert not Wish.objects.exists()


@pytest.mark.parametrize("wish", ["", "x", "9" * 30, "2000000001", "²"])
def test_a_wish_that_is_not_mine_is_a_missing_one(operator, wish):
    assert page(operator).post("/roster/wish/withdraw/", {"wish": wish}).status_code == 404
