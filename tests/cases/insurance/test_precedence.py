"""Which of a person's policies goes first, and by what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance.rules import Candidate, Money, first_of

EARLY, LATE = date(2026, 1, 1), date(2026, 6, 1)


def policy(number: int, **more: Any) -> Candidate:
    values: dict[str, Any] = {
        "verdict": "covered", "excess": Money(Decimal(0), "EUR"), "left": Money(Decimal(30_000), "EUR"),
        "valid_from": EARLY, **more,
    }  # fmt: skip
    return Candidate(number, **values)


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"verdict": "ask"}, "verdict"),
        ({"verdict": "not_covered", "excess": None, "left": None}, "verdict"),
        ({"excess": Money(Decimal(50), "EUR")}, "excess"),
        ({"left": Money(Decimal(10), "EUR")}, "left"),
        ({"valid_from": LATE}, "earlier"),
        ({"excess": Money(Decimal(50), "USD"), "valid_from": LATE}, "earlier"),  # not to be compared
        ({}, "same"),
    ],
)
def test_the_second_gives_way(others: dict[str, Any], reason: str) -> None:
    assert first_of([policy(2, **others), policy(1)]) == (1, reason)


def test_one_alone_goes_first() -> None:
    assert first_of([policy(7)]) == (7, "same")


@pytest.mark.parametrize("worse", [{"excess": None, "left": None}, {"excess": Money(Decimal(5), "USD")}])
def test_a_worse_policy_does_not_stand_between_the_better_ones(worse: dict[str, Any]) -> None:
    dear = policy(1, excess=Money(Decimal(100), "EUR"))
    cheap = policy(2, valid_from=LATE)
    assert first_of([dear, cheap, policy(3, verdict="not_covered", **worse)]) == (2, "excess")


MONEY = st.none() | st.builds(Money, st.integers(0, 3).map(Decimal), st.sampled_from(["EUR", "USD"]))
POLICIES = st.lists(
    st.builds(
        policy, st.integers(1, 9), verdict=st.sampled_from(["covered", "ask", "not_covered"]), excess=MONEY, left=MONEY,
        valid_from=st.sampled_from([EARLY, LATE]),
    ),
    min_size=1, max_size=5, unique_by=lambda one: one.id,
)  # fmt: skip


@given(POLICIES, st.randoms())
def test_the_order_in_which_they_are_listed_changes_nothing(policies: list[Candidate], dice: Any) -> None:
    mixed = list(policies)
    dice.shuffle(mixed)
    assert first_of(mixed) == first_of(policies)


@given(POLICIES)
def test_nobody_covers_better_than_the_first(policies: list[Candidate]) -> None:
    first, _reason = first_of(policies)
    rank = {"covered": 0, "ask": 1, "not_covered": 2}
    verdicts = {one.id: rank[one.verdict] for one in policies}
    assert verdicts[first] == min(verdicts.values())


@given(POLICIES)
def test_what_covers_worse_changes_nothing_among_the_best(policies: list[Candidate]) -> None:
    first, reason = first_of(policies)
    verdict = next(one.verdict for one in policies if one.id == first)
    equals = [one for one in policies if one.verdict == verdict]
    assert first_of(equals) == (first, "same" if reason == "verdict" else reason)
