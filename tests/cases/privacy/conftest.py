"""Looks, seals, and the owner of the database, who may do what the program may not."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import StringIO
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from cases.privacy.actions import record_look, seal_log
from staff.employees.models import Employee

Run = Callable[[str], None]


@pytest.fixture(autouse=True)
def numbered_from_one(request: pytest.FixtureRequest) -> None:
    """A test that commits finds numbers used up by tests that were rolled back: they begin anew."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("owner")("ALTER SEQUENCE privacy_accesslog_number RESTART")


@pytest.fixture
def look(operator: Employee) -> Callable[..., UUID]:
    """`look(person, by=operator)`: somebody looks at a person's card; answers whose."""

    def once(person: UUID | None = None, *, by: Employee | None = None, **values: object) -> UUID:
        seen = person or uuid4()
        said = {"kind": "person", "part": "card", "ground": "project", **values}
        record_look(by=by or operator, objects=[seen], **said)  # type: ignore[arg-type]
        return seen

    return once


@pytest.fixture
def sealed(look: Callable[..., UUID]) -> Callable[..., None]:
    """`sealed(4, seals=3)`: so many seals of so many looks each."""

    def make(rows: int = 4, *, seals: int = 3) -> None:
        for _seal in range(seals):
            for _row in range(rows):
                look()
            assert seal_log() == rows

    return make


@pytest.fixture
def owner(db: None) -> Run:
    """`owner(sql)`: the owner of the tables, with the triggers switched off, saved at once."""
    tables = ("privacy_accesslog", "privacy_seal", "privacy_anchor")

    def run(sql: str) -> None:
        link = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"])
        link.autocommit = True
        with link.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql)
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        link.close()

    return run


@pytest.fixture
def verify() -> Callable[..., tuple[int, str]]:
    """`verify("--anchor", file)`: what the command says, and with which code it ends."""

    def run(*arguments: object) -> tuple[int, str]:
        said = StringIO()
        with translation.override("en"):
            try:
                call_command("verify_access_log", *map(str, arguments), stdout=said)
            except SystemExit as ended:
                return int(ended.code or 0), said.getvalue()
        return 0, said.getvalue()

    return run
