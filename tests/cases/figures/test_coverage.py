"""Quarter-hours that are over: how many people each needed, how many were there (F5, JD II.11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.figures import actions, rules, selectors
from cases.figures.models import WatchedQuarter
from cases.figures.rules import Count
from fregat.lib import clock, jobs
from fregat.lib.errors import NotFound
from fregat.lib.models import Job
from shifts.breaks.models import Break
from tests.builders import make_shift
from tests.cases.figures.conftest import MINUTE, NOW, at

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def kept(day, hour, minute=0):
    row = WatchedQuarter.objects.get(starts_at=at(day, hour, minute))
    return row.needed, row.there


def test_who_was_there_is_counted_in_the_middle_of_the_quarter_hour(worked, operator, doctor):
    worked(operator, 12)
    shift = worked(operator, 19, late=20)
    worked(doctor, 19)
    Break.objects.create(
        shift=shift, kind="lunch", state="over", asked_for=at(19, 13), starts_at=at(19, 13), ends_at=at(19, 13, 30),
        asked_at=at(19, 9), begun_at=at(19, 13), ended_at=at(19, 13, 20),
    )  # fmt: skip
    actions.keep_quarters(now=NOW)
    assert [kept(19, 8)[1], kept(19, 8, 15)[1], kept(19, 8, 30)[1]] == [1, 2, 2]
    assert [kept(19, 12, 45)[1], kept(19, 13)[1], kept(19, 13, 15)[1], kept(19, 13, 30)[1]] == [2, 1, 2, 2]
    assert kept(19, 7, 45)[1] == kept(19, 20)[1] == 0
    assert all(row.needed >= 1 for row in WatchedQuarter.objects.all())


def test_before_anybody_began_a_shift_there_is_nothing_to_keep(worked, operator):
    worked(operator, 19, late=None)
    assert actions.keep_quarters(now=NOW) == 0
    worked(operator, 20)
    assert actions.keep_quarters(now=NOW) == 4 * 4  # since eight
    assert kept(20, 8) == (1, 1)


def test_a_quarter_hour_is_kept_once_and_none_is_forgotten(worked, operator):
    worked(operator, 12), worked(operator, 19)
    assert actions.keep_quarters(now=NOW) == 2 * 96
    assert actions.keep_quarters(now=NOW + 14 * MINUTE) == 0
    assert actions.keep_quarters(now=NOW + 46 * MINUTE) == 3
    before = kept(19, 10)
    worked(operator, 18)
    assert actions.keep_quarters(now=NOW + timedelta(hours=5)) == 17
    assert kept(19, 10) == before
    assert actions.keep_quarters(now=NOW + timedelta(days=30)) == 2 * 96


def test_it_costs_the_same_for_an_hour_and_for_two_days(worked, operator):
    worked(operator, 12), worked(operator, 19)
    with CaptureQueriesContext(connection) as two_days:
        actions.keep_quarters(now=NOW)
    with CaptureQueriesContext(connection) as an_hour:
        actions.keep_quarters(now=NOW + timedelta(hours=1))
    assert len(an_hour) == len(two_days) <= 11
    with CaptureQueriesContext(connection) as nothing:
        actions.keep_quarters(now=NOW + timedelta(hours=1))
    assert len(nothing) <= 6  # with the four of the transaction


@pytest.mark.parametrize(
    ("day", "month", "quarters"), [(27, 3, 92), (24, 10, 100), (19, 11, 96)]
)  # from noon to noon over the nights of the clocks
def test_every_quarter_hour_of_true_time_is_there(day, month, quarters):
    first = NOW.replace(year=2027 if month == 3 else 2026, month=month, day=day)
    found = rules.quarters_over(first, first.replace(day=day + 1))
    assert len(found) == quarters and len(set(found)) == quarters


def test_the_figure_is_the_centres_and_opens_its_quarter_hours(
    page, head, director, senior, worked, operator
):
    for minute, needed, there in ((0, 2, 2), (15, 2, 1), (30, 1, 4)):
        WatchedQuarter.objects.create(starts_at=at(5, 10, minute), needed=needed, there=there)
    for user in (head, director):
        assert selectors.figure_page(user, "coverage", NOVEMBER, NOW).line.of_month == Count(3, 2)
    with pytest.raises(NotFound):
        selectors.figure_page(senior, "coverage", NOVEMBER, NOW)
    with pytest.raises(NotFound):
        selectors.figure_page(head, "coverage", NOVEMBER, NOW, senior.username)
    assert "coverage" not in {line.figure.code for line in selectors.overview(senior, NOVEMBER, NOW)}
    rows = selectors.made_of(head, "coverage", date(2026, 11, 5), NOW).rows
    assert [(row.needed, row.there, row.met) for row in rows] == [(2, 1, False), (2, 2, True), (1, 4, True)]
    text = page(head).get("/figures/coverage/?day=2026-11-05").content.decode()
    assert "10:15" in text and "не вдалося" in text


def test_the_clock_keeps_them(operator):
    now = clock.now()
    make_shift(
        operator, now - timedelta(hours=3), now + timedelta(hours=3), begun_at=now - timedelta(hours=3)
    )
    jobs.sweep()
    assert 12 <= WatchedQuarter.objects.count() <= 13
    assert Job.objects.filter(kind="quarters", done_at=None).exists()
