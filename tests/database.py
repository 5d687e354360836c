"""The tests' databases: made and migrated by the owner, used by the application's role.

One template is migrated; every worker works on a copy. A test that really commits
(`transaction=True`) leaves traces and is followed by a fresh copy of the template, so that rows the
migrations seeded are there again; the application's role could not truncate, and must not.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.errors

TEMPLATE = "test_template"
TRIES = 5
"""PostgreSQL waits five seconds for the connections it ends: too short on a machine that does much else."""


@contextmanager
def as_owner() -> Iterator[Callable[[str], Any]]:
    """A `run(statement)` as the owner, outside any transaction; answers rows when there are any."""
    link = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    try:
        link.autocommit = True
        with link.cursor() as cursor:

            def run(statement: str) -> Any:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else None

            yield run
    finally:
        link.close()


def patiently(statement: str) -> None:
    """A statement that demands a database without connections; tried again while some are still ending."""
    for left in reversed(range(TRIES)):
        try:
            with as_owner() as run:
                run(statement)
            return
        except psycopg2.errors.ObjectInUse:
            if not left:
                raise
            time.sleep(1)


def has_template() -> bool:
    """Whether the template is migrated."""
    with as_owner() as run:
        return bool(run(f"SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"))


class TestDatabase:
    """One worker's working copy of the template."""

    __test__ = False

    def __init__(self, name: str) -> None:
        self.name = name

    def create(self) -> None:
        """Migrate the template unless it is there, copy it, and point Django at the copy."""
        from fregat.management.commands.run import migrate_if_needed

        with (Path(os.environ["FREGAT_TEST_SERVICES"]) / "template.lock").open("w") as one_at_a_time:
            fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
            if not has_template():
                part = f"{TEMPLATE}_part"
                with as_owner() as run:
                    run(f"DROP DATABASE IF EXISTS {part} WITH (FORCE)")
                    run(f"CREATE DATABASE {part}")
                self._point_at(part)
                migrate_if_needed()
                self._point_at(self.name)
                with as_owner() as run:
                    run(f"ALTER DATABASE {part} RENAME TO {TEMPLATE}")
        self._point_at(self.name)
        self.renew()

    def renew(self) -> None:
        """Throw the working copy away and copy the template again."""
        self.drop()
        patiently(f'CREATE DATABASE "{self.name}" TEMPLATE {TEMPLATE} STRATEGY FILE_COPY')

    def drop(self) -> None:
        """Remove the working copy."""
        self._close()
        patiently(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    @staticmethod
    def _close() -> None:
        from django.db import connections

        connections.close_all()

    def _point_at(self, name: str) -> None:
        from django.conf import settings
        from django.db import connection

        self._close()
        settings.DATABASES["default"]["NAME"] = name
        connection.settings_dict["NAME"] = name
