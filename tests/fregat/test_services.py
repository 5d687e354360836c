"""The servers and roles under the program, and how it says what it lacks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.db.utils import Error

from fregat.embedded import BASE_DIR, Held, Services
from fregat.lib.cache import TolerantCache
from fregat.supervisor import Program, Supervisor, programs


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["TRUNCATE employees_employee CASCADE", "CREATE TABLE mine (x int)", "DROP TABLE employees_employee",
     "ALTER TABLE employees_employee DISABLE TRIGGER ALL"],
)  # fmt: skip
def test_the_applications_role_works_with_rows_and_no_more(statement: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_connects_as_the_superuser() -> None:
    address = os.environ["DATABASE_URL"]
    app = address.split("//")[1].split(":")[0]
    with pytest.raises(psycopg2.OperationalError, match=r"pg_hba\.conf"):
        psycopg2.connect(address.replace(f"//{app}:", "//postgres:"))


@pytest.mark.django_db
def test_ukrainian_is_found_whatever_the_machines_locale() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'Ґалаган' ILIKE '%ґАЛА%', lower('ҐЄ')")
        assert cursor.fetchone() == (True, "ґє")


@pytest.mark.django_db
def test_migrate_without_the_owner_says_what_to_set(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL")
    settings.DATABASE_OWNER_URL = ""
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL is not set"):
        call_command("migrate")


def test_migrate_as_the_application_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"], cwd=BASE_DIR, capture_output=True, text=True, check=False,
        env=os.environ | {"DATABASE_OWNER_URL": os.environ["DATABASE_URL"]},
    )  # fmt: skip
    assert done.returncode == 1
    assert "role fregat may do all that the role of DATABASE_OWNER_URL may" in done.stderr


@pytest.mark.parametrize("port", ["0", "65535", "99999", "http"])
def test_a_port_without_a_neighbour_is_refused(port: str) -> None:
    with pytest.raises(CommandError, match=f"PORT is '{port}': give a number from 1 to 65534"):
        call_command("run", "--port", port)


def test_a_second_start_says_who_holds_the_folder(tmp_path: Path) -> None:
    first = Services(tmp_path)
    first.take()
    with pytest.raises(Held, match=f"pid {os.getpid()} .*since"):
        Services(tmp_path).take()
    first.release()
    Services(tmp_path).take()


def test_the_passwords_are_for_us_alone(tmp_path: Path) -> None:
    Services(tmp_path).secrets()
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_what_dies_is_started_again_and_nothing_is_left_behind() -> None:
    nap = Program("nap", [sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '77'])"])
    boss = Supervisor(None, os.environ, [nap], say=lambda _line: None)
    boss.start()
    assert nap.process
    first = nap.process.pid
    time.sleep(0.5)
    os.kill(first, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while nap.process.pid == first and time.monotonic() < deadline:
        boss.tick()
        time.sleep(0.05)
    assert nap.process.pid != first
    second = nap.process.pid
    boss.stop()
    assert living(first) + living(second) == []


def test_the_worker_yields_the_processor_to_the_pages(tmp_path: Path) -> None:
    boss = Supervisor(None, os.environ, programs("localhost", 8000, state=tmp_path), say=lambda _line: None)
    assert {one.name: one.nice for one in boss.programs} == {"web": 0, "live": 0, "worker": 5, "beat": 0}
    nap = Program("nap", ["sleep", "77"], nice=boss.get("worker").nice)
    boss.programs = [nap]
    boss.start()
    assert nap.process
    try:
        assert os.getpriority(os.PRIO_PROCESS, nap.process.pid) == nap.nice
        shared = Path(f"/proc/{nap.process.pid}/autogroup")
        if shared.exists() and (said := shared.read_text()):
            assert said.endswith(f"nice {nap.nice}\n")
    finally:
        boss.stop()


def living(group: int) -> list[str]:
    """Commands of a process group that still run (what is dead and not yet collected does not)."""
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split(maxsplit=2) for line in listed.splitlines())
    return [row[-1] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]


def test_without_the_broker_the_cache_forgets_but_does_not_fail() -> None:
    cache = TolerantCache("unix:///nowhere/valkey.sock", {})
    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("a", 1)
    assert cache.incr("a") == 1
    assert cache.get_many(["a"]) == {}


def test_an_error_of_the_database_reaches_the_log_without_its_values() -> None:
    import logging

    from fregat.lib.logs import PlainFormatter

    try:
        raise Error('Key (phone)=("+380671234567") already exists')
    except Error:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "GET %s failed", ("/cases/?q=Ґалаган",), sys.exc_info()
        )
    line = PlainFormatter().format(record)
    assert "380671234567" not in line
    assert "Ґалаган" not in line
    assert "django.db.utils.Error" in line
