"""The director's orders are numbered, dated, given effect at their moment, and kept (JD I.3-4, A3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from fregat.lib import clock, jobs
from fregat.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from fregat.lib.models import Job
from staff.employees import actions, selectors
from staff.employees.models import Employee, Order
from staff.employees.statuses import OrderState
from tests.cast import give_order

pytestmark = pytest.mark.django_db


def appointment(leader: Employee, /, **values: Any) -> dict[str, Any]:
    """What the director fills in for a new operator."""
    return {
        "username": "novak", "last_name": "Новак", "first_name": "Іван", "patronymic": "Петрович",
        "role": "operator", "senior": leader.username, "projects": ["aurora"], **values,
    }  # fmt: skip


def test_an_order_of_appointment_makes_the_employee_at_once(director: Employee, senior: Employee) -> None:
    order = actions.issue_order(by=director, kind="appointment", values=appointment(senior))
    novak = Employee.objects.get(username="novak")
    today = clock.local(clock.now()).date()
    assert (order.state, order.employee) == (OrderState.IN_FORCE, novak)
    assert (order.number, order.signed_on) == (f"1/{today.year}-К", today)
    assert selectors.senior_of(novak, clock.now()) == senior
    assert selectors.project_codes(novak) == {"aurora"}


def test_numbers_follow_each_other_without_gaps_and_begin_again_each_year(
    director: Employee, senior: Employee
) -> None:
    first = actions.issue_order(by=director, kind="appointment", values=appointment(senior))
    with pytest.raises(Invalid):
        actions.issue_order(by=director, kind="appointment", values=appointment(senior))
    second = actions.issue_order(
        by=director, kind="appointment", values=appointment(senior, username="second")
    )
    later = clock.now() + timedelta(days=366)
    third = actions.issue_order(
        by=director, kind="appointment", values=appointment(senior, username="third"), now=later
    )
    year = first.issued_at.year
    assert [order.number for order in (first, second, third)] == [
        f"1/{year}-К",
        f"2/{year}-К",
        f"1/{clock.local(later).year}-К",
    ]


def test_only_the_director_issues(head: Employee, senior: Employee, admin_: Employee) -> None:
    for person in (head, senior, admin_):
        with pytest.raises(NotAllowed, match="лише директор"):
            actions.issue_order(by=person, kind="appointment", values=appointment(senior))
    assert not Employee.objects.filter(username="novak").exists()


def test_a_kind_that_nobody_knows_is_not_found(director: Employee) -> None:
    with pytest.raises(NotFound):
        actions.issue_order(by=director, kind="banishment", values={})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "operator"}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "orders"}, "username"),
        ({"role": "king"}, "role"),
        ({"senior": ""}, "senior"),
        ({"senior": "nobody"}, "senior"),
        ({"senior": "operator"}, "senior"),
        ({"last_name": ""}, "last_name"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_with_its_field(
    director: Employee, operator: Employee, senior: Employee, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.issue_order(by=director, kind="appointment", values=appointment(senior, **values))
    assert list(refused.value.errors) == [field]
    assert not Order.objects.exists()


def test_a_later_order_waits_for_its_moment_and_a_job_gives_it_effect(
    director: Employee, senior: Employee, at: Callable[[datetime], None]
) -> None:
    moment = clock.now() + timedelta(days=3)
    order = actions.issue_order(
        by=director, kind="appointment", values=appointment(senior), effective_at=moment
    )
    assert order.state == OrderState.WAITING
    assert not Employee.objects.filter(username="novak").exists()
    assert Job.objects.get(kind="order_effect", subject_id=order.pk).due_at == moment
    jobs.sweep()
    assert not Employee.objects.filter(username="novak").exists()
    at(moment)
    jobs.sweep()
    order.refresh_from_db()
    assert order.state == OrderState.IN_FORCE
    assert order.employee == Employee.objects.get(username="novak")


def test_the_job_done_twice_does_its_work_once(
    director: Employee, senior: Employee, at: Callable[[datetime], None]
) -> None:
    moment = clock.now() + timedelta(days=3)
    order = actions.issue_order(
        by=director, kind="appointment", values=appointment(senior), effective_at=moment
    )
    at(moment)
    actions.give_effect(order.pk)
    took = Order.objects.get(pk=order.pk).took_effect_at
    actions.give_effect(order.pk)
    assert Order.objects.get(pk=order.pk).took_effect_at == took
    assert Employee.objects.filter(username="novak").count() == 1


def test_an_order_that_cannot_take_effect_any_more_waits_and_says_why(
    director: Employee, senior: Employee, senior2: Employee, at: Callable[[datetime], None]
) -> None:
    moment = clock.now() + timedelta(days=3)
    order = actions.issue_order(
        by=director, kind="appointment", values=appointment(senior2), effective_at=moment
    )
    give_order("dismissal", senior2, by=director)
    at(moment)
    actions.give_effect(order.pk)
    order.refresh_from_db()
    assert order.state == OrderState.WAITING
    assert "старшому менеджеру, який працює" in order.failed_reason
    assert not Employee.objects.filter(username="novak").exists()


@pytest.mark.parametrize(("days", "refused"), [(1, True), (0, False), (-14, False), (-15, True)])
def test_the_date_is_today_or_a_fortnight_back_never_ahead(
    director: Employee, senior: Employee, days: int, refused: bool
) -> None:
    day = clock.local(clock.now()).date() + timedelta(days=days)
    if refused:
        with pytest.raises(Invalid) as fault:
            actions.issue_order(by=director, kind="appointment", values=appointment(senior), signed_on=day)
        assert list(fault.value.errors) == ["signed_on"]
    else:
        assert _appoint(director, senior, "dated", day).signed_on == day


def test_numbers_and_dates_go_forward_together(director: Employee, senior: Employee) -> None:
    today = clock.local(clock.now()).date()
    _appoint(director, senior, "one", today)
    with pytest.raises(Invalid) as fault:
        _appoint(director, senior, "two", today - timedelta(days=1))
    assert list(fault.value.errors) == ["signed_on"]


def test_a_moment_in_the_past_is_refused(director: Employee, senior: Employee) -> None:
    with pytest.raises(Invalid) as fault:
        actions.issue_order(
            by=director, kind="appointment", values=appointment(senior),
            effective_at=clock.now() - timedelta(hours=1),
        )  # fmt: skip
    assert list(fault.value.errors) == ["effective_at"]


def test_a_waiting_order_is_revoked_by_another_with_its_own_number(
    director: Employee, senior: Employee
) -> None:
    order = actions.issue_order(
        by=director, kind="appointment", values=appointment(senior),
        effective_at=clock.now() + timedelta(days=3),
    )  # fmt: skip
    with pytest.raises(Invalid):
        actions.revoke_order(by=director, order=order, reason=" ")
    paper = actions.revoke_order(by=director, order=order, reason="Кандидат відмовився.")
    order.refresh_from_db()
    assert (order.state, paper.state) == (OrderState.REVOKED, OrderState.IN_FORCE)
    assert order.revocation == paper and paper.number.startswith("2/")
    assert not Job.objects.filter(kind="order_effect", subject_id=order.pk).exists()
    with pytest.raises(Conflict):
        actions.revoke_order(by=director, order=order, reason="Ще раз.")
    with pytest.raises(Conflict):
        actions.revoke_order(by=director, order=paper, reason="Назад.")


def test_the_database_keeps_an_order_as_it_was_signed(director: Employee, senior: Employee) -> None:
    order = _appoint(director, senior, "kept")
    for change in ({"note": "інше"}, {"number": "99/2026-К"}, {"values": {}}, {"state": "waiting"}):
        with (
            pytest.raises(IntegrityError, match=r"order_(is_not_rewritten|moves_forward)"),
            transaction.atomic(),
        ):
            Order.objects.filter(pk=order.pk).update(**change)
    with pytest.raises(ProgrammingError, match=r"permission denied"), transaction.atomic():
        Order.objects.filter(pk=order.pk).delete()
    with (
        pytest.raises(ProgrammingError, match=r"permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE employees_order CASCADE")


def test_the_words_of_a_signed_order_stay_when_people_change(director: Employee, senior: Employee) -> None:
    order = _appoint(director, senior, "kept")
    Employee.objects.filter(pk__in=[director.pk, senior.pk]).update(last_name="Інша")
    order.refresh_from_db()
    assert order.wording["signer"]["name"] == "Ірина ЯРЕМЕНКО"
    assert "Євтушенко Марко" in str(order.wording["clauses"])


def _appoint(director: Employee, senior: Employee, username: str, day: date | None = None) -> Order:
    return actions.issue_order(
        by=director, kind="appointment", values=appointment(senior, username=username), signed_on=day
    )
