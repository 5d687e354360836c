"""Rest, hours and nights by the Labour Code (arts. 50, 54, 59, 61, 70): plain rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shifts.roster.rules import (
    RuleKind,
    Span,
    Terms,
    Work,
    broken,
    night_length,
    norm,
    terms_of_law,
    worse,
)

KYIV = ZoneInfo("Europe/Kyiv")


def span(day: int, hour: float, hours: float, kind: str = "day", month: int = 2, year: int = 2027) -> Span:
    """A shift of February 2027, which begins on a Monday; wall times of Kyiv."""
    start = datetime(year, month, day, tzinfo=KYIV) + timedelta(hours=hour)
    return Span(start, start + timedelta(hours=hours), kind)


def days(*wanted: int) -> list[Span]:
    return [span(day, 8, 12) for day in wanted]


def nights(*wanted: int) -> list[Span]:
    return [span(day, 20, 12, "night") for day in wanted]


def kinds(spans: list[Span], **limits: Terms) -> list[str]:
    terms = terms_of_law() | {RuleKind(kind): one for kind, one in limits.items()}
    return [one.kind for one in broken(Work(sorted(spans, key=lambda s: s.starts_at), terms))]


def test_a_day_a_night_and_two_days_off_keep_every_rule():
    assert kinds([*days(1, 5, 9, 13), *nights(2, 6, 10, 14)]) == []


@pytest.mark.parametrize(("hour", "refused"), [(20, True), (43.9, True), (44, False), (60, False)])
def test_the_rest_is_twice_the_shift_before_lunch_included(hour, refused):
    first, second = span(1, 8, 12), span(1, hour, 4)
    assert (kinds([first, second]) == ["rest"]) is refused


def test_the_rest_of_a_short_shift_is_short():
    assert kinds([span(1, 8, 4), span(1, 20, 8)]) == []
    assert kinds([span(1, 8, 4), span(1, 19.5, 8)]) == ["rest"]


def test_two_shifts_in_a_row_are_never_kept():
    fault = broken(Work([span(1, 8, 8), span(1, 16, 8)], terms_of_law()))[0]
    assert (fault.kind, fault.have, fault.need) == ("rest", 0, 16)


def test_the_norm_of_a_month_is_by_its_calendar():
    assert norm(date(2027, 2, 14), 40) == 160
    assert norm(date(2026, 11, 1), 40) == 168


def test_the_hours_of_a_month_are_summed_to_the_norm_and_not_above():
    exact = [span(day, 8, 8) for day in range(1, 27) if datetime(2027, 2, day).weekday() < 5]
    assert sum((one.ends_at - one.starts_at).total_seconds() for one in exact) == 160 * 3600
    assert kinds(exact) == []
    assert kinds([*exact, span(27, 20, 1)]) == ["month_hours"]


def test_a_shift_belongs_to_the_month_in_which_it_begins():
    whole = [span(day, 8, 8) for day in range(1, 27) if datetime(2027, 2, day).weekday() < 5]
    assert kinds([*whole, span(31, 23, 9, "night", month=1)]) == ["rest"]


def test_a_week_has_42_hours_without_a_shift():
    every_day = [span(day, 9, 4) for day in range(1, 8)]
    assert kinds(every_day) == ["week_rest"]
    assert kinds([one for one in every_day if one.starts_at.day != 4]) == []


def test_a_rest_over_the_edge_of_two_weeks_counts_for_the_one_that_holds_its_middle():
    """Sunday evening to Tuesday evening: the second week rests, the first has to rest by itself."""
    first = [span(day, 9, 4) for day in range(1, 7)] + [span(7, 9, 11)]
    second = [span(9, 20, 4), *(span(day, 20, 4) for day in range(10, 15))]
    found = [one for one in broken(Work([*first, *second], terms_of_law())) if one.kind == "week_rest"]
    assert [one.key[1] for one in found] == [date(2027, 2, 1)]


def test_three_nights_in_a_row_and_no_fourth():
    terms = {"rest": Terms(1)}
    assert kinds(nights(1, 2, 3), **terms) == []
    assert kinds(nights(1, 2, 3, 4), **terms) == ["nights_in_a_row"]
    assert kinds([*nights(1, 2), *nights(4, 5)], **terms) == []


def test_night_hours_of_a_month_have_a_limit():
    few = nights(1, 3, 5)
    assert kinds(few, night_hours=Terms(24)) == []
    assert kinds(few, night_hours=Terms(23)) == ["night_hours"]


def test_a_rule_that_is_off_is_not_asked():
    assert kinds([span(1, 8, 12), span(1, 20, 12, "night")], rest=Terms(2, on=False)) == []


@pytest.mark.parametrize(
    ("day", "month", "hours"),
    [(27, 3, 7), (30, 10, 9), (9, 11, 8)],  # clocks go forward, go back, stay (2027)
)
def test_night_hours_are_counted_by_instants(day, month, hours):
    evening = datetime(2027, month, day, 20, tzinfo=KYIV)
    morning = datetime(2027, month, day + 1, 8, tzinfo=KYIV)
    assert night_length(evening, morning) == timedelta(hours=hours)


def test_the_night_after_midnight_is_night_too():
    assert night_length(*(lambda s: (s.starts_at, s.ends_at))(span(1, 0, 24))) == timedelta(hours=8)


def test_only_what_a_change_makes_worse_is_a_fault_of_the_change():
    terms = terms_of_law()
    tight = [span(1, 8, 12), span(2, 8, 12)]
    shorter = [tight[0], span(2, 8, 10)]
    earlier = [tight[0], span(2, 7, 12)]
    assert worse(broken(Work(tight, terms)), broken(Work(shorter, terms))) == []
    assert [one.have for one in worse(broken(Work(tight, terms)), broken(Work(earlier, terms)))] == [11]
