"""Shares, targets and days: plain Python."""

from __future__ import annotations

from datetime import date

import pytest

from cases.figures.rules import BY_CODE, Count, Figure, month_before, month_days, next_month, state, target_on


@pytest.mark.parametrize(
    ("met", "total", "share"), [(0, 0, None), (1, 3, 33.3), (2, 3, 66.6), (1999, 2000, 99.9), (5, 5, 100.0)]
)
def test_a_share_is_rounded_down_so_that_only_all_is_all(met, total, share):
    assert Count(total, met).share == share


@pytest.mark.parametrize(
    ("met", "target", "said"),
    [(95, 95, "met"), (94, 95, "near"), (90, 95, "near"), (89, 95, "missed"), (89, None, "")],
)
def test_how_a_share_stands_to_its_target(met, target, said):
    assert state(BY_CODE["promises"], Count(100, met), target) == said


def test_of_nothing_nothing_is_said():
    assert state(BY_CODE["promises"], Count(), 95) == ""


def test_what_must_never_happen_is_met_by_none():
    never = Figure("x", never=True)
    assert (state(never, Count(), None), state(never, Count(1), None)) == ("met", "missed")


def test_the_target_of_a_day_is_the_latest_from_that_day_or_before():
    sets = [(date(2026, 11, 10), 80), (date(2026, 11, 20), 90)]
    found = [target_on(date(2026, 11, day), sets, 95) for day in (9, 10, 19, 20, 30)]
    assert found == [95, 80, 80, 90, 90]


def test_a_month_ends_with_its_last_day_or_with_today():
    assert len(month_days(date(2026, 2, 1), date(2026, 11, 20))) == 28
    assert month_days(date(2026, 11, 1), date(2026, 11, 2)) == [date(2026, 11, 1), date(2026, 11, 2)]
    assert month_days(date(2026, 12, 1), date(2026, 11, 2)) == []
    assert (next_month(date(2026, 12, 1)), month_before(date(2026, 1, 1))) == (
        date(2027, 1, 1),
        date(2025, 12, 1),
    )
