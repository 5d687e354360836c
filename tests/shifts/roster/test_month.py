"""The page of the month: what each sees, cells by keys, publishing, confirming, taking back; what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fregat.lib import clock
from shifts.roster import rules
from shifts.roster.actions import change_shift, plan_shift
from shifts.roster.models import Shift
from tests.shifts.conftest import person, shift
from tests.shifts.roster.test_pages import HTMX, page

NOON = timedelta(hours=12)


@pytest.fixture
def month(db):
    """The first day of the month after this one."""
    return rules.next_month(clock.local(clock.now()).date())


@pytest.fixture
def query(month):
    return f"month={month:%Y-%m}"


def put(client, employee, day, kind, **more):
    body = {"employee": employee.username, "day": f"{day}", "kind": kind, **more}
    return client.post("/roster/cell/", body, headers=HTMX)


def test_a_key_answers_with_the_row_and_the_count_of_drafts(senior, operator, month, query):
    answer = put(page(senior), operator, month, "day", back=query)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<tr") == 1
    assert f'id="c-{operator.pk}-{month:%Y%m%d}"' in text
    assert "is-draft" in text and "чернетка" in text
    assert 'id="roster-state"' in text


def test_a_conflict_is_said_in_the_cell(senior, operator, month, query):
    client = page(senior)
    put(client, operator, month, "day", back=query)
    text = put(client, operator, month + timedelta(days=1), "day", back=query).content.decode()
    assert "is-faulty" in text and "КЗпП, ст. 59" in text


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"kind": "evening"}, 409), ({"day": "дурниця"}, 409),
        ({"day": "9999-12-31"}, 409), ({"day": "2001-01-01"}, 409),
        ({"employee": "nobody"}, 404), ({"employee": "a\x00"}, 404), ({"employee": "stranger"}, 403),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_answered_with_a_sentence(senior, stranger, operator, month, values, status):
    body = {"employee": "operator", "day": f"{month}", "kind": "day", **values}
    assert page(senior).post("/roster/cell/", body, headers=HTMX).status_code == status
    assert not Shift.objects.exists()


def test_an_operator_sees_what_is_published_and_nothing_of_the_draft(senior, operator, month, query):
    put(page(senior), operator, month, "day", back=query)
    assert "is-draft" in page(senior).get(f"/roster/?{query}").content.decode()
    assert "shift-" not in page(operator).get(f"/roster/?{query}").content.decode().split('id="roster"')[1]
    answer = page(senior).post("/roster/publish/", {"back": query}, headers=HTMX)
    assert "Опубліковано" in answer.content.decode()
    assert 'class="mark tone-accent"' in page(operator).get(f"/roster/?{query}").content.decode()


def test_publishing_against_a_rule_asks_why_and_takes_the_answer(senior, operator, month, query):
    client = page(senior)
    for day in (month, month + timedelta(days=1)):
        put(client, operator, day, "day")
    refused = client.post("/roster/publish/", {"back": query}, headers=HTMX)
    assert refused.status_code == 400
    assert "field-error" in refused.content.decode()
    body = {"back": query, "reason": "Нікому вийти."}
    assert client.post("/roster/publish/", body, headers=HTMX).status_code == 200
    assert Shift.objects.standing().count() == 2


def test_only_what_the_filters_show_is_published(senior, operator, operator2, month, query):
    client = page(senior)
    put(client, operator, month, "day"), put(client, operator2, month, "day")
    client.post("/roster/publish/", {"back": f"{query}&person=operator"}, headers=HTMX)
    assert [row.employee for row in Shift.objects.standing()] == [operator]


def test_the_employee_confirms_the_changes_that_are_seen(senior, operator, month, query):
    starts = rules.usual_span(month, *rules.USUAL["day"])[0]
    row = plan_shift(by=senior, employee=operator, kind="day", starts_at=starts, ends_at=starts + NOON)
    change_shift(by=senior, shift_id=row.pk, changes={"ends_at": starts + NOON / 2})
    client = page(operator)
    seen = client.get(f"/roster/?{query}").context["month"]
    assert [shift.pk for shift in seen.mine] == [row.pk]
    assert page(senior).get(f"/roster/?{query}").context["month"].unconfirmed == 1
    assert client.post("/roster/confirm/", {"until": seen.seen_until}, headers=HTMX).status_code == 200
    assert client.get(f"/roster/?{query}").context["month"].mine == []


@pytest.mark.parametrize("until", ["", "x", "2026-11-23T10:00:00", "\x00"])
def test_a_confirmation_without_its_moment_is_refused(operator, until):
    assert page(operator).post("/roster/confirm/", {"until": until}, headers=HTMX).status_code == 409


def test_a_step_is_taken_back_on_the_page(senior, operator, month, query):
    client = page(senior)
    put(client, operator, month, "day")
    assert client.post("/roster/undo/", {"back": query}, headers=HTMX).status_code == 200
    assert not Shift.objects.planned().exists()
    assert client.post("/roster/undo/", {"back": query}, headers=HTMX).status_code == 200
    assert Shift.objects.drafts().count() == 1


def test_hours_stand_beside_the_norm_of_the_month(senior, operator, month, query):
    put(page(senior), operator, month, "day")
    row = next(
        row for row in page(senior).get(f"/roster/?{query}").context["month"].rows if row.employee == operator
    )
    assert (row.hours, row.norm) == ("12:00", rules.norm(month, 40))


def test_a_night_over_the_edge_of_the_month_stands_in_both(head, operator, month):
    last = month - timedelta(days=1)
    put(page(head), operator, last, "night")
    for query, day in ((f"month={last:%Y-%m}", last), (f"month={month:%Y-%m}", month)):
        text = page(head).get(f"/roster/?{query}").content.decode()
        cell = text.split(f'id="c-{operator.pk}-{day:%Y%m%d}"')[1].split("</td>")[0]
        assert "shift-" in cell


def test_the_month_costs_the_same_however_many_people(
    senior, operator, month, query, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = page(senior)
    put(client, operator, month, "day")
    client.get(f"/roster/?{query}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/roster/?{query}")
    cost = len(few)
    for index in range(8):
        one = person(f"many{index}", "operator", f"Людина{index}", senior)
        for day in (0, 3, 6):
            put(client, one, month + timedelta(days=day), "day")
    with django_assert_num_queries(cost):
        client.get(f"/roster/?{query}")


def test_many_people_stand_on_several_pages(head, senior, month, query):
    for index in range(65):
        person(f"many{index}", "operator", f"Людина{index:02}", senior)
    first = page(head).get(f"/roster/?{query}").context["month"]
    second = page(head).get(f"/roster/?{query}&page=2").context["month"]
    beyond = page(head).get(f"/roster/?{query}&page=9999").context["month"]
    assert (first.pages, len(first.rows)) == (2, 60)
    assert {row.employee.pk for row in second.rows}.isdisjoint(row.employee.pk for row in first.rows)
    assert [row.employee for row in beyond.rows] == [row.employee for row in second.rows]


def test_a_running_shift_is_marked_and_one_key_away(senior, operator):
    row = shift(operator, -1, 6, at=clock.now())
    text = page(senior).get("/roster/").content.decode()
    assert f'id="shift-{row.pk}"' in text and "is-now" in text
