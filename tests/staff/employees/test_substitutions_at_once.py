"""Two heads at the same moment, really at once: no circle comes of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from fregat.lib import clock
from fregat.lib.errors import Conflict
from staff.employees import actions
from staff.employees.models import Employee, Substitution

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Every call in a thread with its own connection; refusals are returned like answers."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except (Conflict, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_that_would_close_a_circle_one_is_set(
    head: Employee, senior: Employee, senior2: Employee
) -> None:
    now = clock.now()
    period = {"since": now, "until": now + timedelta(days=1)}
    answers = at_once(
        [
            lambda: actions.substitute(by=None, senior=senior, substitute=senior2, **period),
            lambda: actions.substitute(by=None, senior=senior2, substitute=senior, **period),
        ]
    )
    assert Substitution.objects.count() == 1
    assert [type(answer) for answer in answers].count(Conflict) == 1


def test_the_database_alone_sees_to_it_too(head: Employee, senior: Employee, senior2: Employee) -> None:
    now = clock.now()
    period = {"since": now, "until": now + timedelta(days=1)}
    at_once(
        [
            lambda: Substitution.objects.create(senior=senior, substitute=senior2, **period),
            lambda: Substitution.objects.create(senior=senior2, substitute=senior, **period),
        ]
    )
    assert Substitution.objects.count() == 1
