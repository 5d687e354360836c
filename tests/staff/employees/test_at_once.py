"""Two people at the same moment, really at once: no circle comes of it, and no save is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.signals import user_logged_in
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection
from django.test import Client

from fregat.lib import clock
from fregat.lib.errors import Conflict, Stale
from fregat.lib.models import Notice
from staff.employees import actions
from staff.employees.models import Employee, SecurityEvent, Substitution
from tests.cast import PASSWORD, with_password

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


def test_of_two_saves_of_one_version_one_is_kept_and_the_other_sees_both(
    head: Employee, operator: Employee
) -> None:
    read = operator.version

    def save(extension: str) -> Callable[[], Any]:
        changes = {"extension": extension}
        return lambda: actions.change_work(by=head, employee=operator, changes=changes, version=read)

    answers = at_once([save("101"), save("102"), save("103")])
    stale = [answer for answer in answers if isinstance(answer, Stale)]
    kept = Employee.objects.get(pk=operator.pk).extension
    assert len(stale) == 2 and kept in {"101", "102", "103"}
    assert all(list(one.theirs.values()) == [kept] for one in stale)


def test_two_sign_ins_and_the_sweep_in_one_moment_tell_of_a_second_place_once(
    operator: Employee, senior: Employee
) -> None:
    with_password(operator)
    given = {"login": operator.username, "password": PASSWORD}

    def sign_in() -> int:
        return Client().post("/accounts/login/", given).status_code

    answers = at_once([sign_in, sign_in, *[actions.note_second_places] * 3])
    assert answers[:2] == [302, 302]
    actions.note_second_places()
    assert SecurityEvent.objects.filter(kind="second_place").count() == 1
    assert Notice.objects.filter(employee=senior, kind="second_place_of").count() == 1


def test_a_sign_in_is_not_taken_off_the_list_by_another_of_the_same_moment(operator: Employee) -> None:
    with_password(operator)
    seen: list[int] = []

    def the_other_cleans_up(**_signal: Any) -> None:
        seen.append(len(at_once([lambda: UserSession.objects.purge_and_list(operator)])[0]))

    user_logged_in.connect(the_other_cleans_up)
    try:
        Client().post("/accounts/login/", {"login": operator.username, "password": PASSWORD})
    finally:
        user_logged_in.disconnect(the_other_cleans_up)
    assert seen == [1]
    assert UserSession.objects.filter(user=operator).count() == 1
