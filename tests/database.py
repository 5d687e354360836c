"""The tests' databases: made and migrated by the owner, used by the application's role.

A template is migrated once per worker. A test that really commits (`transaction=True`) leaves
traces and is followed by a fresh copy of the template, so that rows the migrations seeded are
there again; the application's role could not truncate, and must not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections


class TestDatabase:
    """One worker's template and its working copy.

    Arguments: `name` the working copy's name; the template is called `<name>_template`.
    """

    __test__ = False

    def __init__(self, name: str) -> None:
        self.name, self.template = name, f"{name}_template"

    def create(self) -> None:
        """Make and migrate the template, then the working copy, and point Django at it."""
        with self._owner() as run:
            run(f'CREATE DATABASE "{self.template}"')
        self._point_at(self.template)
        call_command("migrate", verbosity=0, interactive=False)
        self._point_at(self.name)
        self.renew()

    def renew(self) -> None:
        """Throw the working copy away and copy the template again."""
        connections.close_all()
        with self._owner() as run:
            run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}" STRATEGY FILE_COPY')

    def drop(self) -> None:
        """Remove both."""
        connections.close_all()
        with self._owner() as run:
            for name in (self.name, self.template):
                run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @staticmethod
    def _point_at(name: str) -> None:
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = name
        connection.settings_dict["NAME"] = name

    @contextmanager
    def _owner(self) -> Iterator[Any]:
        """A `run(statement)` as the owner, outside any transaction."""
        link = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
        try:
            link.autocommit = True
            with link.cursor() as cursor:
                yield cursor.execute
        finally:
            link.close()
