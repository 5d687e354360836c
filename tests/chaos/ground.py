"""Where the faults happen: servers of their own, without demonstration data, and workers to be killed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from tests.chaos.workers import Crew
from tests.live import LiveServices


class Ground(LiveServices):
    """PostgreSQL and Valkey with an empty, migrated database; programs are started by who needs them."""

    def prepare(self) -> Ground:
        """Servers up, tables made, reference data in."""
        self.services.start()
        self.manage("migrate", "-v0")
        return self

    def crew(self, size: int, *, beats: int = 1, **own: str) -> Crew:
        """Workers and beats on these servers; `own`: what stands in their environment besides."""
        environment = {key: value for key, value in self.environment.items() if key != "DATABASE_OWNER_URL"}
        return Crew(size, environment | own, beats=beats, state=self.root)


def patiently(ask: Callable[[], Any], seconds: float = 60) -> Any:
    """Ask the database, again while it is away."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            connection.close()
            close_old_connections()
            time.sleep(0.2)


def until(true: Callable[[], bool], seconds: float, *, every: float = 0.2) -> float:
    """Wait until it is true; seconds waited, or more than `seconds` when it never was."""
    began = time.monotonic()
    while time.monotonic() - began <= seconds:
        if patiently(true):
            return time.monotonic() - began
        time.sleep(every)
    return time.monotonic() - began


@contextmanager
def settled(live: Ground) -> Any:
    """Use the database of these servers by the ORM of this process."""
    with live.orm():
        yield


def cores() -> int:
    """Of this machine."""
    return os.cpu_count() or 1
