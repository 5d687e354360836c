"""A is substituted by B, and B by C at the same time: whatever is routed to A finds C (JD I.2, A2; C5, B5, A8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.casework import actions
from cases.casework.models import Case
from cases.handover.selectors.duty import rise_to
from cases.privacy.actions import glass
from fregat.lib import clock
from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Role
from shifts.attendance.selectors import leader
from shifts.roster.models import Shift
from staff.employees import selectors as staff
from staff.employees.models import Employee, Substitution
from staff.tasks import actions as tasks
from staff.tasks import selectors as task_selectors
from staff.tasks.permissions import check_decide
from tests.cast import make_employee, make_shift

pytestmark = pytest.mark.django_db

On = Callable[..., Any]


def acts(senior: Employee, substitute: Employee, *, since: float = -24, until: float = 24) -> Substitution:
    now = clock.now()
    return Substitution.objects.create(
        senior=senior,
        substitute=substitute,
        since=now + timedelta(hours=since),
        until=now + timedelta(hours=until),
    )


@pytest.fixture
def senior3(head: Employee) -> Employee:
    """C: neither of the project nor of the team."""
    return make_employee("senior3", Role.SENIOR, last_name="Гайдук", first_name="Ольга")


@pytest.fixture
def chain(senior: Employee, senior2: Employee, senior3: Employee) -> tuple[Employee, Employee, Employee]:
    """A → B → C: B and C act now."""
    acts(senior, senior2)
    acts(senior2, senior3)
    return senior, senior2, senior3


Three = tuple[Employee, Employee, Employee]


def test_the_chain_is_read_in_its_order_and_both_ways(chain: Three) -> None:
    a, b, c = chain
    now = clock.now()
    assert staff.acting_for(a, now) == [b, c]
    assert staff.acting_for(b, now) == [c]
    assert set(staff.acts_for(c, now)) == {a, b}
    assert staff.acts_for(b, now) == [a]
    assert staff.acting_for(c, now) == staff.acts_for(a, now) == []


def test_a_link_that_does_not_hold_now_ends_the_chain(
    senior: Employee, senior2: Employee, senior3: Employee, operator: Employee
) -> None:
    acts(senior, senior2)
    later = acts(senior2, senior3, since=1)
    assert staff.acting_for(senior, clock.now()) == [senior2]
    assert operator.pk not in staff.team_ids(senior3, clock.now())
    Substitution.objects.filter(pk=later.pk).update(since=clock.now() - timedelta(hours=2), until=clock.now())
    assert staff.acting_for(senior, clock.now()) == [senior2]


def test_the_team_of_the_first_is_the_team_of_the_last(
    chain: Three, operator: Employee, stranger: Employee
) -> None:
    c = chain[2]
    now = clock.now()
    assert {operator.pk, stranger.pk} <= staff.team_ids(c, now)
    seen = set(Employee.objects.visible_to(c, now))
    assert {operator, stranger, chain[0], chain[1]} <= seen


def test_however_long_the_chain_a_team_is_one_statement(chain: Three, head: Employee) -> None:
    c, now = chain[2], clock.now()
    for number in range(4, 9):
        following = make_employee(f"senior{number}", Role.SENIOR, last_name=f"Гайдук{number}")
        acts(c, following)
        c = following
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(Employee.objects.team_of(c, now))
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert len(staff.acting_for(chain[0], now)) == 7
    assert len(asked) == 2


@pytest.mark.parametrize(("there", "told"), [("abc", 0), ("bc", 1), ("c", 2)])
def test_an_escalation_goes_to_the_first_of_the_chain_who_is_on_duty(
    chain: Three, operator: Employee, on_shift: On, facts: Any, there: str, told: int
) -> None:
    for letter, person in zip("abc", chain, strict=True):
        if letter in there:
            on_shift(person)
    on_shift(operator)
    case = actions.register_case(by=operator, facts=facts(country="JP"))
    assert case.escalations.get().addressee == chain[told]


def test_the_last_of_the_chain_acknowledges_what_was_told_to_the_first(
    chain: Three, operator: Employee, senior2: Employee, on_shift: On, facts: Any
) -> None:
    a, _b, c = chain
    on_shift(a)
    on_shift(operator)
    case: Case = actions.register_case(by=operator, facts=facts(country="JP"))
    row = case.escalations.get()
    assert row.addressee == a
    outsider = make_employee("senior9", Role.SENIOR, last_name="Інший", projects=["aurora"])
    from tests.cast import grant_project

    for person in (c, outsider):
        grant_project(person, case.insurer)
        on_shift(person)
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=outsider, escalation_id=row.pk)
    actions.acknowledge(by=c, escalation_id=row.pk)


def test_the_last_of_the_chain_leads_when_the_leader_has_not_come(chain: Three, on_shift: On) -> None:
    a, _b, c = chain
    now = clock.now()
    make_shift(a, now - timedelta(hours=1), now + timedelta(hours=7), leads=True)
    assert leader(now) is None
    on_shift(c)
    assert leader(clock.now()) == c
    assert Shift.objects.all().led_by(c, clock.now()).exists()


def test_a_handover_that_is_refused_goes_to_the_last_of_the_chain(
    chain: Three, operator: Employee, on_shift: On
) -> None:
    a, _b, c = chain
    now = clock.now()
    make_shift(a, now - timedelta(hours=1), now + timedelta(hours=7), leads=True)
    on_shift(c)
    assert rise_to(operator, clock.now()) == c.pk


def test_instructions_are_answered_by_the_last_of_the_chain_and_late_ones_rise_to_all(
    chain: Three, operator: Employee
) -> None:
    a, b, c = chain
    now = clock.now()
    given = tasks.give(by=a, to=operator, text="Звірити рахунки.", due_at=now + timedelta(hours=1))
    row = given.assignments.get()
    assert task_selectors.supervisors(row, now) == [a, b, c]
    assert task_selectors.above(row, now) == [a, b, c]
    report = tasks.report(by=operator, assignment_id=row.pk, text="Звірено.")
    row.refresh_from_db()
    check_decide(c, row, clock.now())
    tasks.accept(by=c, assignment_id=row.pk, report_id=report.pk)


def test_broken_glass_is_told_to_all_who_act(chain: Three, operator: Employee) -> None:
    assert set(chain) <= glass._watchers(operator, clock.now())
