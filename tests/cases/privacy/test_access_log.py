"""Every look is written down, and nobody can change what is written (JD II.15, E1)."""

import os
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import ResolverMatch

from cases.privacy.actions import record_look
from cases.privacy.models import AccessLog
from fregat.lib import clock
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db

CHANGES = (
    "UPDATE privacy_accesslog SET username = 'somebody'",
    "DELETE FROM privacy_accesslog",
    "TRUNCATE privacy_accesslog",
    "ALTER TABLE privacy_accesslog DISABLE TRIGGER ALL",
    "DROP TABLE privacy_accesslog",
    "CREATE RULE nothing AS ON INSERT TO privacy_accesslog DO INSTEAD NOTHING",
)


def look(by: Employee, *objects: UUID, **values: object) -> None:
    record_look(
        **{"by": by, "kind": "person", "objects": objects, "part": "card", "ground": "project", **values}
    )  # type: ignore[arg-type]


def test_a_look_says_who_when_from_where_at_whom_and_why(operator: Employee) -> None:
    request = RequestFactory().get("/insured/", REMOTE_ADDR="203.0.113.7")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name="person", namespaces=["insurance"])
    person, now = uuid4(), clock.now()
    look(operator, person, request=request, now=now)
    row = AccessLog.objects.get()
    assert (row.employee, row.username, row.at) == (operator.pk, "operator", now)
    assert (row.address, row.route) == ("203.0.113.7", "insurance:person")
    assert (row.kind, row.objects_seen, row.part, row.ground) == ("person", [person], "card", "project")


def test_a_list_of_many_is_one_row_and_one_statement(
    operator: Employee, django_assert_num_queries: object
) -> None:
    people = [uuid4() for _ in range(20)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        look(operator, *people, people[0])
    assert AccessLog.objects.get().objects_seen == people


def test_nothing_found_is_no_look(operator: Employee) -> None:
    look(operator)
    assert not AccessLog.objects.exists()


def test_a_word_that_is_in_no_list_is_a_fault(operator: Employee) -> None:
    with pytest.raises(ValueError, match="no such word"):
        look(operator, uuid4(), ground="curiosity")


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_cannot_change_the_log(operator: Employee, change: str) -> None:
    look(operator, uuid4())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert AccessLog.objects.get().username == "operator"


@pytest.fixture
def as_owner() -> Iterator[psycopg2.extensions.cursor]:
    """The tables' owner, in a transaction that is always undone."""
    link = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"])
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.rollback()
        link.close()


@pytest.mark.parametrize("change", CHANGES[:3])
def test_not_even_the_owner_changes_it_unawares(as_owner: psycopg2.extensions.cursor, change: str) -> None:
    as_owner.execute(
        "INSERT INTO privacy_accesslog (at, employee, username, kind, objects_seen, part, ground, route)"
        " VALUES (now(), 1, 'operator', 'person', '{}', 'card', 'project', '')"
    )
    with pytest.raises(psycopg2.Error, match="only grows"):
        as_owner.execute(change)


def test_what_cannot_be_written_down_raises(operator: Employee) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        look(operator, uuid4(), reference="x" * 61)
