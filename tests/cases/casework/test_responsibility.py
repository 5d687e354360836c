"""Who answers for a case: never nobody, never two, no gap (B5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from cases.casework import actions, selectors
from cases.casework.models import Case, Responsibility
from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.casework.chain import assert_chain
from tests.cast import give_order

pytestmark = pytest.mark.django_db


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_colleague_takes_a_case_over_with_a_reason(register: Any, operator2: Any, on_shift: Any) -> None:
    case = register()
    on_shift(operator2)
    with pytest.raises(Invalid):
        actions.assign_case(by=operator2, number=case.number, to=operator2, reason="")
    taken = actions.assign_case(by=operator2, number=case.number, to=operator2, reason="Олена на іншій лінії")
    assert taken.responsible == operator2
    chain = list(selectors.responsibility_chain(taken))
    assert [row.reason for row in chain] == ["registered", "taken_over"]
    assert_chain(taken)


def test_only_a_leader_gives_a_case_to_another(
    register: Any, at_work: Any, operator2: Any, senior: Any, on_shift: Any
) -> None:
    case = register()
    on_shift(operator2)
    with pytest.raises(NotAllowed):
        actions.assign_case(by=at_work, number=case.number, to=operator2, reason="Прошу")
    assert (
        actions.assign_case(by=senior, number=case.number, to=operator2, reason="Розвантажую").responsible
        == operator2
    )


def test_whoever_is_off_shift_or_of_another_project_cannot_answer(
    register: Any, operator2: Any, stranger: Any, senior: Any, on_shift: Any
) -> None:
    case = register()
    with pytest.raises(Conflict) as refused:
        actions.assign_case(by=senior, number=case.number, to=operator2, reason="Розвантажую")
    assert refused.value.code == "off_shift"
    on_shift(stranger)
    with pytest.raises(Conflict) as refused:
        actions.assign_case(by=senior, number=case.number, to=stranger, reason="Розвантажую")
    assert refused.value.code == "not_of_project"


def test_a_stranger_cannot_take_what_does_not_exist_for_them(
    register: Any, stranger: Any, on_shift: Any
) -> None:
    case = register()
    on_shift(stranger)
    with pytest.raises(NotFound):
        actions.assign_case(by=stranger, number=case.number, to=stranger, reason="Візьму")


def test_a_clock_that_went_back_makes_no_empty_link(register: Any, operator2: Any, on_shift: Any) -> None:
    case = register()
    on_shift(operator2)
    with transaction.atomic():
        actions.pass_case(case=case, to=operator2, reason="assigned", now=case.opened_at - timedelta(hours=1))
        check_now()
    assert_chain(case)


def test_a_dismissed_operators_open_cases_go_to_the_senior_manager_on_duty(
    register: Any, at_work: Any, senior: Any, head: Any
) -> None:

    still_open, later = register(), register()
    actions.move_case(by=at_work, number=later.number, to="assisted")
    give_order("dismissal", at_work)
    for case in (still_open, later):
        case.refresh_from_db()
        assert case.responsible == senior
        assert_chain(case)


def test_the_database_refuses_nobody(register: Any) -> None:
    case = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.filter(case=case).update(until=clock.now() + timedelta(seconds=1))
        check_now()


def test_the_database_refuses_two(register: Any, operator2: Any) -> None:
    case = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(case=case, employee=operator2, since=clock.now(), reason="assigned")


def test_the_database_refuses_a_gap(register: Any, operator2: Any) -> None:
    case = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        now = clock.now() + timedelta(seconds=1)
        Responsibility.objects.filter(case=case).update(until=now)
        Responsibility.objects.create(
            case=case, employee=operator2, since=now + timedelta(seconds=1), reason="assigned"
        )
        Case.objects.filter(pk=case.pk).update(responsible=operator2)
        check_now()


def test_the_database_refuses_a_chain_that_says_another_than_the_case(register: Any, operator2: Any) -> None:
    case = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(responsible=operator2)
        check_now()


def test_the_database_refuses_a_chain_that_begins_late_and_a_deleted_link(register: Any) -> None:
    case = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.filter(case=case).update(since=case.opened_at + timedelta(seconds=1))
        check_now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.filter(case=case).delete()
        check_now()
