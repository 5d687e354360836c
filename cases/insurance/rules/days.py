"""One answer where it is two days at once: in a country with several zones, or while nobody knows where (C1)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from cases.insurance.rules.terms import ASK, NOT_COVERED, Money
from cases.insurance.rules.verdict import Reason, Verdict, in_order

_TERM = frozenset({"in_term", "not_begun", "expired", "ended_early"})
_BESIDE = frozenset({*_TERM, "waiting", "question"})
"""Compared by themselves: the term, the waiting period; and what is settled on one of the days is not asked there."""
_OF_THE_DAY = frozenset({"on", "age"})


@dataclass(frozen=True)
class OnDay:
    """What is said for one day: by which edition of the rules, and at which age."""

    on: date
    edition: Hashable
    age: int | None
    said: Verdict


def over_days(found: Sequence[OnDay]) -> Verdict:
    """What holds for all the days, that of the main zone first; where they differ it is asked where it happened.

    What is covered on none of them is not covered, for whatever reasons.
    """
    main = found[0].said
    if len({_answer(one.said) for one in found}) < 2:
        return main
    settled = all(one.said.verdict == NOT_COVERED for one in found)
    common = frozenset.intersection(*(_keys(one.said) for one in found))
    reasons = [one for one in main.reasons if _key(one) in common or (settled and one.weight == NOT_COVERED)]
    every = [reason for one in found for reason in one.said.reasons]
    put = {one.values["question"]: one for one in reversed(every) if one.code == "question"}
    reasons += [one for one in put.values() if one not in reasons]
    if not settled:
        reasons += _differences(sorted(found, key=lambda one: one.on))
    questions = {one.code: one for day in reversed(found) for one in day.said.questions}
    left = _same([one.said.limit_left for one in found])
    pays = len({(one.said.excess, one.said.excess_percent) for one in found}) == 1
    said = in_order(reasons, left, main.excess if pays else None, tuple(questions.values()))
    return replace(said, excess_percent=main.excess_percent) if pays else said


def _differences(found: Sequence[OnDay]) -> Iterator[Reason]:
    """By what the days differ, each with its clause, and the first two days that do."""
    if weights := _apart(found, _term):
        yield Reason("day_unknown", ASK, "", weights)
    waiting = [one.source for day in found for one in day.said.reasons if one.code == "waiting"]
    if waiting and (values := _apart(found, _waits)):
        yield Reason("day_waiting", ASK, waiting[0], values)
    if len({_answer(day.said, _BESIDE)[1:] for day in found}) > 1 or not (weights or waiting):
        if values := _apart(found, lambda one: one.edition):
            yield Reason("day_edition", ASK, "", values)
        else:
            values = _apart(found, lambda one: one.age) or {"on": found[0].on, "or": found[-1].on}
            yield Reason("day_age", ASK, "", values)


def _apart(found: Sequence[OnDay], of: Callable[[OnDay], Hashable]) -> dict[str, object]:
    """The first two days in a row of which it is not the same."""
    return next(
        ({"on": one.on, "or": other.on} for one, other in pairwise(found) if of(one) != of(other)), {}
    )


def _term(day: OnDay) -> Hashable:
    return frozenset(one.weight for one in day.said.reasons if one.code in _TERM)


def _waits(day: OnDay) -> bool:
    return any(one.code == "waiting" for one in day.said.reasons)


Key = tuple[str, str, frozenset[tuple[str, object]]]


def _key(reason: Reason) -> Key:
    """A reason but for the day on which it is said, and its clause."""
    values = {(name, value) for name, value in reason.values.items() if name not in _OF_THE_DAY}
    return reason.code, reason.weight, frozenset(values)


def _keys(said: Verdict, without: frozenset[str] = frozenset()) -> frozenset[Key]:
    return frozenset(_key(one) for one in said.reasons if one.code not in without)


def _answer(said: Verdict, without: frozenset[str] = frozenset()) -> tuple[Hashable, ...]:
    """What people are told, whatever its clauses and its day."""
    return said.verdict, _keys(said, without), said.limit_left, said.excess, said.excess_percent


def _same(amounts: Sequence[Money | None]) -> Money | None:
    return amounts[0] if len(set(amounts)) == 1 else None
