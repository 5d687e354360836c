"""An order in force is revoked by another one: what it did is put back, or a sentence says why it cannot be (A3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from fregat.lib import clock
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.rights import Role
from staff.employees import actions, selectors
from staff.employees.models import Employee, Order
from staff.employees.statuses import OrderState
from tests.cast import give_order, make_employee

pytestmark = pytest.mark.django_db


def _revoke(director: Employee, order: Order) -> Order:
    return actions.revoke_order(by=director, order=order, reason="Помилка кадрів.")


def _fresh(employee: Employee) -> Employee:
    return Employee.objects.get(pk=employee.pk)


def test_a_dismissal_revoked_gives_back_the_account_the_senior_manager_and_the_projects(
    operator: Employee, senior: Employee, director: Employee
) -> None:
    order = give_order("dismissal", operator, by=director)
    _revoke(director, order)
    order.refresh_from_db()
    back = _fresh(operator)
    assert order.state == OrderState.REVOKED
    assert back.is_active and back.dismissed_at is None
    assert selectors.senior_of(back, clock.now()) == senior
    assert selectors.project_codes(back) == {"aurora"}


def test_a_dismissal_of_a_senior_manager_revoked_gives_the_team_back_but_not_who_has_moved_on(
    operator: Employee, operator2: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    third = make_employee("senior3", Role.SENIOR)
    order = give_order("dismissal", senior, by=director, successor=senior2)
    give_order("senior_change", operator2, by=director, senior=third)
    _revoke(director, order)
    assert selectors.senior_of(operator, clock.now()) == senior
    assert selectors.senior_of(operator2, clock.now()) == third


def test_a_dismissal_whose_senior_manager_has_gone_is_not_revoked(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    order = give_order("dismissal", operator, by=director)
    give_order("dismissal", senior, by=director)
    with pytest.raises(Conflict, match="Євтушенко") as refused:
        _revoke(director, order)
    assert refused.value.code == "senior_gone"
    assert not _fresh(operator).is_active
    order.refresh_from_db()
    assert order.state == OrderState.IN_FORCE


def test_a_transfer_revoked_gives_back_the_position_the_senior_manager_and_the_team(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    order = give_order("transfer", senior, by=director, role=Role.CLIENT, successor=senior2)
    assert selectors.senior_of(operator, clock.now()) == senior2
    _revoke(director, order)
    assert _fresh(senior).role == Role.SENIOR
    assert selectors.senior_of(operator, clock.now()) == senior


def test_a_promotion_is_not_revoked_while_a_team_reports_to_the_promoted(
    operator: Employee, operator2: Employee, senior: Employee, director: Employee
) -> None:
    order = give_order("transfer", operator, by=director, role=Role.SENIOR)
    give_order("senior_change", operator2, by=director, senior=operator)
    with pytest.raises(Conflict) as refused:
        _revoke(director, order)
    assert refused.value.code == "has_team"


def test_a_change_of_senior_manager_revoked_puts_the_operator_back(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    order = give_order("senior_change", operator, by=director, senior=senior2)
    _revoke(director, order)
    assert selectors.senior_of(operator, clock.now()) == senior


def test_orders_about_one_person_are_revoked_from_the_last_one_back(
    operator: Employee, senior: Employee, senior2: Employee, director: Employee
) -> None:
    first = give_order("senior_change", operator, by=director, senior=senior2)
    second = give_order("senior_change", operator, by=director, senior=senior)
    with pytest.raises(Conflict, match=second.number):
        _revoke(director, first)
    _revoke(director, second)
    _revoke(director, Order.objects.get(pk=first.pk))
    assert selectors.senior_of(operator, clock.now()) == senior


def test_an_appointment_is_revoked_only_before_the_first_sign_in(
    senior: Employee, director: Employee, at: Callable[[datetime], None]
) -> None:
    values = {"username": "novak", "last_name": "Новак", "first_name": "Іван", "role": "operator"}
    order = actions.issue_order(by=director, kind="appointment", values={**values, "senior": senior.username})
    assert order.employee is not None
    Employee.objects.filter(pk=order.employee.pk).update(last_login=clock.now())
    with pytest.raises(Conflict) as refused:
        _revoke(director, order)
    assert refused.value.code == "has_worked"
    Employee.objects.filter(pk=order.employee.pk).update(last_login=None)
    _revoke(director, Order.objects.get(pk=order.pk))
    assert not Employee.objects.get(username="novak").is_active


def test_only_the_director_revokes_and_never_what_was_ordered_about_themselves(
    operator: Employee, senior: Employee, head: Employee, director: Employee
) -> None:
    other = make_employee("director2", Role.DIRECTOR)
    about_director = give_order("transfer", director, by=other, role=Role.HEAD)
    order = give_order("dismissal", operator, by=other)
    for person in (head, senior):
        with pytest.raises(NotAllowed):
            _revoke(person, order)
    with pytest.raises(NotAllowed):
        _revoke(_fresh(director), about_director)


def test_a_reason_is_demanded(operator: Employee, director: Employee) -> None:
    order = give_order("dismissal", operator, by=director)
    with pytest.raises(Invalid) as refused:
        actions.revoke_order(by=director, order=order, reason="  ")
    assert list(refused.value.errors) == ["reason"]
