"""Instructions are given to one person or to the whole shift (A8, JD I.5)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from fregat.lib import clock
from fregat.lib.errors import Invalid, NotAllowed
from fregat.lib.models import Job
from staff.employees import actions as staff
from staff.employees.models import Employee
from staff.tasks import actions
from staff.tasks.models import Assignment, Instruction
from tests.cast import give_order
from tests.staff.tasks.conftest import told

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=2)


def order(by: Employee, to: Employee | None = None, **more: Any) -> Instruction:
    values = {"text": "Звірити рахунки.", "due_at": clock.now() + LATER, "to": to} | more
    return actions.give(by=by, **values)


def receivers(instruction: Instruction) -> set[str]:
    return set(instruction.assignments.values_list("assignee__username", flat=True))


def test_a_senior_manager_orders_something_to_one_of_their_team(senior: Employee, operator: Employee) -> None:
    row = order(senior, operator).assignments.get()
    assert (row.assignee, row.state) == (operator, "given")
    assert told(operator) == ["instruction_given"]
    assert Job.objects.get(kind="instruction_due", subject_id=row.pk).due_at == row.due_at


def test_the_whole_shift_is_everybody_whom_the_leader_leads_each_with_a_row_of_their_own(
    senior: Employee, operator: Employee, operator2: Employee, stranger: Employee, doctor: Employee,
    senior2: Employee, client_manager: Employee, on_shift: Callable[..., Any],
) -> None:  # fmt: skip
    on_shift(senior, leads=True)
    for person in (operator, stranger, doctor, senior2):
        on_shift(person)
    given = order(senior, whole_shift=True)
    assert receivers(given) == {"operator", "stranger", "doctor"}
    assert given.to_shift


def test_who_does_not_lead_reaches_the_own_team_on_shift_alone(
    senior: Employee,
    operator: Employee,
    operator2: Employee,
    stranger: Employee,
    on_shift: Callable[..., Any],
) -> None:
    for person in (senior, operator, stranger):
        on_shift(person)
    assert receivers(order(senior, whole_shift=True)) == {"operator"}
    with pytest.raises(NotAllowed):
        order(senior, stranger)
    order(senior, operator2)  # off shift, but of the team


def test_who_leads_the_shift_orders_to_a_stranger_on_it_and_to_nobody_else_of_theirs(
    senior: Employee, senior2: Employee, stranger: Employee, on_shift: Callable[..., Any]
) -> None:
    on_shift(senior, leads=True)
    with pytest.raises(NotAllowed):
        order(senior, stranger)
    on_shift(stranger)
    order(senior, stranger)


def test_a_substitute_orders_to_the_team_that_they_lead_meanwhile(
    senior: Employee, senior2: Employee, operator: Employee, director: Employee
) -> None:
    now = clock.now()
    with pytest.raises(NotAllowed):
        order(senior2, operator)
    staff.substitute(
        by=director, senior=senior, substitute=senior2, since=now, until=now + timedelta(days=1), now=now
    )
    order(senior2, operator)


def test_the_head_orders_to_anybody_but_to_the_director(
    head: Employee, operator: Employee, stranger: Employee, senior: Employee, quality: Employee,
    director: Employee,
) -> None:  # fmt: skip
    for person in (operator, stranger, senior, quality):
        order(head, person)
    with pytest.raises(NotAllowed):
        order(head, director)


@pytest.mark.parametrize("who", ["operator", "doctor", "director", "quality", "admin_", "client_manager"])
def test_nobody_else_orders_anything(request: pytest.FixtureRequest, operator2: Employee, who: str) -> None:
    with pytest.raises(NotAllowed):
        order(request.getfixturevalue(who), operator2)


def test_nobody_orders_to_themselves(senior: Employee, head: Employee) -> None:
    for person in (senior, head):
        with pytest.raises(NotAllowed):
            order(person, person)


def test_a_dismissed_person_is_given_nothing(
    senior: Employee, operator: Employee, director: Employee
) -> None:
    give_order("dismissal", operator, by=director)
    with pytest.raises(NotAllowed):
        order(senior, operator)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": " \n "}),
        ("text", {"text": "\x00"}),
        ("text", {"text": "я" * 5000}),
        ("due_at", {"due_at": clock.now() - timedelta(minutes=1)}),
        ("due_at", {"due_at": clock.now() + timedelta(days=800)}),
        ("to", {"to": None}),
        ("to", {"to": None, "whole_shift": True}),
    ],
)
def test_what_is_not_right_is_refused_beside_its_field(
    senior: Employee, operator: Employee, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        order(senior, **({"to": operator} | values))
    assert set(refused.value.errors) == {field}
    assert not Instruction.objects.exists()


def test_a_form_sent_twice_gives_one_instruction(senior: Employee, operator: Employee) -> None:
    token = uuid.uuid4()
    first, second = (order(senior, operator, token=token) for _ in range(2))
    assert first == second
    assert Assignment.objects.count() == 1
    assert told(operator) == ["instruction_given"]
