"""The roster against a plain model: planned, moved, cancelled, published, taken back, exchanged, covered (B3).

The model keeps for each shift whose it is, its span and its status, and foretells each refusal from that alone: what
lies over what, what has passed, who rested too little (art. 59, in four lines of its own; the other rules are off).
After every step the rows say what the model says, and nobody has two shifts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
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

from fregat.lib import clock
from fregat.lib.errors import Conflict, DomainError, Invalid
from shifts.absence import actions as absence
from shifts.exchange import actions as exchange
from shifts.exchange.models import Exchange
from shifts.roster import actions
from shifts.roster.models import RosterRule, Shift
from tests.builders import make_employee
from tests.shifts.roster.plain import GONE, OPEN, PlainRoster, Refusal, Request, Row

NAMES = ("anna", "borys", "vira", "sick")
who = st.sampled_from(NAMES)
working = st.sampled_from(NAMES[:3])
slot, length = st.integers(-2, 24), st.sampled_from([4, 4, 6, 12])
index = st.integers(0, 40)
why = st.sampled_from(["", "Так треба."])


class Roster(PlainRoster, RuleBasedStateMachine):
    """A senior manager plans four people, one of whom is away all the time; three exchange among themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = clock.now()
        self.base = self.now.replace(minute=0, second=0, microsecond=0)
        self.senior = make_employee("senior", "senior")
        self.people = {name: make_employee(name, last_name=name, senior=self.senior) for name in NAMES}
        self.names = {person.pk: name for name, person in self.people.items()}
        for kind in ("month_hours", "week_rest", "night_hours", "nights_in_a_row"):
            RosterRule.objects.create(
                kind=kind, limit=1, on=False, since=date(2020, 1, 1), reason="Модель.", changed_by=self.senior,
                changed_at=self.now,
            )  # fmt: skip
        today = clock.local(self.now).date()
        self.away = absence.record(
            by=self.senior, employee=self.people["sick"], kind="sick", since=today - timedelta(days=3),
            until=today + timedelta(days=20), now=self.now,
        )  # fmt: skip
        self.shifts, self.requests = {}, {}
        self.step: dict[int, Row | None] | None = None
        """What the senior manager wrote last, as it stood before."""
        for number, name in enumerate(NAMES):
            self.plan(name, 6 + 5 * number, 4, draft=False, reason="")
            self.plan(name, 8 + 5 * number, 4, draft=number % 2 == 0, reason="")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- doing it ------------------------------------------------------------------------------------------
    def expect(self, refusal: Refusal, act: Callable[[], Any]) -> Any:
        """The real action does what the model foretold."""
        done, refused = None, None
        try:
            with transaction.atomic():
                done = act()
        except DomainError as error:
            refused = error
        assert (type(refused) if refused else None) is refusal, f"{refusal} was foretold, and not {refused!r}"
        return done

    def wrote(self, rows: dict[int, Row]) -> None:
        """These stand now; requests about what was published and is changed fall."""
        self.step = {pk: self.shifts.get(pk) for pk in rows}
        for pk, was in self.step.items():
            if was is not None and was.status == "published" and was != rows[pk]:
                self.fall(pk)
        self.shifts |= rows

    def at(self, start: int, hours: int) -> tuple[datetime, datetime]:
        begins = self.base + timedelta(hours=4 * start)
        return begins, begins + timedelta(hours=hours)

    def some(self, number: int, rows: dict[int, Any]) -> int:
        return list(rows)[number % len(rows)]

    # --- planning ---------------------------------------------------------------------------------------------
    @rule(person=who, start=slot, hours=length, draft=st.booleans(), reason=why)
    def plan(self, person: str, start: int, hours: int, draft: bool, reason: str) -> None:
        begins, ends = self.at(start, hours)
        new, mine = Row(person, begins, ends, "draft" if draft else "published"), self.planned(person)
        refusal = self.shape(begins, ends, reason)
        if refusal is None and self.in_the_way(person, begins, ends):
            refusal = Conflict
        if refusal is None and not draft and not reason and self.tired(mine, [*mine, new]):
            refusal = Invalid
        made = self.expect(
            refusal,
            lambda: actions.plan_shift(
                by=self.senior, employee=self.people[person], starts_at=begins, ends_at=ends, kind="day",
                draft=draft, reason=reason, now=self.now,
            ),
        )  # fmt: skip
        if made is not None:
            self.wrote({made.pk: new})

    @precondition(lambda self: self.shifts)
    @rule(number=index, start=slot, hours=length, reason=why)
    def move(self, number: int, start: int, hours: int, reason: str) -> None:
        pk = self.some(number, self.shifts)
        row, (begins, ends) = self.shifts[pk], self.at(start, hours)
        new, others = replace(row, start=begins, end=ends), self.planned(row.person, [pk])
        refusal: Refusal = None
        if not row.planned or (row.end <= self.now and new != row):
            refusal = Conflict
        elif new != row:
            refusal = self.shape(begins, ends, reason, row)
            if refusal is None and self.in_the_way(row.person, begins, ends, pk):
                refusal = Conflict
            asked = row.start > self.now and row.status == "published" and not reason
            if refusal is None and asked and self.tired([*others, row], [*others, new]):
                refusal = Invalid
        changes = {"starts_at": begins, "ends_at": ends}
        done = self.expect(
            refusal,
            lambda: actions.change_shift(
                by=self.senior, shift_id=pk, changes=changes, reason=reason, now=self.now
            ),
        )
        if done is not None and new != row:
            self.wrote({pk: new})

    @precondition(lambda self: self.shifts)
    @rule(number=index)
    def cancel(self, number: int) -> None:
        stands = {pk: row for pk, row in self.shifts.items() if row.planned}
        pk = self.some(number, stands if stands and number % 4 else self.shifts)
        row = self.shifts[pk]
        refusal = Conflict if not row.planned or row.end <= self.now else None
        act = lambda: actions.cancel_shift(by=self.senior, shift_id=pk, reason="Ні.", now=self.now)  # noqa: E731
        if self.expect(refusal, act) is not None:
            self.wrote({pk: row.gone()})

    @precondition(lambda self: any(row.status == "draft" for row in self.shifts.values()))
    @rule(later=st.booleans(), reason=why)
    def publish(self, later: bool, reason: str) -> None:
        month = clock.local(self.now).date().replace(day=1)
        month = (month + timedelta(days=32)).replace(day=1) if later else month
        drafts = {
            pk: replace(row, status="published")
            for pk, row in self.shifts.items()
            if row.status == "draft" and row.end > self.now
            and clock.local(row.start).date().replace(day=1) == month
        }  # fmt: skip
        refusal: Refusal = None if drafts else Conflict
        for person in {row.person for row in drafts.values()}:
            bound = [row for row in self.planned(person) if row.status == "published"]
            new = [row for row in drafts.values() if row.person == person]
            if not reason and self.tired(bound, [*bound, *new]):
                refusal = Invalid
        act = lambda: actions.publish(by=self.senior, month=month, reason=reason, now=self.now)  # noqa: E731
        if (count := self.expect(refusal, act)) is not None:
            assert count == len(drafts)
            self.wrote(drafts)

    @precondition(lambda self: self.step is not None)
    @rule(sure=st.booleans())
    def undo(self, sure: bool) -> None:
        step = self.step
        bound = any(self.shifts[pk].status in {"published", "cancelled"} for pk in step or ())
        if bound and not sure:
            return
        refusal = Conflict if bound else None
        if self.expect(refusal, lambda: actions.undo(by=self.senior, now=clock.now())) is not None and step:
            self.wrote({pk: was or self.shifts[pk].gone() for pk, was in step.items()})

    # --- exchanging ---------------------------------------------------------------------------------------------
    @rule(number=index, colleague=who, other=index, swaps=st.booleans(), words=why)
    def ask(self, number: int, colleague: str, other: int, swaps: bool, words: str) -> None:
        ready = {pk: row for pk, row in self.shifts.items() if self.can_go(pk)}
        given = self.some(number, ready if ready and number % 4 else self.shifts)
        theirs = {pk: row for pk, row in self.shifts.items() if row.person == colleague}
        gets = self.some(other, theirs or self.shifts) if swaps else None
        row = self.shifts[given]
        request = Request(given, gets, row.person, colleague, words)
        made = self.expect(
            self.no_to(request),
            lambda: exchange.ask(
                by=self.people[row.person], shift_id=given, colleague=self.people[colleague], wanted_id=gets,
                words=words, now=self.now,
            ),
        )  # fmt: skip
        if made is not None:
            self.requests[made.pk] = request

    @precondition(lambda self: any(one.state in OPEN for one in self.requests.values()))
    @rule(number=index, agree=st.sampled_from([True, True, True, False]), words=why)
    def goes_on(self, number: int, agree: bool, words: str) -> None:
        """Whoever's word is awaited says it."""
        waits = {pk: one for pk, one in self.requests.items() if one.state in OPEN}
        pk = self.some(number, waits)
        (self.answer_to if waits[pk].state == "asked" else self.decision_on)(pk, agree, words)

    @precondition(lambda self: self.requests)
    @rule(number=index, agree=st.booleans(), words=why)
    def answer(self, number: int, agree: bool, words: str) -> None:
        self.answer_to(self.some(number, self.requests), agree, words)

    def answer_to(self, pk: int, agree: bool, words: str) -> None:
        request = self.requests[pk]
        refusal: Refusal = None
        if request.state != "asked" or (agree and self.impossible(request)):
            refusal = Conflict
        elif agree and self.breaks(request) and not (request.words or words):
            refusal = Invalid
        by = self.people[request.colleague]
        act = lambda: exchange.answer(by=by, exchange_id=pk, agree=agree, words=words, now=self.now)  # noqa: E731
        if self.expect(refusal, act) is not None:
            request.state = "accepted" if agree else "declined"

    @precondition(lambda self: self.requests)
    @rule(number=index, agree=st.sampled_from([True, True, False]), reason=why)
    def decide(self, number: int, agree: bool, reason: str) -> None:
        self.decision_on(self.some(number, self.requests), agree, reason)

    def decision_on(self, pk: int, agree: bool, reason: str) -> None:
        request = self.requests[pk]
        refusal: Refusal = None
        if request.state != "accepted" or (agree and self.impossible(request)):
            refusal = Conflict
        elif not reason and (not agree or self.breaks(request)):
            refusal = Invalid
        act = lambda: exchange.decide(  # noqa: E731
            by=self.senior, exchange_id=pk, agree=agree, reason=reason, now=self.now
        )
        done = self.expect(refusal, act)
        if done is None:
            return
        request.state = "done" if agree else "refused"
        if agree:
            passed = [(request.given, done.shift_now_id, request.colleague)]
            if request.gets is not None:
                passed.append((request.gets, done.wanted_now_id, request.giver))
            self.passed_on(passed)

    def passed_on(self, passed: list[tuple[int, int, str]]) -> None:
        """Each is cancelled, and one like it stands for somebody else."""
        old = {was: self.shifts[was].gone() for was, _now, _to in passed}
        new = {now: replace(self.shifts[was], person=to) for was, now, to in passed}
        self.wrote(old | new)

    @precondition(lambda self: self.requests)
    @rule(number=index)
    def withdraw(self, number: int) -> None:
        pk = self.some(number, self.requests)
        request = self.requests[pk]
        refusal = None if request.state in OPEN else Conflict
        by = self.people[request.giver]
        act = lambda: exchange.withdraw(by=by, exchange_id=pk, now=self.now)  # noqa: E731
        if self.expect(refusal, act) is not None:
            request.state = "withdrawn"

    # --- covering ------------------------------------------------------------------------------------------------
    @precondition(lambda self: any(row.person == "sick" for row in self.shifts.values()))
    @rule(number=index, to=working)
    def cover(self, number: int, to: str) -> None:
        pk = self.some(number, {pk: row for pk, row in self.shifts.items() if row.person == "sick"})
        row = self.shifts[pk]
        refusal: Refusal = None
        if row.status != "published" or row.end <= self.now + timedelta(minutes=1):
            refusal = Invalid
        elif self.in_the_way(to, row.start, row.end):
            refusal = Conflict
        done = self.expect(
            refusal,
            lambda: absence.cover(
                by=self.senior, absence_id=self.away.pk, shift_id=pk, employee=self.people[to], now=self.now
            ),
        )
        if done is not None:
            self.passed_on([(pk, done.taken_over_id, to)])

    # --- what always holds ----------------------------------------------------------------------------------------
    @invariant()
    def the_rows_say_what_the_model_says(self) -> None:
        rows = {row.pk: _as_the_model(row, self.names) for row in Shift.objects.all()}
        assert rows == self.shifts
        states = dict(Exchange.objects.values_list("pk", "state"))
        assert states == {pk: one.state for pk, one in self.requests.items()}

    @invariant()
    def nobody_has_two_shifts_at_once(self) -> None:
        for name in NAMES:
            rows = sorted(self.planned(name), key=lambda row: row.start)
            assert all(one.end <= next_.start for one, next_ in pairwise(rows))


def _as_the_model(row: Shift, names: dict[int, str]) -> Row:
    standing = "draft" if row.is_draft else "published"
    status = GONE[standing] if row.is_cancelled else standing
    return Row(names[row.employee_id], row.starts_at, row.ends_at, status)


@pytest.mark.django_db
def test_whatever_is_planned_and_exchanged_the_rows_say_what_the_model_says() -> None:
    run_state_machine_as_test(
        Roster,
        settings=settings(
            max_examples=18, stateful_step_count=28, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )  # fmt: skip
