"""Whatever people and the program do to a case, its chain of responsibility stays complete (B5)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cases.casework import actions
from cases.casework.models import Case
from cases.casework.statuses import Status
from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import DomainError
from tests.cases.casework.chain import assert_chain

pytestmark = pytest.mark.django_db

PEOPLE = st.integers(0, 4)
SECONDS = st.integers(-7200, 7200)


class Day(RuleBasedStateMachine):
    """Random registering, taking over, assigning, passing on, moving and correcting; clocks jump both ways."""

    people: list[Any]
    facts: Any
    cases: list[str]

    @initialize()
    def begin(self) -> None:
        self.cases = []

    def one(self, index: int) -> str | None:
        return self.cases[index % len(self.cases)] if self.cases else None

    @rule(who=PEOPLE, draft=st.booleans())
    def registers(self, who: int, draft: bool) -> None:
        if len(self.cases) < 4:
            self.cases.append(
                actions.register_case(by=self.people[who], facts=self.facts(), draft=draft).number
            )

    @rule(index=st.integers(0, 9), who=PEOPLE, to=PEOPLE, reason=st.sampled_from(["", "Так треба"]))
    def gives(self, index: int, who: int, to: int, reason: str) -> None:
        number = self.one(index)
        if number:
            self.attempt(
                actions.assign_case, by=self.people[who], number=number, to=self.people[to], reason=reason
            )

    @rule(index=st.integers(0, 9), to=PEOPLE, jump=SECONDS)
    def is_passed_on_by_the_program(self, index: int, to: int, jump: int) -> None:
        number = self.one(index)
        if number:
            self.attempt(_pass, number=number, to=self.people[to], now=clock.now() + timedelta(seconds=jump))

    @rule(index=st.integers(0, 9), who=PEOPLE, to=st.sampled_from(list(Status)))
    def moves(self, index: int, who: int, to: Status) -> None:
        number = self.one(index)
        if number:
            self.attempt(actions.move_case, by=self.people[who], number=number, to=to, reason="Так треба")

    @rule(index=st.integers(0, 9), who=PEOPLE, country=st.sampled_from(["TR", "JP", "US", ""]))
    def is_corrected(self, index: int, who: int, country: str) -> None:
        number = self.one(index)
        if number:
            self.attempt(
                actions.change_case, by=self.people[who], number=number, changes={"country": country}
            )

    def attempt(self, function: Any, **arguments: Any) -> None:
        with suppress(DomainError):
            function(**arguments)

    @invariant()
    def every_chain_is_complete(self) -> None:
        for number in getattr(self, "cases", []):
            case = Case.objects.get(number=number)
            assert_chain(case)
            if case.status not in {
                Status.DRAFT,
                Status.CANCELLED,
                Status.DECLINED,
                Status.CLOSED,
            } and case.country_id in {"JP", "US"}:
                assert case.escalations.filter(reason="country", subject=case.country_id).exists()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@action
def _pass(*, number: str, to: Any, now: datetime) -> None:
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("responsible", "insurer")
        .get(number=number)
    )
    actions.pass_case(case=case, to=to, reason="shift_end", now=now)


def test_no_random_day_breaks_a_chain(
    operator: Any, operator2: Any, doctor: Any, senior: Any, head: Any, on_shift: Any, facts: Any
) -> None:
    for employee in (operator, operator2, doctor):
        on_shift(employee)
    on_shift(senior, leads=True)
    machine = type(
        "TheDay",
        (Day,),
        {"people": [operator, operator2, doctor, senior, head], "facts": staticmethod(facts)},
    )
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
