"""What `make run` promises of its processes, on the real command in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from fregat.embedded import BASE_DIR, Services
from tests.command import Folder, unprivileged
from tests.day.client import Person, wait_for

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.xdist_group("command")]


@pytest.fixture(scope="module")
def folder() -> Iterator[Folder]:
    """One folder for all these tests: a start from nothing is the dearest thing here."""
    folder = Folder()
    yield folder
    folder.remove()


@pytest.fixture(scope="module")
def servers() -> Iterator[Services]:
    """A PostgreSQL and a Valkey that somebody else runs, empty."""
    root = Path(tempfile.mkdtemp(prefix="fregat-servers-"))
    root.chmod(0o755)
    servers = Services(root, durable=False).start()
    yield servers
    servers.stop()
    shutil.rmtree(root, ignore_errors=True)


def test_servers_of_ones_own_replace_the_embedded_ones(folder: Folder, servers: Services) -> None:
    given = servers.environment()
    folder.start(**{name: given[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")})
    assert Person(folder.url, "operator").api("GET", "/cases/").json["results"]
    commands = " ".join(folder.living().values())
    assert "gunicorn" in commands
    assert "postgres" not in commands
    assert "valkey-server" not in commands
    made = {path.name for path in (folder.root / "var").iterdir()}
    assert made.isdisjoint({"postgres", "valkey", "s", "pids.json", "postgres.log", "valkey.log"})
    assert folder.make is not None
    os.killpg(folder.make.pid, signal.SIGINT)
    folder.wait_end()
    assert all(child.poll() is None for child in servers.children.values()), "they are not ours to stop"


@pytest.fixture(scope="module")
def at_home(folder: Folder, servers: Services) -> Folder:
    """The data of those servers moves into the folder, which has servers of its own from now on."""
    servers.stop()
    (folder.root / "var").mkdir(exist_ok=True)
    parts = [servers.root / "postgres", servers.root / "secrets.json"]
    subprocess.run(["cp", "-a", *parts, folder.root / "var"], check=True)
    return folder


@pytest.fixture
def running(at_home: Folder) -> Folder:
    """It runs, on servers of its own."""
    at_home.start()
    return at_home


@pytest.fixture
def at_rest(at_home: Folder) -> Folder:
    """Nothing runs in it."""
    at_home.rest()
    return at_home


def test_a_second_start_says_who_holds_the_folder(running: Folder) -> None:
    code, said = running.said("make", "run", PORT="1")
    assert code != 0
    assert f"{running.root}/var is in use by pid {running.supervisor()} (manage.py run), since 20" in said
    assert Person(running.url, "operator").api("GET", "/employees/me/").status == 200


def test_other_commands_work_beside_it(running: Folder) -> None:
    count = "from staff.employees.models import Employee; print('people:', Employee.objects.count() >= 13)"
    assert "people: True" in running.said(".venv/bin/python", "manage.py", "shell", "-c", count)[1]


class Writer:
    """An operator who writes one note after the other, and keeps those that were answered «saved»."""

    def __init__(self, operator: Person) -> None:
        self.operator = operator
        self.case = operator.api("GET", "/cases/?status=reported").json["results"][0]["number"]
        self.saved: list[str] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    def _write(self) -> None:
        for number in count():
            if self.over.is_set():
                return
            try:
                answer = self.operator.api("POST", f"/cases/{self.case}/notes/", {"text": f"Запис {number}."})
            except OSError:
                continue
            if answer.status == 201:
                self.saved.append(f"Запис {number}.")

    def wait_for(self, more: int) -> None:
        """Wait until so many more are saved."""
        wanted = len(self.saved) + more
        wait_for(lambda: len(self.saved) >= wanted, what=f"{more} more saved notes")

    def lost(self) -> set[str]:
        """Notes that were answered «saved» and are not there."""
        self.over.set()
        self.thread.join(60)
        there = json.dumps(self.operator.api("GET", f"/cases/{self.case}/timeline/").json, ensure_ascii=False)
        return {note for note in self.saved if note not in there}


def test_a_killed_database_comes_back_with_all_that_was_saved(running: Folder) -> None:
    writer = Writer(Person(running.url, "operator"))
    for _ in range(3):
        writer.wait_for(10)
        pid = json.loads((running.root / "var" / "pids.json").read_text())["postgres"]
        os.kill(pid, signal.SIGKILL)
    writer.wait_for(10)
    running.wait_ready()
    assert writer.lost() == set()


def test_a_killed_supervisor_takes_everything_along(running: Folder) -> None:
    assert len(running.living()) > 10
    os.kill(running.supervisor(), signal.SIGKILL)
    running.wait_end(30)


def test_a_command_starts_the_servers_and_stops_them(at_rest: Folder) -> None:
    count = "from cases.casework.models import Case; print('cases:', Case.objects.count() >= 60)"
    assert "cases: True" in at_rest.said(".venv/bin/python", "manage.py", "shell", "-c", count)[1]
    assert at_rest.living() == {}


def test_a_port_in_use_is_named(at_rest: Folder) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", at_rest.port + 1))
        somebody.listen()
        code, said = at_rest.said("make", "run")
    assert code != 0
    assert f"Port {at_rest.port + 1} of 127.0.0.1 cannot be used (Address already in use)." in said
    assert at_rest.living() == {}


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_a_server_that_is_not_there_is_named(at_rest: Folder, name: str) -> None:
    scheme = {"DATABASE_URL": "postgres://me:it@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1/0"}
    code, said = at_rest.said("make", "run", **{name: scheme[name]})
    assert code != 0
    assert f"{name} leads to no " in said
    assert "Traceback" not in said
    assert at_rest.living() == {}


@pytest.fixture(scope="module")
def handed_over(at_home: Folder) -> Folder:
    """From here on the folder is that of a user without rights, when we are root."""
    at_home.rest()
    if unprivileged():
        subprocess.run(["chown", "-R", "nobody", at_home.root], check=True)
        at_home.as_nobody = True
    return at_home


@pytest.mark.parametrize(
    ("sig", "whole_group"), [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGHUP, False)],
    ids=["Ctrl-C", "SIGTERM to make", "SIGHUP to make"],
)  # fmt: skip
def test_a_signal_stops_everything(handed_over: Folder, sig: int, whole_group: bool) -> None:
    handed_over.start()
    assert Person(handed_over.url, "senior").api("GET", "/employees/me/").status == 200
    make = handed_over.make
    assert make is not None
    (os.killpg if whole_group else os.kill)(make.pid, sig)
    handed_over.wait_end()
    assert "does not stop" not in handed_over.output()


def test_the_servers_run_for_a_user_without_rights() -> None:
    root = Path(tempfile.mkdtemp(prefix="fregat-servers-"))
    program = (
        "import os, sys; from pathlib import Path; from fregat.embedded import Services;"
        "s = Services(Path(sys.argv[1])).start(); print(os.geteuid(), s.data, s.user); s.stop()"
    )
    try:
        if unprivileged():
            shutil.chown(root, "nobody")
        done = subprocess.run(
            [*unprivileged(), "env", f"PYTHONPATH={BASE_DIR}", "HOME=/nonexistent",
             f"{BASE_DIR}/.venv/bin/python", "-c", program, str(root)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        uid, data, user = done.stdout.split()
        assert uid != "0"
        assert (data, user) == (f"{root}/postgres", "None")
        assert (root / "postgres" / "PG_VERSION").stat().st_uid == int(uid)
    finally:
        shutil.rmtree(root, ignore_errors=True)
