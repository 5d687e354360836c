"""Responsibility and handover against a plain model in Python: whatever people and the clock do in whatever order (B5).

The model knows who is on duty until when, who is on a break and who holds which case; it names the receiver by the
words of B5, and who takes the next call by those of B2, in a few lines of its own. After every step the rows say the
same: one person a case, a chain without a gap, and nobody who is away is given one.
"""

from __future__ import annotations

from collections import defaultdict
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
from cases.casework.selectors.receivers import next_for_call
from cases.handover import actions
from cases.handover.models import Handover
from fregat.lib.errors import Conflict, Invalid
from shifts.breaks import actions as breaks
from tests.builders import make_case, make_employee, make_project, make_shift

START = datetime(2026, 11, 2, 6, tzinfo=UTC)
NAMES = ("anna", "borys", "night", "senior")
who = st.sampled_from(NAMES)
index = st.integers(0, 5)
MINUTES = {"short": 15, "lunch": 60}
"""How long a break is by B2; it ends before the check of the shift, in its last 20 minutes (B4)."""
CHECK = timedelta(minutes=20)


class Watch(RuleBasedStateMachine):
    """Four people come and go, and go on breaks; cases are opened, taken, passed on, accepted, refused, left
    unanswered."""

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
        self.breaks: dict[str, Any] = {}
        """Of whom is on duty: their break that is asked for, agreed to or running."""
        self.lunched: set[int] = set()
        """Shifts that had their lunch."""
        for hours, name in enumerate(("anna", "night", "senior"), 1):
            self.begins(name, hours)
        self.opens(0)

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- what B5 says --------------------------------------------------------------------------------
    def top(self, but: str) -> str:
        """The senior manager on duty and not on a break, else the head."""
        return "senior" if "senior" in self.there() and but != "senior" else "head"

    def there(self) -> list[str]:
        """Who is on duty and at work."""
        return [name for name in self.shifts if not self.is_away(name)]

    def is_away(self, name: str) -> bool:
        return name in self.breaks and self.breaks[name].state == "running"

    def load(self) -> dict[str, int]:
        return {name: list(self.holder.values()).count(name) for name in NAMES}

    def next_for_call(self) -> list[str]:
        """Who takes the next call: at work, no senior manager, not in the last minutes of the shift."""
        load = self.load()
        ready = [name for name in self.there() if self.now < self.shifts[name].ends_at - CHECK]
        return sorted((name for name in ready if name != "senior"), key=lambda name: (load[name], name))

    def receiver(self, giver: str, ended: Any) -> str:
        """Whom B5 names for one case more."""
        if giver == "senior":
            return self.top("senior")
        load, there = self.load(), self.there()
        night = [name for name in ("night",) if name in there and name != giver]
        after = [
            name
            for name in ("anna", "borys")
            if name in there and name != giver and self.shifts[name].starts_at > ended.starts_at
        ]
        return min(night or after, key=lambda name: (load[name], name), default=self.top(giver))

    # --- what people and the clock do -------------------------------------------------------------------
    def pass_time(self, minutes: float) -> None:
        """Never past the end of a shift: that has a step of its own."""
        left = min((shift.ends_at - self.now for shift in self.shifts.values()), default=timedelta.max)
        self.now += min(timedelta(minutes=minutes), left / 2)
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

    @precondition(lambda self: self.there())
    @rule(number=index)
    def opens(self, number: int) -> None:
        name = self.there()[number % len(self.there())]
        self.pass_time(0.1)
        self.holder[make_case(self.people[name], insurer=self.project, now=self.now)] = name

    @precondition(lambda self: self.shifts)
    @rule(number=index, away=st.booleans())
    def the_next_shift_ends(self, number: int, away: bool) -> None:
        """`away`: somebody else has gone on a break before it, and is not back."""
        name = min(self.shifts, key=lambda one: (self.shifts[one].ends_at, one))
        there = [one for one in self.shifts if one != name and one not in self.breaks]
        if away and there:
            self.asks(there[number % len(there)], "short", "begun")
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
        pause = self.breaks.pop(name, None)
        if pause is not None and pause.state == "running":
            assert breaks.close(pause.pk).ended_by_program

    # --- breaks: asked for, agreed to, begun, ended, lasting too long -------------------------------------
    @precondition(lambda self: set(self.shifts) - set(self.breaks))
    @rule(
        number=index,
        kind=st.sampled_from(list(MINUTES)),
        answer=st.sampled_from(["begun", "begun", "agreed", "asked", "refused"]),
    )
    def asks_for_a_break(self, number: int, kind: str, answer: str) -> None:
        without = [name for name in self.shifts if name not in self.breaks]
        self.asks(without[number % len(without)], kind, answer)

    def asks(self, name: str, kind: str, answer: str) -> None:
        shift = self.shifts[name]
        too_late = self.now + timedelta(minutes=MINUTES[kind]) > shift.ends_at - CHECK
        if too_late or (kind == "lunch" and shift.pk in self.lunched):
            return
        row = breaks.ask(by=self.people[name], kind=kind, starts_at=self.now)
        if answer == "refused":
            breaks.refuse(by=self.people["head"], break_id=row.pk, reason="Черга.")
            return
        self.breaks[name] = row
        for _step in range(("asked", "agreed", "begun").index(answer)):
            self.goes_on(name)

    @rule(name=who)
    def goes_on(self, name: str) -> None:
        """What is asked for is agreed to, what is agreed to begins, who is away comes back."""
        row = self.breaks.get(name)
        if row is None:
            return
        person, late = self.people[name], self.now >= self.shifts[name].ends_at - CHECK
        if row.state == "asked" and self.now <= row.starts_at + timedelta(minutes=15):
            self.breaks[name] = breaks.agree(by=self.people["head"], break_id=row.pk)
        elif row.state == "agreed" and not late:
            self.breaks[name] = breaks.begin(by=person, break_id=row.pk)
            self.lunched |= {self.shifts[name].pk} if row.kind == "lunch" else set()
        elif row.state == "agreed":
            with pytest.raises(Invalid):
                breaks.begin(by=person, break_id=row.pk)
        elif row.state == "running":
            breaks.end(by=person, break_id=row.pk)
            del self.breaks[name]
        else:
            breaks.withdraw(by=person, break_id=row.pk)
            del self.breaks[name]

    @precondition(lambda self: any(self.is_away(name) for name in self.shifts))
    @rule(minutes=st.integers(16, 90))
    def who_is_away_stays_away_too_long(self, minutes: int) -> None:
        self.pass_time(minutes)

    @precondition(lambda self: self.holder)
    @rule(name=who, number=index)
    def takes(self, name: str, number: int) -> None:
        case = list(self.holder)[number % len(self.holder)]
        if name in self.shifts and self.holder[case] != name:
            self.pass_time(0.1)
            person = self.people[name]
            if self.is_away(name):
                with pytest.raises(Conflict):
                    assign_case(by=person, number=case.number, to=person, reason="Беру.")
                return
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
        chains: dict[int, list[Any]] = defaultdict(list)
        rows = Responsibility.objects.filter(case__in=list(self.holder)).order_by("since")
        for row in rows.select_related("employee", "case__responsible"):
            chains[row.case_id].append(row)
        for case, name in self.holder.items():
            chain = chains[case.pk]
            assert [row.until for row in chain] == [*(row.since for row in chain[1:]), None]
            assert chain[-1].employee.username == chain[-1].case.responsible.username == name
        waiting = Handover.objects.pending().values_list("case__number", "receiver__username")
        assert dict(waiting) == {case.number: name for case, name in self.waits.items()}
        assert set(self.holder.values()) <= {*self.shifts, "head"}, "who answers is on duty"
        offered = [one.username for one in next_for_call(self.project, self.now)]
        assert offered == self.next_for_call(), "the next call goes to who is at work, the least loaded first"


@pytest.mark.django_db
def test_whatever_people_and_the_clock_do_the_rows_say_what_the_model_says() -> None:
    run_state_machine_as_test(
        Watch,
        settings=settings(
            max_examples=22, stateful_step_count=24, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )  # fmt: skip
