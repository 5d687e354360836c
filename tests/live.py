"""The real program for the tests that need it whole: its own servers, processes and ports.

    def test_something(live_services: LiveServices, page: Page) -> None:
        page.goto(live_services.base_url)

What the fixture gives is shared by a session: a test that breaks something mends it (`restart`).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connection, connections

from fregat.embedded import BASE_DIR, Services
from fregat.supervisor import Supervisor, programs

READY_SECONDS = 300  # a slow machine with everything else at once
SERVERS = ("postgres", "valkey")


class LiveServices:
    """Pages, event stream, worker, beat, PostgreSQL and Valkey as `make run` runs them.

    Names of the parts: `web`, `live`, `worker`, `beat`, `postgres`, `valkey`.
    """

    def __init__(self, **environment: str) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="fregat-live-"))
        self.root.chmod(0o755)
        self.services = Services(self.root)
        self.port = free_ports()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.live_url = f"http://127.0.0.1:{self.port + 1}"
        own = {"KEY_PREFIX": "live:", "DEMO": "true"}
        own |= {"LIVE_ORIGIN": self.live_url, "PAGE_ORIGINS": self.base_url}
        # Only `manage` needs the owner's address, exactly as in `make run`.
        self.environment = os.environ | self.services.environment() | own | environment
        children = {k: v for k, v in self.environment.items() if k != "DATABASE_OWNER_URL"}
        parts = programs("127.0.0.1", self.port, state=self.root)
        self.supervisor = Supervisor(self.services, children, parts, say=lambda _line: None)

    def start(self) -> LiveServices:
        """Bring all of it up with demonstration data. Raises AssertionError when it does not come."""
        self.services.start()
        self.manage("migrate", "-v0")
        self.supervisor.start()
        self.manage("seed")
        self.wait_ready()
        return self

    def stop(self) -> None:
        """Stop all of it and remove its folder."""
        self.supervisor.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    # --- breaking and mending -----------------------------------------------------------------
    def pid(self, name: str) -> int:
        """The process id of a part (of a worker's or web server's main process)."""
        process = self.services.children[name] if name in SERVERS else self.supervisor.get(name).process
        assert process is not None, f"{name} does not run"
        return process.pid

    def kill(self, name: str, sig: int = signal.SIGKILL) -> None:
        """Send a signal to a part, its pool included, and wait until it is gone. Nobody restarts it."""
        pid = self.pid(name)
        if sig == signal.SIGKILL and name not in SERVERS:
            os.killpg(pid, sig)
        else:
            os.kill(pid, sig)
        if sig in {signal.SIGKILL, signal.SIGTERM, signal.SIGINT}:
            process = self.services.children[name] if name in SERVERS else self.supervisor.get(name).process
            assert process is not None
            process.wait(30)

    def restart(self, name: str) -> None:
        """Start a part that was killed."""
        if name in SERVERS:
            self.services.revive()
        else:
            self.supervisor.start(name)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While this holds, what dies is started again, as `make run` does."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.1):
                self.supervisor.tick()

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(30)

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until /readyz says yes. Raises AssertionError with its last answer."""
        deadline, last = time.monotonic() + seconds, "no answer"
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.base_url}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except urllib.error.HTTPError as error:
                last = error.read().decode(errors="replace")
            except OSError as error:
                last = str(error)
            time.sleep(0.1)
        raise AssertionError(f"not ready after {seconds} s: {last}")

    @staticmethod
    def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
        """Wait for something to become true. Raises AssertionError when it does not."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, f"did not happen within {seconds} s"
            time.sleep(0.1)

    # --- reaching in ----------------------------------------------------------------------------
    def manage(self, *arguments: str) -> str:
        """Run `manage.py …` against these servers; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *arguments],
            env=self.environment,
            cwd=BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {arguments}: {done.stderr[-3000:]}"
        return done.stdout

    @contextmanager
    def orm(self) -> Iterator[None]:
        """While this holds, the ORM of the test reads and writes the live database."""
        before: dict[str, Any] = dict(connection.settings_dict)
        there = dj_database_url.parse(self.environment["DATABASE_URL"])
        kept = {key: there[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        connections.close_all()
        connection.settings_dict.update(kept)
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict.update(before)


def free_ports() -> int:
    """A port whose neighbour is free too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
