"""Who came late, and when lateness is systematic by the rule that the head sets (B7, JD IV.7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fregat.lib.errors import Invalid, NotAllowed
from shifts.attendance import actions, figures
from shifts.attendance.figures import Filters
from shifts.attendance.rules import Lateness
from tests.shifts.conftest import T, shift

MONTH = Filters(date(2026, 11, 1), date(2026, 11, 23))
HOUR = timedelta(hours=1)


def worked(employee, days_ago, late_minutes):
    """A shift of eight hours, so many days before, to which they came so late."""
    row = shift(employee, -24 * days_ago, -24 * days_ago + 8)
    actions.begin(employee=employee, now=row.starts_at + timedelta(minutes=late_minutes))
    return row


@pytest.fixture
def late(operator, senior, head):
    """Three times later than five minutes within a month, once by three."""
    for days, minutes in ((1, 6), (5, 12), (9, 3), (12, 7)):
        worked(operator, days, minutes)


def test_three_times_in_thirty_days_is_systematic_until_another_rule_is_set(late, operator, head):
    assert set(figures.often_late(T)) == {operator.pk}
    assert figures.often_late(T)[operator.pk] == "3 запізнення за 30 днів"
    actions.set_rule(by=head, rule=Lateness(times=2, days=3, minutes=5), now=T)
    assert figures.often_late(T) == {}
    actions.set_rule(by=head, rule=Lateness(times=4, days=30, minutes=2), now=T + HOUR)
    assert set(figures.often_late(T)) == {operator.pk}
    assert [row.times for row in figures.rule_history()] == [4, 2]


def test_later_than_the_minutes_not_as_late_as_they_are(operator, senior):
    for days in (1, 2, 3):
        worked(operator, days, 5)
    assert figures.often_late(T) == {}


def test_only_the_head_sets_the_rule_and_it_must_be_one(head, senior, director):
    for one in (senior, director):
        with pytest.raises(NotAllowed):
            actions.set_rule(by=one, rule=Lateness(1, 1, 1), now=T)
    with pytest.raises(Invalid):
        actions.set_rule(by=head, rule=Lateness(0, 30, 5), now=T)


def test_the_page_says_who_came_late_left_early_and_did_not_come(late, operator, operator2, senior):
    shift(operator2, -48, -40)  # nobody came
    gone = shift(operator, -72, -64)
    actions.begin(employee=operator, now=gone.starts_at)
    actions.leave(employee=operator, now=gone.ends_at - HOUR)
    actions.finish(now=T)
    page = figures.page(senior, MONTH, now=T)
    by_name = {one.employee.username: one for one in page.figures}
    mine = by_name["operator"]
    assert (mine.shifts, mine.late, mine.late_minutes, mine.early, mine.absent) == (5, 4, 28, 1, 0)
    assert mine.hours == "38:32"  # five of eight hours without 28 minutes of lateness and one hour of leaving
    assert (by_name["operator2"].absent, by_name["operator2"].shifts) == (1, 1)
    for what, count in (("late", 4), ("early", 1), ("absent", 1), ("changed", 0)):
        narrowed = Filters(MONTH.since, MONTH.until, what=what)
        assert len(figures.page(senior, narrowed, now=T).lines) == count, what
    assert len(figures.page(senior, Filters(MONTH.since, MONTH.until, "operator2"), now=T).lines) == 1


def test_a_colleague_sees_the_own_time_alone_and_another_senior_manager_none(
    late, operator, operator2, senior2, head, director
):
    assert [one.employee for one in figures.page(operator, MONTH, now=T).figures] == [operator]
    assert figures.page(operator2, MONTH, now=T).figures == []
    assert figures.page(senior2, MONTH, now=T).figures == []
    for one in (head, director):
        assert len(figures.page(one, MONTH, now=T).figures) == 1


def test_the_table_is_taken_out_without_anybody_insured_and_that_is_on_record(late, senior, operator):
    from staff.employees.models import SecurityEvent

    text = actions.export_attendance(by=senior, filters=MONTH, form="csv", now=T).decode()
    lines = text.removeprefix("﻿").splitlines()
    assert lines[0].startswith("Працівник;Заплановано з")
    assert len(lines) == 5
    assert f"{operator.full_name};" in lines[1]
    assert actions.export_attendance(by=senior, filters=MONTH, form="xlsx", now=T).startswith(b"PK")
    assert SecurityEvent.objects.filter(kind="attendance_exported", by=senior).count() == 2
