"""Real Celery workers on the test's own database, to be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.db import connection

from fregat.embedded import BASE_DIR
from fregat.processes import die_with_parent


@dataclass
class Worker:
    """One Celery program in a process group of its own."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or start it again."""
        base = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "fregat"]
        self.process = subprocess.Popen(
            [*base, *self.command],
            cwd=BASE_DIR,
            env=self.environment | {"PGAPPNAME": self.name},
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """`kill -9`, its pool with it."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


class Crew:
    """Some workers and the beat that wakes them."""

    def __init__(self, size: int, environment: dict[str, str], *, state: Path, beats: int = 1) -> None:
        command = ["worker", "--pool", "prefork", "--concurrency", "1", "--loglevel", "critical",
                   "--without-gossip", "--without-mingle", "--without-heartbeat"]  # fmt: skip
        self.workers = [Worker(f"chaos-{number}", command, environment) for number in range(size)]
        self.beats = [
            Worker(f"beat-{number}", ["beat", "--loglevel", "critical", "--pidfile=", "--schedule",
                                      str(state / f"chaos-beat-{number}")], environment)
            for number in range(beats)
        ]  # fmt: skip

    @property
    def everybody(self) -> list[Worker]:
        """Workers and beats."""
        return [*self.workers, *self.beats]

    @contextmanager
    def at_work(self) -> Iterator[Crew]:
        """While this holds, they run."""
        try:
            for program in self.everybody:
                program.start()
            yield self
        finally:
            for program in self.everybody:
                program.kill()

    def called(self, name: str) -> Worker:
        """The worker of this name."""
        return next(worker for worker in self.workers if worker.name == name)


@contextmanager
def second_connection() -> Iterator[Any]:
    """A connection of the test's own beside Django's, in a transaction when it is used."""
    link = psycopg2.connect(**{k: v for k, v in connection.get_connection_params().items() if k != "cursor_factory"
                               and k != "context"})  # fmt: skip
    try:
        yield link
    finally:
        link.close()


def wait_inside(link: Any, watcher: Any, seconds: float) -> str | None:
    """Wait until a worker stands inside its handover transaction, blocked by `link`; its name, or None.

    Proof, from pg_stat_activity and pg_locks: the backend waits for a lock that `link` holds, its transaction
    is open, and it has already written-locked the table of jobs (it has claimed the job).
    """
    holder = link.info.backend_pid
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with watcher.cursor() as cursor:
            cursor.execute(
                "SELECT a.application_name FROM pg_stat_activity a"
                " WHERE %s = ANY (pg_blocking_pids(a.pid)) AND a.wait_event_type = 'Lock'"
                " AND a.xact_start IS NOT NULL AND a.query LIKE '%%casework_case%%' AND EXISTS ("
                "   SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.granted"
                "   AND l.relation = 'lib_job'::regclass AND l.mode = 'RowShareLock')",
                [holder],
            )
            row = cursor.fetchone()
        watcher.rollback()
        if row:
            return str(row[0])
        time.sleep(0.02)
    return None
