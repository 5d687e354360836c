"""A shift on the roster's pages: what each role sees, planning in place, refusals that keep what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from fregat.lib import clock
from shifts.roster.models import Shift
from tests.cast import sign_in
from tests.shifts.conftest import shift

HOUR = timedelta(hours=1)
HTMX = {"HX-Request": "true"}


def page(employee) -> Client:
    return sign_in(Client(), employee)


@pytest.fixture
def now(db):
    return clock.now().replace(microsecond=0)


@pytest.fixture
def tomorrow(now):
    return clock.local(now).date() + timedelta(days=1)


@pytest.fixture
def typed(operator, tomorrow):
    return {
        "employee": "operator",
        "day": tomorrow.isoformat(),
        "starts": "20:00",
        "ends": "08:00",
        "kind": "night",
    }


def test_the_month_shows_who_works_when(senior, operator, now):
    shift(operator, 0, 6, at=now)
    answer = page(senior).get("/roster/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Єременко Ґанна" in text
    assert clock.local(now).strftime("%H:%M") in text


def test_the_list_shows_cancelled_shifts_too(senior, operator, now):
    from shifts.roster.actions import cancel_shift

    planned = shift(operator, 0.5, 6, at=now)
    cancel_shift(by=senior, shift_id=planned.pk, reason="Аварія мережі")
    assert "Аварія мережі" in page(senior).get("/roster/?view=list").content.decode()
    assert "Аварія мережі" not in page(senior).get("/roster/").content.decode()


def test_an_update_in_place_is_the_same_fragment_alone(senior):
    whole = page(senior).get("/roster/").content.decode()
    part = page(senior).get("/roster/", headers=HTMX).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert 'id="roster"' in whole
    assert 'id="roster"' in part


def test_an_operator_reads_and_has_nothing_to_press(operator, now):
    planned = shift(operator, 1, 6, at=now)
    client = page(operator)
    text = client.get("/roster/").content.decode()
    assert "Єременко" in text
    assert "/roster/plan/" not in text
    assert client.get("/roster/plan/").status_code == 403
    assert client.post(f"/roster/shifts/{planned.pk}/cancel/", {"reason": "Ні"}).status_code == 403
    assert client.get(f"/roster/shifts/{planned.pk}/").status_code == 200


def test_a_stranger_does_not_find_the_shift(stranger, operator, now):
    planned = shift(operator, 1, 6, at=now)
    assert page(stranger).get(f"/roster/shifts/{planned.pk}/").status_code == 404
    assert "Єременко" not in page(stranger).get("/roster/").content.decode()


def test_a_night_across_midnight_is_planned_in_place(senior, typed, tomorrow):
    answer = page(senior).post("/roster/plan/", typed, headers=HTMX)
    made = Shift.objects.get()
    assert answer.status_code == 200
    assert answer["HX-Retarget"] == "#roster"
    assert made.local_start == f"{tomorrow}T20:00"
    assert made.local_end == f"{tomorrow + timedelta(days=1)}T08:00"
    assert made.created_by == senior


def test_without_a_script_the_page_goes_back_to_the_filtered_week(senior, typed):
    answer = page(senior).post("/roster/plan/", {**typed, "back": "view=list&team=senior"})
    assert answer.status_code == 302
    assert answer["Location"] == "/roster/?view=list&team=senior"


def test_an_empty_form_comes_back_with_sentences(senior):
    answer = page(senior).post("/roster/plan/", {}, headers=HTMX)
    assert answer.status_code == 400
    assert answer.content.decode().count("field-error") >= 4


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("day", "0001-01-01", 400),
        ("day", "9999-12-31", 400),
        ("day", "2020-01-01", 400),
        ("day", "дурниця", 400),
        ("starts", "25:00", 400),
        ("kind", "evening", 400),
        ("employee", "nobody", 400),
        ("leads", "on", 400),
        ("reason", "a\x00b", 400),
        ("reason", "ж" * 2001, 400),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_the_rest_is_kept(senior, typed, field, value, status):
    answer = page(senior).post(
        "/roster/plan/", {"reason": "Щоб не забути", **typed, field: value}, headers=HTMX
    )
    assert answer.status_code == status
    text = answer.content.decode()
    assert "field-error" in text
    assert ("Щоб не забути" in text) or field == "reason"
    assert Shift.objects.count() == 0


def test_an_overlap_keeps_the_form_and_names_the_shift_in_the_way(senior, typed):
    client = page(senior)
    client.post("/roster/plan/", typed)
    answer = client.post("/roster/plan/", {**typed, "reason": "Щоб не забути"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Щоб не забути" in answer.content.decode()
    assert "20:00" in answer.content.decode()


def changed(row, **more):
    start, end = clock.local(row.starts_at), clock.local(row.ends_at)
    return {
        "day": start.date().isoformat(), "starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}",
        "kind": row.kind, "version": row.version, **more,
    }  # fmt: skip


def test_saving_an_old_version_shows_both_and_the_second_try_passes(senior, operator, now):
    row = shift(operator, 30, 36, at=now)
    client = page(senior)
    first = changed(row, kind="night")
    assert client.post(f"/roster/shifts/{row.pk}/", first, headers=HTMX).status_code == 200
    late = changed(row, leads="", reason="Пізно")
    answer = client.post(f"/roster/shifts/{row.pk}/", late, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "data-conflict" in text
    assert "Пізно" in text
    assert 'name="version" value="2"' in text


def test_opening_and_saving_a_shift_keeps_its_seconds(senior, operator, now):
    row = shift(operator, 30, 36, at=now.replace(second=17))
    page(senior).post(f"/roster/shifts/{row.pk}/", changed(row))
    before = (row.starts_at, row.version)
    row.refresh_from_db()
    assert (row.starts_at, row.version) == before


def test_a_cancellation_asks_for_a_reason(senior, operator, now):
    row = shift(operator, 30, 36, at=now)
    client = page(senior)
    refused = client.post(f"/roster/shifts/{row.pk}/cancel/", changed(row), headers=HTMX)
    assert refused.status_code == 400
    assert "field-error" in refused.content.decode()
    assert client.post(f"/roster/shifts/{row.pk}/cancel/", changed(row, reason="Хвороба")).status_code == 302
    row.refresh_from_db()
    assert row.is_cancelled


@pytest.mark.parametrize(
    "query",
    [
        "from=x",
        "from=9999-12-31",
        "month=0001-01",
        "month=2026-13",
        "page=x",
        "page=0",
        "team=nobody",
        "person=%00",
        "view=z",
    ],
)
def test_strange_filters_do_no_harm(senior, query):
    assert page(senior).get(f"/roster/?{query}").status_code in {200, 400}
