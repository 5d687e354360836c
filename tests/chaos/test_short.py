"""The short form of `make chaos` on the test's own database: the same scenarios, small; the shared broker lives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from bench.table import Row, printed
from tests.chaos import clocks, faults
from tests.chaos.centre import Centre, found, staff
from tests.chaos.workers import Crew

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@pytest.fixture
def ground(transactional_db: None) -> Centre:
    """Who may receive; the givers come with each test."""
    return found()


def crew(size: int, state: Path, *, beats: int = 1, **more: str) -> Crew:
    """Workers on this test's database."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    own = {"DATABASE_URL": address, "KEY_PREFIX": f"chaos-{name}:", "REDIS_URL": settings.REDIS_URL}
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    return Crew(size, kept | own | more, beats=beats, state=state)


def hold_to(rows: Iterator[Row], capsys: pytest.CaptureFixture[str]) -> None:
    """Print the table; every bar is met."""
    listed = list(rows)
    with capsys.disabled():
        print("\n" + printed(listed))
    assert [row.name for row in listed if not row.ok] == []


def test_workers_killed_while_shifts_end(ground, tmp_path, capsys):
    centre, several = staff(ground, 24, 4), crew(3, tmp_path)
    with several.at_work():
        hold_to(faults.shift_ends(centre, several, rounds=6, breakers={}), capsys)


def test_the_scheduler_was_away_for_an_hour(ground, tmp_path, capsys):
    hold_to(faults.scheduler_away(staff(ground, 20, 4), crew(2, tmp_path), 60), capsys)


def test_three_schedulers_double_nothing(ground, tmp_path, capsys):
    hold_to(faults.many_schedulers(staff(ground, 20, 4), crew(2, tmp_path, beats=3)), capsys)


def test_the_hour_that_comes_twice_is_lived_in_twice(transactional_db, tmp_path, capsys):
    """The clocks of two workers and the beat go through both half past threes of the autumn night."""
    whole, moved = clocks.NIGHTS["autumn"], clocks.MovedClock(tmp_path)
    ends = {wall: end for wall, end in whole.ends.items() if wall.startswith("03:30")}
    night = replace(whole, ends=ends)
    centre = clocks.people_of(found(night.starts_at + timedelta(hours=2)), night, 1, 1)
    hold_to(clocks.live_through(centre, night, crew(2, tmp_path, **moved.environment()), moved), capsys)
