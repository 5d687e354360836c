"""How many people a quarter-hour needs: Erlang C for the calls, plain hours for the work that follows them.

Erlang C (A. K. Erlang, 1917): calls come at random, wait in one queue as long as they must, and are taken by
whoever is free. It gives the share of calls taken within so many seconds by so many people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

QUARTER = 15
"""Minutes."""
QUARTERS = 96
"""Of a day on the wall clock; those that the clocks skip or repeat count as the wall says."""
LEAST = 1
"""Round the clock somebody is there, however quiet it is (JD II.11)."""


@dataclass(frozen=True)
class Goal:
    """What the head expects, and what a call costs."""

    share: int = 80
    """Per cent of calls …"""
    seconds: int = 20
    """… taken within so many seconds."""
    talk: int = 8
    """Minutes of one call."""
    work: int = 20
    """Minutes of work on the case after it; it can wait, and is spread over the hour."""


@dataclass(frozen=True)
class Quarter:
    """What is expected of a quarter-hour, and what is planned for it."""

    number: int
    """0 … 95 on the wall clock."""
    calls: float
    """Expected in the quarter-hour."""
    needed: int
    planned: int
    share: float | None
    """Per cent of calls taken in time by those planned; None: no calls."""
    share_less: float | None
    """The same with one person less."""

    @property
    def short(self) -> int:
        """How many are lacking."""
        return max(0, self.needed - self.planned)


@dataclass(frozen=True)
class Span:
    """Quarter-hours that follow each other and need and have as many people."""

    first: int
    after: int
    """The first quarter-hour after it."""
    needed: int
    planned: int
    calls: float
    """Expected an hour, the mean."""
    share: float | None
    """The worst of the span."""
    share_less: float | None

    @property
    def balance(self) -> int:
        """Planned above needed; below zero people are lacking."""
        return self.planned - self.needed


def judge(number: int, calls: float, planned: int, goal: Goal) -> Quarter:
    """One quarter-hour against the goal."""
    rounded = round(calls, 3)
    return Quarter(
        number, calls, needed(rounded, goal), planned, taken(rounded, planned, goal),
        taken(rounded, planned - 1, goal),
    )  # fmt: skip


@lru_cache(4096)
def needed(calls: float, goal: Goal) -> int:
    """People for so many calls in a quarter-hour: those who answer in time, and those whom the case work takes."""
    if calls <= 0:
        return LEAST
    answering = int(_erlang(calls, goal).required_positions(service_level=goal.share / 100)["positions"])
    return max(LEAST, answering + ceil(round(calls * goal.work / QUARTER - 0.5, 6)))


@lru_cache(4096)
def taken(calls: float, people: int, goal: Goal) -> float | None:
    """Per cent of calls that so many people take in time, the case work done besides; None: there are no calls."""
    if calls <= 0:
        return None
    answering = people - ceil(round(calls * goal.work / QUARTER - 0.5, 6))
    if answering <= calls * goal.talk / QUARTER:
        return 0.0  # the queue grows without end
    return int(_erlang(calls, goal).service_level(positions=answering) * 1000) / 10


def _erlang(calls: float, goal: Goal):  # type: ignore[no-untyped-def]
    # Asked for late: with what it stands on it costs a second and a hundred megabytes.
    from pyworkforce.queuing import ErlangC

    return ErlangC(transactions=calls, asa=goal.seconds / 60, aht=goal.talk, interval=QUARTER)


def spans(quarters: list[Quarter]) -> list[Span]:
    """Joined where neither what is needed nor what is planned changes."""
    found: list[list[Quarter]] = []
    for quarter in quarters:
        last = found[-1][-1] if found else None
        if last and (last.needed, last.planned) == (quarter.needed, quarter.planned):
            found[-1].append(quarter)
        else:
            found.append([quarter])
    return [_span(group) for group in found]


def _span(group: list[Quarter]) -> Span:
    first = group[0]
    return Span(
        first.number, group[-1].number + 1, first.needed, first.planned,
        4 * sum(quarter.calls for quarter in group) / len(group),
        min((quarter.share for quarter in group if quarter.share is not None), default=None),
        min((quarter.share_less for quarter in group if quarter.share_less is not None), default=None),
    )  # fmt: skip
