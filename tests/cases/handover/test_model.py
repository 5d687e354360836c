"""Responsibility and handover against a plain model in Python: whatever people and the clock do in whatever order (B5).

The model knows who is on duty until when and who holds which case; it names the receiver by the words of B5, in a
few lines of its own. After every step the rows say the same: one person a case, a chain without a gap.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.casework.actions import assign_case
from cases.casework.models import Responsibility
from cases.handover import actions
from cases.handover.models import Handover
from tests.builders import make_case, make_employee, make_project, make_shift

START = datetime(2026, 11, 2, 6, tzinfo=UTC)
NAMES = ("anna", "borys", "night", "senior")
who = st.sampled_from(NAMES)
index = st.integers(0, 5)


class Watch(RuleBasedStateMachine):
    """Four people come and go; cases are opened, taken, passed on, accepted, refused, left unanswered."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = START
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        project = make_project("p")
        self.project = project
        self.people: dict[str, Any] = {"head": make_employee("head", "head")}
        self.people["senior"] = make_employee("senior", "senior", projects=[project])
        for name in ("anna", "borys", "night"):
            self.people[name] = make_employee(name, senior=self.people["senior"], projects=[project])
        self.shifts: dict[str, Any] = {}
        """Of whom is on duty."""
        self.holder: dict[Any, str] = {}
        self.waits: dict[Any, str] = {}
        """Cases that wait for acceptance, and whose."""
        self.begins("anna", 1)
        self.opens(0)

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- what B5 says --------------------------------------------------------------------------------
    def top(self, but: str) -> str:
        """The senior manager on duty, else the head."""
        return "senior" if "senior" in self.shifts and but != "senior" else "head"

    def receiver(self, giver: str, ended: Any) -> str:
        """Whom B5 names for one case more."""
        if giver == "senior":
            return self.top("senior")
        load = {name: list(self.holder.values()).count(name) for name in NAMES}
        night = [name for name in ("night",) if name in self.shifts and name != giver]
        after = [
            name
            for name in ("anna", "borys")
            if name in self.shifts and name != giver and self.shifts[name].starts_at > ended.starts_at
        ]
        return min(night or after, key=lambda name: (load[name], name), default=self.top(giver))

    # --- what people and the clock do -------------------------------------------------------------------
    def pass_time(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        self.traveller.move_to(self.now)

    @precondition(lambda self: len(self.shifts) < len(NAMES))
    @rule(number=index, hours=st.integers(1, 5))
    def comes(self, number: int, hours: int) -> None:
        absent = [name for name in NAMES if name not in self.shifts]
        self.begins(absent[number % len(absent)], hours)

    def begins(self, name: str, hours: int) -> None:
        self.pass_time(1)
        kind = "night" if name == "night" else "day"
        ends_at = self.now + timedelta(hours=hours)
        self.shifts[name] = make_shift(
            self.people[name], self.now, ends_at, kind=kind, leads=name == "senior", begun_at=self.now
        )

    @precondition(lambda self: self.shifts)
    @rule(number=index)
    def opens(self, number: int) -> None:
        name = list(self.shifts)[number % len(self.shifts)]
        self.pass_time(0.1)
        self.holder[make_case(self.people[name], insurer=self.project, now=self.now)] = name

    @precondition(lambda self: self.shifts)
    @rule()
    def the_next_shift_ends(self) -> None:
        name = min(self.shifts, key=lambda one: (self.shifts[one].ends_at, one))
        ended = self.shifts.pop(name)
        self.now = max(self.now, ended.ends_at) + timedelta(seconds=1)
        self.traveller.move_to(self.now)
        for other in [one for one in self.shifts if self.shifts[one].ends_at <= self.now]:
            self.ends(other, self.shifts.pop(other))
        self.ends(name, ended)

    def ends(self, name: str, shift: Any) -> None:
        mine = sorted(
            (case for case, holder in self.holder.items() if holder == name), key=lambda one: one.pk
        )
        for case in mine:
            self.holder[case] = self.waits[case] = self.receiver(name, shift)
        assert actions.end_shift(shift.pk) == len(mine)

    @precondition(lambda self: self.holder)
    @rule(name=who, number=index)
    def takes(self, name: str, number: int) -> None:
        case = list(self.holder)[number % len(self.holder)]
        if name in self.shifts and self.holder[case] != name:
            self.pass_time(0.1)
            person = self.people[name]
            assign_case(by=person, number=case.number, to=person, reason="Беру.")
            self.holder[case] = name
            self.waits.pop(case, None)

    @precondition(lambda self: self.waits)
    @rule(number=index, answer=st.sampled_from(["accept", "refuse", "silence"]))
    def answers(self, number: int, answer: str) -> None:
        case = list(self.waits)[number % len(self.waits)]
        name, row = self.waits[case], Handover.objects.pending().get(case=case)
        if answer == "silence":
            self.now = max(self.now, row.due_at) + timedelta(seconds=1)
            if any(shift.ends_at <= self.now for shift in self.shifts.values()):
                return
            self.traveller.move_to(self.now)
            actions.expire(row.pk)
        elif answer == "refuse" and name != "head":
            self.pass_time(0.1)
            actions.refuse(by=self.people[name], handover_id=row.pk, reason="Не можу.")
        else:
            self.pass_time(0.1)
            actions.accept(by=self.people[name], handover_id=row.pk, read_back="Дзвоню.")
            del self.waits[case]
            return
        self.holder[case] = self.waits[case] = "head" if name == "head" else self.top(name)

    @rule()
    def the_rescue_finds_nothing(self) -> None:
        assert actions.rescue() == 0
        assert actions.look() == 0

    # --- what always holds ----------------------------------------------------------------------------------
    @invariant()
    def the_rows_say_what_the_model_says(self) -> None:
        for case, name in self.holder.items():
            chain = list(
                Responsibility.objects.filter(case=case).order_by("since").select_related("employee")
            )
            assert [row.until for row in chain] == [*(row.since for row in chain[1:]), None]
            case.refresh_from_db()
            assert chain[-1].employee.username == case.responsible.username == name
        waiting = Handover.objects.pending().values_list("case__number", "receiver__username")
        assert dict(waiting) == {case.number: name for case, name in self.waits.items()}
        assert set(self.holder.values()) <= {*self.shifts, "head"}, "who answers is on duty"


@pytest.mark.django_db
def test_whatever_people_and_the_clock_do_the_rows_say_what_the_model_says() -> None:
    run_state_machine_as_test(
        Watch,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )  # fmt: skip
