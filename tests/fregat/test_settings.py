"""The settings: loud when something is missing, strict where it is promised."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from fregat import workplace
from fregat.celery import app
from fregat.embedded import BASE_DIR
from fregat.embedded.folder import Folder
from tests.command import unprivileged


def complaint(**variables: str) -> str:
    """What the settings say when they are read with these variables."""
    done = subprocess.run(
        [sys.executable, "-c", "import fregat.settings"],
        env=os.environ | variables, cwd=BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"])
def test_a_missing_setting_stops_the_program_with_advice(name: str) -> None:
    assert f"{name} is not set. " in complaint(**{name: ""})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "nonsense", "must name a PostgreSQL: postgres://"),
        ("DATABASE_URL", "sqlite:///x.db", "must name a PostgreSQL: postgres://"),
        ("REDIS_URL", "nonsense", "must name a Redis or Valkey: redis://"),
        ("HTTPS", "perhaps", "Use true or false"),
        ("CONN_MAX_AGE", "long", "a whole number of seconds"),
        ("EMAIL_URL", "nonsense", "EMAIL_URL is not understood"),
    ],
)
def test_a_useless_setting_stops_the_program_with_advice(name: str, value: str, said: str) -> None:
    last = complaint(**{name: value})
    assert name in last
    assert said in last


def test_the_owner_without_the_application_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(SystemExit, match="DATABASE_OWNER_URL is set, DATABASE_URL is not"):
        workplace.prepare(["manage.py", "check"])


def test_a_folder_of_another_user_is_refused_with_advice() -> None:
    program = (
        f"from pathlib import Path; from {Folder.__module__} import Folder; Folder(Path('/usr')).check_ours()"
    )
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(BASE_DIR)}, cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "/usr belongs to root, and this is " in done.stderr
    assert "sudo chown -R " in done.stderr


def test_nothing_inline_nothing_evaluated_nothing_from_elsewhere() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert not [source for sources in policy.values() for source in sources if "unsafe" in source]


def test_celery_lives_in_utc_and_counts_intervals() -> None:
    assert (app.conf.timezone, app.conf.enable_utc) == ("UTC", True)
    assert app.conf.beat_schedule
    for entry in app.conf.beat_schedule.values():
        assert isinstance(entry["schedule"], float | timedelta), "crontab falls silent when the clocks change"


@pytest.mark.django_db
def test_utc_inside_kyiv_outside() -> None:
    assert (settings.USE_TZ, settings.TIME_ZONE) == (True, "Europe/Kyiv")
    with connection.cursor() as cursor:
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("UTC",)


def test_the_tests_have_servers_of_their_own() -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        assert "fregat-test-" in os.environ[name]
        assert str(BASE_DIR / "var") not in os.environ[name].replace("%2F", "/")
