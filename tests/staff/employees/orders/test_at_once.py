"""Orders at the same moment: numbers, one person, a worker and a director, a worker that is killed (A3)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from fregat.lib import clock, jobs
from fregat.lib.errors import DomainError
from fregat.lib.models import Job
from staff.employees import actions
from staff.employees.actions.orders import effect
from staff.employees.models import Employee, Order, OrderCounter
from staff.employees.statuses import OrderState
from tests.cast import make_employee
from tests.forked import die, killed_inside

pytestmark = pytest.mark.django_db(transaction=True)

Work = Callable[[], Any]


def _together(*works: Work) -> list[Any]:
    """Run all at the same moment, each on its own connection; a refusal is the answer of its work."""
    start = Barrier(len(works))

    def run(work: Work) -> Any:
        try:
            start.wait(10)
            return work()
        except DomainError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _dismiss(by: Employee, employee: Employee) -> Work:
    return lambda: actions.issue_order(by=by, kind="dismissal", employee=employee, values={})


def test_two_directors_sign_at_once_and_the_numbers_are_two_without_a_gap(
    director: Employee, operator: Employee, operator2: Employee, night: Employee, stranger: Employee
) -> None:
    other = make_employee("director2", "director")
    people = (operator, operator2, night, stranger)
    done = _together(*(_dismiss(by, who) for by, who in zip((director, other) * 2, people, strict=True)))
    assert sorted(int(order.number.split("/")[0]) for order in done) == [1, 2, 3, 4]
    assert OrderCounter.objects.get().last == 4


def test_of_two_orders_about_one_person_one_is_refused_and_leaves_no_gap(
    director: Employee, operator: Employee
) -> None:
    other = make_employee("director2", "director")
    done = _together(_dismiss(director, operator), _dismiss(other, operator))
    assert sorted(type(answer).__name__ for answer in done) == ["Conflict", "Order"]
    assert OrderCounter.objects.get().last == Order.objects.count() == 1


def test_one_form_sent_twice_at_once_is_one_waiting_order_and_one_proposal(
    director: Employee, senior: Employee, operator: Employee, operator2: Employee
) -> None:
    moment = clock.now() + timedelta(days=3)
    sign = lambda: actions.issue_order(  # noqa: E731
        by=director, kind="dismissal", employee=operator, values={}, effective_at=moment
    )
    propose = lambda: actions.propose_order(by=senior, kind="dismissal", employee=operator2, values={})  # noqa: E731
    done = _together(sign, sign, propose, propose)
    assert sorted(type(answer).__name__ for answer in done) == ["Conflict", "Conflict", "Order", "Order"]
    assert Order.objects.waiting().count() == 1


def test_of_two_last_heads_one_stays(director: Employee, head: Employee) -> None:
    other = make_employee("head2", "head")
    done = _together(_dismiss(director, head), _dismiss(director, other))
    assert sorted(type(answer).__name__ for answer in done) == ["Conflict", "Order"]
    assert Employee.objects.heads().count() == 1


def test_a_proposal_is_signed_and_taken_back_at_once_and_only_one_holds(
    director: Employee, senior: Employee, operator: Employee
) -> None:
    draft = actions.propose_order(by=senior, kind="dismissal", employee=operator, values={})
    done = _together(
        lambda: actions.sign_proposal(by=director, order_id=draft.pk),
        lambda: actions.withdraw_proposal(by=senior, order_id=draft.pk),
    )
    assert sorted(type(answer).__name__ for answer in done) == ["Conflict", "Order"]
    state = Order.objects.get(pk=draft.pk).state
    assert Employee.objects.get(pk=operator.pk).is_active is (state == OrderState.WITHDRAWN)


@pytest.fixture
def due(director: Employee, operator: Employee, monkeypatch: pytest.MonkeyPatch) -> Order:
    """A dismissal whose moment has just come."""
    now = clock.now()
    order = actions.issue_order(
        by=director, kind="dismissal", employee=operator, values={}, effective_at=now + timedelta(days=1)
    )
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    return order


def test_two_workers_give_an_order_its_effect_once(due: Order, operator: Employee) -> None:
    _together(jobs.sweep, jobs.sweep)
    due.refresh_from_db()
    assert due.state == OrderState.IN_FORCE
    assert Job.objects.get(key=f"order_effect:{due.pk}").done_at is not None
    assert Employee.objects.get(pk=operator.pk).dismissed_at == due.took_effect_at


def test_a_worker_and_a_director_who_revokes_never_undo_each_other_by_half(
    due: Order, director: Employee, operator: Employee
) -> None:
    done = _together(jobs.sweep, lambda: actions.revoke_order(by=director, order=due, reason="Не на часі."))
    due.refresh_from_db()
    # Whoever came first: the order ends revoked and the person employed, or the revocation was refused as busy.
    revoked = isinstance(done[1], Order)
    assert due.state == (OrderState.REVOKED if revoked else OrderState.IN_FORCE)
    assert Employee.objects.get(pk=operator.pk).is_active is revoked


@pytest.mark.flaky(reruns=1)  # docs/adr/0019
def test_a_worker_killed_inside_the_effect_leaves_the_order_due(
    due: Order, operator: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> None:
        monkeypatch.setattr(effect.telling, "in_force", die)
        jobs.sweep()

    assert killed_inside(work)
    due.refresh_from_db()
    assert due.state == OrderState.WAITING
    assert Employee.objects.get(pk=operator.pk).is_active
    jobs.sweep()
    due.refresh_from_db()
    assert due.state == OrderState.IN_FORCE
    assert not Employee.objects.get(pk=operator.pk).is_active
