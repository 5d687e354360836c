"""Erlang C against values of the literature and against a simulation of the queue; spans joined."""

from __future__ import annotations

import heapq
import random

import pytest

from shifts.coverage.rules import Goal, Quarter, judge, needed, spans, taken

CALLS_ALONE = Goal(share=80, seconds=20, talk=3, work=0)


def test_the_example_of_the_textbooks():
    """100 calls in half an hour of 3 minutes each, 80 % in 20 seconds: 14 people, who take 88.8 %."""
    assert needed(50, CALLS_ALONE) == 14
    assert taken(50, 14, CALLS_ALONE) == 88.8
    assert taken(50, 13, CALLS_ALONE) < 80


def _simulated(calls: float, people: int, goal: Goal, *, count: int = 60_000) -> float:
    """Per cent taken in time when calls really come at random and really last as long as chance has it."""
    dice = random.Random(7)
    free, at, in_time = [0.0] * people, 0.0, 0
    for _ in range(count):
        at += dice.expovariate(calls / 15)
        begins = max(at, heapq.heappop(free))
        heapq.heappush(free, begins + dice.expovariate(1 / goal.talk))
        in_time += begins - at <= goal.seconds / 60
    return 100 * in_time / count


@pytest.mark.parametrize(("calls", "people"), [(50, 14), (10, 8), (2, 3)])
def test_a_simulated_queue_behaves_as_the_formula_says(calls, people):
    goal = Goal(share=80, seconds=20, talk=8 if calls < 50 else 3, work=0)
    assert taken(calls, people, goal) == pytest.approx(_simulated(calls, people, goal), abs=2)


def test_somebody_is_there_however_quiet_it_is():
    assert needed(0, Goal()) == 1
    assert taken(0, 1, Goal()) is None


def test_the_work_after_the_calls_takes_people_too():
    """Six calls in a quarter-hour, 20 minutes of work each: 120 minutes of work, eight people."""
    assert needed(6, Goal(talk=8, work=20)) - needed(6, Goal(talk=8, work=0)) == 8


def test_a_queue_that_only_grows_takes_nobody_in_time():
    assert taken(10, 5, Goal(talk=8, work=0)) == 0.0
    assert taken(10, 0, Goal(talk=8, work=0)) == 0.0


def test_what_one_person_less_would_do():
    quarter = judge(40, 2, 3, Goal(talk=8, work=0))
    assert (quarter.needed, quarter.share, quarter.share_less) == (3, 90.1, 64.3)
    assert quarter.short == 0 and judge(40, 2, 1, Goal(talk=8, work=0)).short == 2


def test_quarter_hours_alike_are_one_span_and_its_worst_share_is_told():
    rows = [
        Quarter(number, 1.0 + number, 2, 3 if number < 2 else 1, 90.0 - number, 70.0) for number in range(4)
    ]
    first, second = spans(rows)
    assert (first.first, first.after, first.balance, first.share, first.calls) == (0, 2, 1, 89.0, 6.0)
    assert (second.first, second.after, second.balance) == (2, 4, -1)
