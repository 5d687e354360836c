"""Queries whose SQL is built once answer like those that are built anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from fregat.lib import clock
from fregat.lib.frozen import frozen
from shifts.roster.models import Shift
from staff.employees.models import Employee
from tests.builders import make_shift

pytestmark = pytest.mark.django_db


def shifts_around(employee: int, other: int, now: datetime, *, leading: bool = False) -> QuerySet[Shift]:
    rows = Shift.objects.filter(
        employee__in=[employee, other], starts_at__lte=now + timedelta(hours=2), ends_at__gt=now
    ).select_related("employee")
    return rows.filter(leads=True) if leading else rows.order_by("-starts_at")


asked = frozen(shifts_around)


@pytest.fixture
def now(operator: Employee, operator2: Employee, senior: Employee) -> datetime:
    now = clock.now()
    for hours in (-30, -3, 9):
        for one in (operator, operator2, senior):
            start = now + timedelta(hours=hours, minutes=one.pk % 7)
            make_shift(one, start, start + timedelta(hours=8))
    return now


def test_it_answers_like_the_query_itself(
    operator: Employee, operator2: Employee, senior: Employee, now: datetime
) -> None:
    for first in (operator, operator2, senior):
        for second in (operator, senior):
            for at in (now, now - timedelta(hours=28), now + timedelta(hours=8), now + timedelta(days=300)):
                for leading in (False, True):
                    given = (first.pk, second.pk, at)
                    assert asked(*given, leading=leading) == list(shifts_around(*given, leading=leading))


def test_rows_that_are_referred_to_are_read_with_them(
    operator: Employee, now: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert [row.employee.last_name for row in asked(operator.pk, operator.pk, now)]


def test_the_sql_is_built_once(operator: Employee, senior: Employee, now: datetime) -> None:
    mine = frozen(shifts_around)
    with patch.object(SQLCompiler, "as_sql", autospec=True, side_effect=SQLCompiler.as_sql) as built:
        mine(operator.pk, senior.pk, now)
        first = built.call_count
        mine(senior.pk, operator.pk, now + timedelta(hours=1))
        assert (first, built.call_count) == (1, 1)


def test_another_thread_asks_on_its_own_connection(operator: Employee, now: datetime) -> None:
    asked(operator.pk, operator.pk, now)

    def elsewhere() -> list[Shift]:
        try:
            return asked(operator.pk, operator.pk, now)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result() == [], "what this test wrote is not committed"


def test_annotations_and_fields_left_out_come_along(operator: Employee, now: datetime) -> None:
    @frozen
    def people(key: int) -> QuerySet[Any]:
        busy = Exists(Shift.objects.filter(employee=OuterRef("pk")))
        return Employee.objects.filter(pk=key).annotate(busy=busy).only("last_name")

    (found,) = people(operator.pk)
    assert found.busy is True and found.last_name == operator.last_name
    assert "password" in found.get_deferred_fields()


def test_a_moment_of_its_own_is_a_fault_and_not_an_answer() -> None:
    @frozen
    def none_given(key: int) -> QuerySet[Shift]:
        return Shift.objects.filter(employee=key, starts_at__gt=clock.now())

    @frozen
    def another(key: int, now: datetime) -> QuerySet[Shift]:
        return Shift.objects.filter(employee=key, starts_at__gt=now, ends_at__lt=clock.now())

    with pytest.raises(TypeError):
        none_given(1)
    with pytest.raises(TypeError):
        another(1, clock.now())


def test_what_is_never_there_and_keys_that_nobody_has(operator: Employee, now: datetime) -> None:
    @frozen
    def nothing(key: int) -> QuerySet[Shift]:
        return Shift.objects.none().filter(employee=key)

    assert nothing(operator.pk) == [] == asked(2**70, 2**70, now)
