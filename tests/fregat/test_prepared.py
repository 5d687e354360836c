"""Statements are prepared once on each connection, and what fails does not stay broken (`fregat.lib.prepared`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fregat.lib.prepared import Statement

pytestmark = pytest.mark.django_db
AT = datetime(2000, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 29, 12, 30, 15, 250_001, tzinfo=UTC)
SQL = "SELECT %s, %s, %s, %s, '100%%', %s = ANY(%s)"
PARAMS = [-7, "word", AT, AT + timedelta(hours=-1, microseconds=3), -7, [-7, 2]]


@pytest.fixture
def statement() -> Statement:
    return Statement("default", SQL, PARAMS, (-7, "word", AT))


def answer(statement: Statement, *values: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor, statement.asked(*values) as (sql, params):
        cursor.execute(sql, params)
        return tuple(cursor.fetchone())


def test_it_is_prepared_once_and_answers_each_time(statement: Statement) -> None:
    with CaptureQueriesContext(connection) as seen:
        for key, word in ((5, "it's 5 %"), (2**40, "ї\\"), (5, "")):
            said = (key, word, NOW, NOW + timedelta(hours=-1, microseconds=3), "100%", True)
            assert answer(statement, key, word, NOW) == said
    first, *later = [one["sql"] for one in seen.captured_queries]
    assert first.startswith("PREPARE ") and len(later) == 2
    assert all(sql.startswith("EXECUTE ") and "unnest" not in sql for sql in later)


def test_behind_a_pooler_the_whole_statement_is_sent(statement: Statement, unprepared: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        said = answer(statement, 5, "x", NOW)
    assert said == (5, "x", NOW, NOW + timedelta(hours=-1, microseconds=3), "100%", True)
    assert seen.captured_queries[0]["sql"].startswith("SELECT 5")


def test_what_failed_before_it_was_prepared_is_prepared_later(statement: Statement) -> None:
    """In a transaction that has failed nothing is prepared; the connection works on."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SAVEPOINT here")
        with pytest.raises(DatabaseError):
            cursor.execute("SELECT 1 / 0")
        answer(statement, 5, "x", NOW)
    assert answer(statement, 6, "y", NOW)[:2] == (6, "y")


def test_what_failed_while_it_was_executed_is_prepared_anew() -> None:
    divided = Statement("default", "SELECT 10 / %s", [-7], (-7,))
    assert answer(divided, 5) == (2,)
    for _twice in range(2):
        with pytest.raises(DatabaseError), transaction.atomic():
            answer(divided, 0)
        assert answer(divided, 5) == (2,)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_again(statement: Statement) -> None:
    assert answer(statement, 5, "x", NOW)[0] == 5
    connection.close()
    assert answer(statement, 6, "x", NOW)[0] == 6


def test_nothing_may_be_there(statement: Statement) -> None:
    """NULL for an argument: an address that is not known."""
    assert answer(Statement("default", "SELECT %s::inet, %s", ["word", -7], ("word", -7)), None, 3) == (
        None,
        3,
    )
