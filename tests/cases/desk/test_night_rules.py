"""What can wait until 08:00 there, and who is alone: plain rules."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.desk.rules import AT_ONCE, RISKS, cannot_wait, is_alone, is_night, until_morning

ZONES = (
    "Europe/Kyiv",
    "Asia/Tokyo",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES)
)
def test_morning_is_the_next_eight_on_the_clock_there(now: datetime, zone: str) -> None:
    morning = until_morning(now, ZoneInfo(zone))
    assert morning.astimezone(ZoneInfo(zone)).time() == time(8)
    assert timedelta(0) < morning - now <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 3, 28, 20, tzinfo=UTC), 9),  # 22:00 in Kyiv; the clock goes forward at 03:00
        (datetime(2026, 10, 24, 19, tzinfo=UTC), 11),  # 22:00 in Kyiv; the clock goes back at 04:00
        (datetime(2026, 11, 28, 20, tzinfo=UTC), 10),
        (datetime(2026, 11, 29, 6, tzinfo=UTC), 24),  # 08:00 sharp: the next one
    ],
)
def test_a_night_is_as_long_as_it_really_is(now: datetime, hours: int) -> None:
    assert until_morning(now, ZoneInfo("Europe/Kyiv")) - now == timedelta(hours=hours)


def test_dangers_grave_help_and_what_is_due_before_morning_cannot_wait() -> None:
    morning = datetime(2026, 11, 29, 6, tzinfo=UTC)
    assert all(cannot_wait([code], (), None, morning) for code in AT_ONCE)
    assert cannot_wait((), {"hospital"}, None, morning)
    assert cannot_wait((), (), morning - timedelta(minutes=1), morning)
    assert not cannot_wait(["quiet", "provisional"], {"visit"}, morning, morning)
    assert {risk.code for risk in RISKS} >= AT_ONCE


@pytest.mark.parametrize(
    ("hour", "night"), [(time(21, 59), False), (time(22), True), (time(3), True), (time(7, 59), True), (time(8), False)]
)  # fmt: skip
def test_night_is_from_ten_to_eight(hour: time, night: bool) -> None:
    assert is_night(hour) is night


def test_alone_is_who_has_nobody_else_or_at_night_a_project_of_their_own() -> None:
    assert is_alone({"a"}, [], night=False)
    assert is_alone({"a", "b"}, [{"a"}], night=True)
    assert not is_alone({"a", "b"}, [{"a"}], night=False)
    assert not is_alone({"a", "b"}, [{"a"}, {"b"}], night=True)
