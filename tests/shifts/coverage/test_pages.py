"""Coverage of a day: people planned by quarter-hours, the forecast from the history, the head's service level."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine

from cases.casework.load import expected
from cases.casework.models import Case
from fregat.lib.clock import KYIV
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from shifts.coverage import actions, selectors
from shifts.coverage.models import ServiceGoal
from shifts.coverage.rules import Goal
from shifts.roster.models import Shift
from tests.builders import make_case, make_shift

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=KYIV)  # a Friday
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=KYIV)


def call(operator, project, moment):
    """A call that came then and became a case."""
    case = make_case(operator, insurer=project, now=moment)
    Case.objects.filter(pk=case.pk).update(opened_at=moment)


def planned(day: date) -> dict[tuple[int, int], int]:
    return {(span.first, span.after): span.planned for span in selectors.page(day, day, NOW).spans}


def test_people_are_counted_by_whole_quarter_hours(operator, operator2, doctor, senior):
    make_shift(operator, at(FRIDAY, 8), at(FRIDAY, 20))
    make_shift(operator2, at(FRIDAY, 8, 10), at(FRIDAY, 19, 50))
    make_shift(doctor, at(FRIDAY, 20), at(FRIDAY + timedelta(days=1), 8))
    make_shift(senior, at(FRIDAY, 8), at(FRIDAY, 20))  # leads, and takes no calls by the plan
    gone = make_shift(operator2, at(FRIDAY, 0), at(FRIDAY, 6))
    Shift.objects.filter(pk=gone.pk).update(cancelled_at=NOW, cancelled_by=senior, reason="Ні.")
    assert planned(FRIDAY) == {(0, 32): 0, (32, 33): 1, (33, 79): 2, (79, 96): 1}


def test_a_day_of_25_hours_has_the_quarter_hours_of_its_wall_clock(operator):
    autumn = date(2026, 10, 25)
    make_shift(operator, at(autumn, 0), at(autumn, 12))
    assert planned(autumn) == {(0, 48): 1, (48, 96): 0}


def test_the_forecast_is_the_mean_of_the_same_weekdays(operator, project, django_assert_num_queries):
    """Four calls after ten on each of the last seven Fridays; eight weeks are known by a call before them."""
    fridays = [FRIDAY - timedelta(weeks=week) for week in range(2, 9)]
    call(operator, project, NOW - timedelta(weeks=8) + timedelta(hours=30))  # on a Saturday
    for moment in [at(day, 10, minute) for day in fridays for minute in range(4)]:
        call(operator, project, moment)
    with django_assert_num_queries(3):
        found = expected([FRIDAY, FRIDAY + timedelta(days=1)], NOW)
    assert sum(found[FRIDAY]) == pytest.approx(28 / 8)
    assert {place for place, calls in enumerate(found[FRIDAY]) if calls} == set(range(38, 43))
    assert sum(found[FRIDAY + timedelta(days=1)]) == pytest.approx(1 / 8)


def test_the_season_of_a_year_ago_changes_the_forecast(operator, project, monkeypatch):
    """Twice as many calls a week around this date a year ago as in the weeks before: twice the forecast, no more."""
    call(operator, project, at(FRIDAY - timedelta(weeks=2), 10))
    plain = sum(expected([FRIDAY], NOW)[FRIDAY])
    monkeypatch.setattr("cases.casework.load.SEASON_LEAST", 2)
    before, around = FRIDAY - timedelta(weeks=57), FRIDAY - timedelta(weeks=52)
    for moment in [at(before, 10), at(before, 11), *(at(around, hour) for hour in range(8, 20))]:
        call(operator, project, moment)
    assert sum(expected([FRIDAY], NOW)[FRIDAY]) == pytest.approx(2 * plain)


def test_the_page_says_where_people_are_lacking(page, head, operator):
    make_shift(operator, at(FRIDAY, 8), at(FRIDAY, 20))
    text = page(head).get("/roster/coverage/?day=2026-11-27").content.decode()
    assert "00:00–08:00" in text and "бракує 1" in text and "саме досить" in text
    assert "Дзвінків за попередні тижні немає" in text


@pytest.mark.parametrize("nonsense", ["xx", "0001-01-01", "9999-12-31", "2026-13-01", ""])
def test_a_day_that_is_none_is_today(page, senior, nonsense):
    answer = page(senior).get("/roster/coverage/", {"day": nonsense})
    assert answer.status_code == 200 and "20 листопада 2026" in answer.content.decode()


def test_the_head_sets_the_service_level_from_a_day_on(page, head):
    body = {"share": "90", "seconds": "10", "talk": "6", "work": "15", "since": "27.11.2026"}
    answer = page(head).post("/roster/coverage/goal/", body, follow=True)
    assert "діє з 27.11.2026" in answer.content.decode()
    week = FRIDAY - timedelta(days=4)
    assert selectors.page(FRIDAY, week, NOW).goal == Goal(90, 10, 6, 15)
    assert selectors.page(FRIDAY - timedelta(days=1), week, NOW).goal == Goal()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("share", "100", "від 1 до 99"), ("seconds", "0", "від 1 до 600"), ("talk", "", "від 1 до 120"),
     ("since", "19.11.2026", "не змінюється"), ("since", "колись", "дат")],
)  # fmt: skip
def test_what_is_no_goal_comes_back_with_a_sentence(page, head, field, value, said):
    body = {"share": "90", "seconds": "10", "talk": "6", "work": "15", "since": "27.11.2026", field: value}
    answer = page(head).post("/roster/coverage/goal/", body)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert not ServiceGoal.objects.exists()


def test_only_the_head_and_one_from_a_day(head, senior, director):
    for person in (senior, director):
        with pytest.raises(NotAllowed):
            actions.set_goal(by=person, goal=Goal(), since=FRIDAY)
    actions.set_goal(by=head, goal=Goal(), since=FRIDAY)
    with pytest.raises(Conflict):
        actions.set_goal(by=head, goal=Goal(90), since=FRIDAY)
    with pytest.raises(Invalid):
        actions.set_goal(by=head, goal=Goal(), since=NOW.date() - timedelta(days=1))


def test_the_number_of_statements_does_not_grow(operator, operator2, django_assert_max_num_queries):
    for person in (operator, operator2):
        for days in range(10):
            make_shift(person, at(FRIDAY, 8) + timedelta(days=days), at(FRIDAY, 20) + timedelta(days=days))
    with django_assert_max_num_queries(5):
        selectors.page(FRIDAY, FRIDAY, NOW)
