"""Senior managers and the head propose, the director signs or declines (security: «propose»)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from fregat.lib import clock, notices
from fregat.lib.errors import Conflict, Invalid, NotAllowed
from fregat.lib.rights import Role
from staff.employees import actions, selectors
from staff.employees.models import Employee, Order
from staff.employees.statuses import OrderState
from tests.cast import make_employee

pytestmark = pytest.mark.django_db


def _propose(by: Employee, employee: Employee | None, kind: str = "dismissal", **values: Any) -> Order:
    return actions.propose_order(by=by, kind=kind, employee=employee, values=values)


def _told(employee: Employee) -> list[str]:
    return [line.text for line in notices.latest(employee, clock.now())]


def test_a_proposal_has_no_number_and_no_effect_until_the_director_signs(
    operator: Employee, senior: Employee, director: Employee
) -> None:
    draft = _propose(senior, operator)
    assert (draft.state, draft.number, draft.signed_on) == (OrderState.PROPOSED, "", None)
    assert Employee.objects.get(pk=operator.pk).is_active
    assert "Про звільнення: Ґалаган Олена" in _told(director)[0]
    order = actions.sign_proposal(by=director, order_id=draft.pk)
    assert (order.state, order.issued_by) == (OrderState.IN_FORCE, director)
    assert order.number.startswith("1/")
    assert not Employee.objects.get(pk=operator.pk).is_active
    assert order.number in _told(senior)[0]


def test_a_senior_manager_proposes_about_the_own_team_only(
    operator: Employee, stranger: Employee, senior: Employee, senior2: Employee
) -> None:
    with pytest.raises(NotAllowed, match="своєї команди"):
        _propose(senior, stranger)
    with pytest.raises(NotAllowed):
        _propose(senior, senior2)
    new = {"username": "novak", "last_name": "Новак", "first_name": "Іван", "role": "operator"}
    with pytest.raises(NotAllowed):
        _propose(senior, None, "appointment", **new, senior=senior2.username)
    assert _propose(senior, None, "appointment", **new, senior=senior.username).pk


def test_whoever_substitutes_a_senior_manager_proposes_about_that_team(
    operator: Employee, senior: Employee, senior2: Employee, head: Employee
) -> None:
    now = clock.now()
    actions.substitute(
        by=head,
        senior=senior,
        substitute=senior2,
        since=now,
        until=now + timedelta(days=1),
    )
    assert _propose(senior2, operator).pk


def test_the_head_proposes_about_anybody_but_not_about_themselves(stranger: Employee, head: Employee) -> None:
    assert _propose(head, stranger).pk
    with pytest.raises(NotAllowed):
        _propose(head, head)


@pytest.mark.parametrize("name", ["operator2", "doctor", "admin_", "client_manager", "officer"])
def test_nobody_else_proposes(request: pytest.FixtureRequest, operator: Employee, name: str) -> None:
    with pytest.raises(NotAllowed):
        _propose(request.getfixturevalue(name), operator)


def test_what_cannot_be_is_not_proposed_either(
    operator: Employee, senior: Employee, senior2: Employee, head: Employee
) -> None:
    with pytest.raises(Invalid) as refused:
        _propose(head, senior)
    assert list(refused.value.errors) == ["successor"]
    assert not Order.objects.exists()


def test_the_director_declines_with_a_reason_that_the_author_reads(
    operator: Employee, senior: Employee, director: Employee
) -> None:
    draft = _propose(senior, operator)
    with pytest.raises(Invalid):
        actions.decline_proposal(by=director, order_id=draft.pk, reason="")
    with pytest.raises(NotAllowed):
        actions.decline_proposal(by=senior, order_id=draft.pk, reason="Ні.")
    declined = actions.decline_proposal(by=director, order_id=draft.pk, reason="Не на часі.")
    assert (declined.state, declined.closed_reason) == (OrderState.DECLINED, "Не на часі.")
    assert "відхилено" in _told(senior)[0]
    with pytest.raises(Conflict):
        actions.sign_proposal(by=director, order_id=draft.pk)


def test_only_its_author_takes_a_proposal_back(operator: Employee, senior: Employee, head: Employee) -> None:
    draft = _propose(senior, operator)
    with pytest.raises(NotAllowed):
        actions.withdraw_proposal(by=head, order_id=draft.pk)
    assert actions.withdraw_proposal(by=senior, order_id=draft.pk).state == OrderState.WITHDRAWN
    with pytest.raises(Conflict):
        actions.withdraw_proposal(by=senior, order_id=draft.pk)


def test_nobody_signs_what_they_proposed_themselves(
    operator: Employee, head: Employee, director: Employee
) -> None:
    draft = _propose(head, operator)
    make_employee("head2", Role.HEAD)
    Employee.objects.filter(pk=head.pk).update(role=Role.DIRECTOR)
    with pytest.raises(NotAllowed) as refused:
        actions.sign_proposal(by=Employee.objects.get(pk=head.pk), order_id=draft.pk)
    assert refused.value.code == "own_act"


def test_a_proposal_is_checked_again_when_it_is_signed(
    operator: Employee, senior: Employee, senior2: Employee, head: Employee, director: Employee
) -> None:
    draft = _propose(head, operator, "senior_change", senior=senior2.username)
    actions.issue_order(by=director, kind="dismissal", employee=senior2, values={})
    with pytest.raises(Invalid) as refused:
        actions.sign_proposal(by=director, order_id=draft.pk)
    assert list(refused.value.errors) == ["senior"]
    assert Order.objects.get(pk=draft.pk).state == OrderState.PROPOSED


def test_a_proposal_is_signed_for_a_later_moment(
    operator: Employee, senior: Employee, director: Employee, at: Callable[[datetime], None]
) -> None:
    draft = _propose(senior, operator)
    moment = clock.now() + timedelta(days=14)
    order = actions.sign_proposal(by=director, order_id=draft.pk, effective_at=moment)
    assert (order.state, order.effective_at) == (OrderState.WAITING, moment)
    at(moment)
    actions.give_effect(order.pk)
    assert selectors.senior_of(operator, moment) is None


class TestWhoSeesWhat:
    """What is only intended about a person is not shown to that person."""

    @pytest.fixture
    def seen(self) -> Callable[[Employee], set[int]]:
        """Ids of the orders that somebody may know of."""
        return lambda person: set(Order.objects.visible_to(person, clock.now()).values_list("pk", flat=True))

    def test_a_proposal(
        self, operator: Employee, operator2: Employee, senior: Employee, senior2: Employee, head: Employee,
        director: Employee, seen: Callable[[Employee], set[int]],
    ) -> None:  # fmt: skip
        draft = _propose(senior, operator).pk
        assert all(draft in seen(person) for person in (senior, head, director))
        assert not any(draft in seen(person) for person in (operator, operator2, senior2))

    def test_a_waiting_order_and_one_in_force(
        self, operator: Employee, senior: Employee, senior2: Employee, head: Employee, director: Employee,
        stranger: Employee, at: Callable[[datetime], None], seen: Callable[[Employee], set[int]],
    ) -> None:  # fmt: skip
        moment = clock.now() + timedelta(days=2)
        order = actions.issue_order(
            by=director, kind="senior_change", employee=operator, values={"senior": senior2.username},
            effective_at=moment,
        )  # fmt: skip
        people = (operator, senior, senior2, head, director)
        assert [order.pk in seen(person) for person in people] == [False, True, False, True, True]
        at(moment)
        actions.give_effect(order.pk)
        # Both senior managers are concerned: the one before keeps the paper, too.
        assert all(order.pk in seen(person) for person in (operator, senior, senior2, head, director))
        assert order.pk not in seen(stranger)

    def test_the_head_does_not_see_what_is_intended_about_them(
        self, head: Employee, director: Employee, seen: Callable[[Employee], set[int]]
    ) -> None:
        make_employee("head2", Role.HEAD)
        order = actions.issue_order(
            by=director,
            kind="dismissal",
            employee=head,
            values={},
            effective_at=clock.now() + timedelta(days=2),
        )
        assert order.pk not in seen(head)
