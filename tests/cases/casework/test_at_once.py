"""Several people at the same moment: really at once, in transactions of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from cases.casework import actions
from cases.casework.models import Case
from fregat.lib.errors import Conflict, Stale
from tests.cases.casework.chain import assert_chain

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Every call in a thread with its own connection; refusals are returned like answers."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_numbers_are_given_once_and_without_holes(at_work: Any, facts: Any) -> None:
    cases = at_once([lambda: actions.register_case(by=at_work, facts=facts())] * 6)
    counters = sorted(int(case.number.split("-")[1]) for case in cases)
    assert counters == list(range(counters[0], counters[0] + 6))


def test_one_form_sent_twice_at_once_is_one_case(at_work: Any, facts: Any) -> None:
    token = uuid.uuid4()
    first, second = at_once([lambda: actions.register_case(by=at_work, facts=facts(token=token))] * 2)
    assert first.pk == second.pk
    assert Case.objects.count() == 1


def test_of_several_edits_of_one_version_one_is_saved_and_nothing_is_overwritten(
    at_work: Any, facts: Any
) -> None:
    case = actions.register_case(by=at_work, facts=facts())

    def edit(city: str) -> Callable[[], Any]:
        return lambda: actions.change_case(
            by=at_work, number=case.number, changes={"city": city}, version=case.version
        )

    answers = at_once([edit(f"місто {index}") for index in range(5)])
    saved = [answer for answer in answers if isinstance(answer, Case)]
    assert len(saved) == 1
    assert all(isinstance(answer, Stale) for answer in answers if answer not in saved)
    assert Case.objects.get().city == saved[0].city


def test_two_who_take_one_case_over_leave_a_complete_chain(
    at_work: Any, operator2: Any, senior: Any, on_shift: Any, facts: Any
) -> None:
    case = actions.register_case(by=at_work, facts=facts())
    on_shift(operator2)

    def take(who: Any) -> Callable[[], Any]:
        return lambda: actions.assign_case(by=who, number=case.number, to=who, reason="Беру")

    at_once([take(operator2), take(senior), take(operator2)])
    assert_chain(case)


def test_two_who_acknowledge_at_once_get_one_yes(at_work: Any, senior: Any, head: Any, facts: Any) -> None:
    row = actions.register_case(by=at_work, facts=facts(country="JP")).escalations.get()
    answers = at_once(
        [
            lambda: actions.acknowledge_escalation(by=senior, escalation_id=row.pk),
            lambda: actions.acknowledge_escalation(by=head, escalation_id=row.pk),
            lambda: actions.raise_overdue(escalation_id=row.pk),
        ]
    )
    assert sum(isinstance(answer, Conflict) for answer in answers[:2]) == 1
