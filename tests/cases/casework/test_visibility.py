"""Who knows of which case (design: security)."""

from __future__ import annotations

from typing import Any

import pytest

from cases.casework import selectors
from cases.casework.models import Case
from fregat.lib import clock
from fregat.lib.errors import NotAllowed, NotFound
from tests.cast import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(operator: Any, policy: Any, person: Any) -> Case:
    row: Case = make_case(operator, policy=policy, person=person)
    return row


def sees(user: Any, case: Case) -> bool:
    return Case.objects.visible_to(user, clock.now()).filter(pk=case.pk).exists()


def test_an_operator_and_a_doctor_see_their_project_on_shift_only(
    case: Case, operator: Any, doctor: Any, on_shift: Any
) -> None:
    for employee in (operator, doctor):
        assert not sees(employee, case)
        on_shift(employee)
        assert sees(employee, case)


def test_a_stranger_sees_nothing(case: Case, stranger: Any, on_shift: Any) -> None:
    on_shift(stranger)
    assert not sees(stranger, case)
    with pytest.raises(NotFound):
        selectors.get_case(stranger, case.number, now=clock.now())


def test_the_senior_manager_the_head_and_the_client_manager_see_it_at_any_time(
    case: Case, senior: Any, head: Any, client: Any
) -> None:
    assert all(sees(user, case) for user in (senior, head, client))


def test_the_director_other_departments_and_the_administrator_do_not(
    case: Case, director: Any, quality: Any, officer: Any, admin_: Any
) -> None:
    assert not any(sees(user, case) for user in (director, quality, officer, admin_))


def test_another_senior_manager_sees_it_while_they_lead_the_shift(
    case: Case, operator: Any, senior2: Any, on_shift: Any
) -> None:
    on_shift(operator)
    assert not sees(senior2, case)
    on_shift(senior2, leads=True)
    assert sees(senior2, case)


def test_a_case_told_to_somebody_is_seen_by_them(case: Case, senior2: Any) -> None:
    now = clock.now()
    case.escalations.create(
        reason="unusual", text="x", raised_at=now, due_at=now.replace(year=now.year + 1), addressee=senior2
    )
    assert sees(senior2, case)


def test_without_an_insurer_it_is_seen_by_its_person_senior_managers_on_duty_and_the_head(
    operator: Any, operator2: Any, senior: Any, senior2: Any, head: Any, on_shift: Any
) -> None:
    case = make_case(operator)
    on_shift(operator)
    on_shift(operator2)
    assert sees(operator, case)
    assert not sees(operator2, case)
    assert not sees(senior2, case)
    on_shift(senior2)
    assert sees(senior2, case)
    assert sees(head, case)


def test_a_right_taken_away_ends_at_once(case: Case, operator2: Any, on_shift: Any) -> None:
    from staff.employees.actions import unassign_project

    on_shift(operator2)
    assert sees(operator2, case)
    unassign_project(by=None, employee=operator2, project="aurora")
    from cases.insurance.models import InsurerUserObjectPermission

    InsurerUserObjectPermission.objects.filter(user=operator2).delete()
    assert not sees(operator2, case)


def test_inside_the_scope_without_the_right_it_is_403(case: Case, client: Any) -> None:
    with pytest.raises(NotAllowed):
        selectors.get_case(client, case.number, action="case.add", now=clock.now())
