"""What the director's orders about people do to the cases, shifts and handovers of a day (A3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.casework import actions
from cases.casework.models import Case, Escalation, Responsibility, Task
from cases.handover.models import Handover
from fregat.lib import clock
from fregat.lib.rights import Role
from shifts.roster.models import Shift
from staff.employees import registry
from staff.employees.models import Employee, Order
from tests.cases.casework.chain import assert_chain
from tests.cast import give_order, make_employee, make_shift

pytestmark = pytest.mark.django_db

On = Callable[..., Any]


def _foreseen(kind: str, employee: Employee, **values: Any) -> str:
    order = Order(kind=kind, employee=employee, values=values)
    return " ".join(str(sentence) for sentence in registry.order_kind(kind).preview(order, clock.now()))


@pytest.fixture
def leader(project: Any, head: Employee, on_shift: On) -> Employee:
    """Leads the shift; not the senior manager of `operator`."""
    found = make_employee("leader", Role.SENIOR, last_name="Щербак", first_name="Лідія", projects=[project])
    on_shift(found, leads=True)
    return found


@pytest.fixture
def at_work(operator: Employee, leader: Employee, on_shift: On) -> Employee:
    """The operator on a begun shift, led by somebody else than her senior manager."""
    on_shift(operator)
    return operator


@pytest.fixture
def busy(register: Any, operator: Employee, leader: Employee, senior: Employee) -> dict[str, Case]:
    """`operator` with an open case, one that waits for documents, and a task."""
    still_open, later = register(), register()
    actions.move_case(by=operator, number=later.number, to="assisted")
    actions.add_task(
        by=operator, number=still_open.number, text="Подзвонити.", assignee=operator,
        due_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    return {"open": still_open, "later": later}


def test_a_dismissal_says_before_what_it_will_do(busy: dict[str, Case], operator: Employee) -> None:
    text = _foreseen("dismissal", operator)
    assert "1 відкрита справа перейде до старшого менеджера зміни (зараз це Щербак Лідія)" in text
    assert "Ще 1 справу отримає Євтушенко Марко" in text
    assert "1 доручення перейде до відповідального" in text
    assert "1 зміну буде скасовано" in text


def test_a_dismissal_passes_on_open_cases_to_who_leads_and_the_rest_to_the_senior_manager(
    busy: dict[str, Case], operator: Employee, senior: Employee, leader: Employee
) -> None:
    make_shift(operator, clock.now() + timedelta(days=2), clock.now() + timedelta(days=2, hours=8))
    give_order("dismissal", operator)
    for case, owner in ((busy["open"], leader), (busy["later"], senior)):
        case.refresh_from_db()
        assert case.responsible == owner
        assert_chain(case)
    assert Task.objects.get(case=busy["open"]).assignee is None
    assert not Shift.objects.not_ended(clock.now()).filter(employee=operator).exists()
    handover = Handover.objects.get(case=busy["open"])
    assert (handover.giver, handover.receiver, handover.accepted_at) == (operator, leader, None)


def test_a_transfer_to_work_without_cases_passes_them_on_in_the_same_way(
    busy: dict[str, Case], operator: Employee, senior: Employee, leader: Employee
) -> None:
    assert "1 відкрита справа перейде" in _foreseen("transfer", operator, role="client")
    give_order("transfer", operator, role=Role.CLIENT)
    for case, owner in ((busy["open"], leader), (busy["later"], senior)):
        case.refresh_from_db()
        assert case.responsible == owner
        assert Responsibility.objects.get(case=case, until=None).reason == "transferred"
        assert_chain(case)
    assert not Shift.objects.not_ended(clock.now()).filter(employee=operator).exists()


def test_a_promoted_operator_keeps_cases_and_shifts(
    busy: dict[str, Case], operator: Employee, leader: Employee
) -> None:
    assert "справ" not in _foreseen("transfer", operator, role="senior")
    give_order("transfer", operator, role=Role.SENIOR)
    busy["open"].refresh_from_db()
    assert busy["open"].responsible == operator
    assert Shift.objects.not_ended(clock.now()).filter(employee=operator).count() == 1


def test_whoever_is_no_senior_manager_any_more_leads_no_shift_and_answers_for_no_escalation(
    register: Any, leader: Employee, head: Employee
) -> None:
    register(country="JP")
    assert Escalation.objects.open().filter(addressee=leader).exists()
    assert "1 зміна лишиться без того, хто її веде" in _foreseen("transfer", leader, role="doctor")
    give_order("transfer", leader, role=Role.DOCTOR)
    assert not Shift.objects.not_ended(clock.now()).filter(employee=leader, leads=True).exists()
    assert not Escalation.objects.open().filter(addressee=leader).exists()
    assert Escalation.objects.open().filter(addressee=head).exists()


def test_a_task_that_a_dismissed_colleague_was_to_do_is_found_by_who_answers(
    busy: dict[str, Case], operator: Employee, operator2: Employee, on_shift: On
) -> None:
    on_shift(operator2)
    actions.add_task(
        by=operator, number=busy["open"].number, text="Перекласти виписку.", assignee=operator2,
        due_at=clock.now() + timedelta(hours=2),
    )  # fmt: skip
    give_order("dismissal", operator2)
    task = Task.objects.get(text="Перекласти виписку.")
    assert task.assignee is None
    busy["open"].refresh_from_db()
    assert busy["open"].responsible == operator
