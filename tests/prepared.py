"""Statements that were prepared (`fregat.lib.prepared`), as tests look at them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection

_EXECUTED = re.compile(r"EXECUTE (fregat_\d+) \(")


def last_of(sql: str) -> str:
    """What can be explained: without its preparation, and without what was set before it."""
    found = list(_EXECUTED.finditer(sql))
    return sql[found[-1].start() :] if found else sql


def spelled_out(sql: str) -> str:
    """The statement itself, with `$1` for its arguments."""
    found = _EXECUTED.match(last_of(sql))
    if found is None:
        return sql
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name = %s", [found[1]])
        (text,) = cursor.fetchone()
    return str(text).partition(" AS ")[2]


@pytest.fixture
def unprepared(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Whole statements are sent each time, as behind a pooler."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
