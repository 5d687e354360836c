"""Nights on which the clocks go back or forward (B3, B6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from shifts.roster import rules
from shifts.roster.actions import plan_shift, recompute
from shifts.roster.forms import ShiftForm
from tests.shifts.conftest import shift

KYIV = ZoneInfo("Europe/Kyiv")
AUTUMN = datetime(2026, 10, 24, 20, 0, tzinfo=KYIV)
SPRING = datetime(2027, 3, 27, 20, 0, tzinfo=KYIV)


def next_morning(evening: datetime) -> datetime:
    return datetime(evening.year, evening.month, evening.day + 1, 8, 0, tzinfo=KYIV)


@pytest.mark.parametrize(("evening", "hours"), [(AUTUMN, 13), (SPRING, 11)])
def test_the_night_from_20_to_8_has_its_true_length(evening, hours):
    assert rules.length(evening, next_morning(evening)) == timedelta(hours=hours)


@pytest.mark.parametrize("evening", [AUTUMN, SPRING])
def test_the_check_is_due_twenty_true_minutes_before_the_end(evening):
    end = next_morning(evening)
    assert rules.check_at(end) == datetime(end.year, end.month, end.day, 7, 40, tzinfo=KYIV)


@given(
    st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26))
    | st.datetimes(datetime(2027, 3, 27), datetime(2027, 3, 29))
)
def test_the_check_is_twenty_minutes_before_any_end_whatever_the_clocks_do(moment):
    end = moment.replace(tzinfo=UTC).astimezone(KYIV)
    assert end.astimezone(UTC) - rules.check_at(end) == timedelta(minutes=20)


@given(
    st.sampled_from(
        [date(2026, 10, 24), date(2026, 10, 25), date(2027, 3, 27), date(2027, 3, 28), date(2027, 1, 5)]
    ),
    st.times(),
)
def test_every_reading_of_a_wall_clock_shows_that_time(day, at):
    local = datetime.combine(day, at).strftime(rules.WALL)
    found = rules.readings(local, "Europe/Kyiv")
    assert len(found) <= 2
    assert all(rules.wall(moment, "Europe/Kyiv") == local for moment in found)
    assert len(found) == 1 or day in {date(2026, 10, 25), date(2027, 3, 28)}


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(
        lambda at: at.replace(tzinfo=UTC, second=0, microsecond=0)
    )
)
def test_a_planned_instant_is_found_again_from_its_wall_time(moment):
    assert rules.recomputed(rules.wall(moment, "Europe/Kyiv"), "Europe/Kyiv", moment) == moment


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_days_follow_each_other_without_a_gap(day):
    start, end = rules.day_span(day, "Europe/Kyiv")
    assert rules.day_span(day + timedelta(days=1), "Europe/Kyiv")[0] == end
    assert timedelta(hours=23) <= end - start <= timedelta(hours=25)


def typed(**values) -> ShiftForm:
    query = QueryDict(mutable=True)
    query.update({"employee": "operator", "kind": "night", **values})
    return ShiftForm(query, people=[])


def faults(form: ShiftForm) -> set[str]:
    return set(form.errors) - {"employee"}


def test_a_time_that_comes_twice_is_asked_about():
    once = {"day": "2026-10-24", "starts": "20:00", "ends": "03:30"}
    form = typed(**once)
    assert faults(form) == {"ends_reading"}
    assert form.asks == {"ends_reading"}
    ends = [typed(**once, ends_reading=choice) for choice in ("first", "second")]
    assert [faults(form) for form in ends] == [set(), set()]
    first, second = (form.cleaned_data["ends_at"] for form in ends)
    assert second - first == timedelta(hours=1)


def test_a_time_that_does_not_come_is_refused_with_a_sentence():
    assert faults(typed(day="2027-03-27", starts="20:00", ends="03:30")) == {"ends"}


def test_wall_times_are_kept_beside_the_instants(operator):
    row = plan_shift(
        by=None, employee=operator, starts_at=AUTUMN, ends_at=next_morning(AUTUMN), kind="night",
        now=AUTUMN.astimezone(UTC),
    )  # fmt: skip
    assert (row.local_start, row.local_end, row.zone) == (
        "2026-10-24T20:00",
        "2026-10-25T08:00",
        "Europe/Kyiv",
    )
    assert row.ends_at - row.starts_at == timedelta(hours=13)


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def moved_zone(hours: int, *shifts) -> None:
    """As if the zone had stood so many hours further west when the shifts were planned."""
    for one in shifts:
        type(one).objects.filter(pk=one.pk).update(
            local_start=rules.wall(one.starts_at + timedelta(hours=hours), one.zone),
            local_end=rules.wall(one.ends_at + timedelta(hours=hours), one.zone),
        )


def test_when_a_zones_rules_change_future_shifts_keep_their_wall_times(operator):
    row, after = shift(operator, 24, 36, at=NOW), shift(operator, 36, 40, at=NOW)
    moved_zone(1, row, after)
    assert recompute(now=NOW) == [row, after]
    before = row.starts_at
    row.refresh_from_db()
    assert row.starts_at - before == timedelta(hours=1)
    assert row.version == 2
    assert recompute(now=NOW) == []


@pytest.mark.parametrize("hours", [1, -1])
def test_a_running_shift_ends_by_the_clock_on_the_wall_and_its_neighbour_makes_room(operator, hours):
    running, after = shift(operator, -2, 6, at=NOW), shift(operator, 6, 10, at=NOW)
    moved_zone(hours, running, after)
    assert recompute(now=NOW) == [running, after]
    began, ended = running.starts_at, running.ends_at
    running.refresh_from_db()
    after.refresh_from_db()
    assert running.starts_at == began
    assert running.ends_at - ended == timedelta(hours=hours)
    assert after.starts_at == running.ends_at


def test_a_shift_cut_off_in_the_middle_of_a_minute_stays_so(operator):
    running = shift(operator, -2, 6.001, at=NOW)
    assert recompute(now=NOW) == []
    assert running.ends_at.second


def test_a_running_shift_whose_end_has_passed_by_the_new_rules_ends_in_a_minute(operator):
    running = shift(operator, -8, 0.5, at=NOW)
    moved_zone(-1, running)
    recompute(now=NOW)
    running.refresh_from_db()
    assert running.ends_at == NOW + timedelta(minutes=1)


def test_the_command_for_it_says_how_many_moved(operator, capsys):
    from django.core.management import call_command

    call_command("recompute_shifts")
    assert "0 shifts moved" in capsys.readouterr().out
