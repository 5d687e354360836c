"""Which of a person's policies goes first, and by what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.insurance.rules import Candidate, Money, first_of

EARLIER, EARLY, LATE = date(2025, 6, 1), date(2026, 1, 1), date(2026, 6, 1)


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
        ({"excess": Money(Decimal(50), "USD"), "valid_from": EARLIER}, "excess"),  # nothing is less than that
        ({"percent": Decimal(10), "left": Money(Decimal(90_000), "EUR")}, "excess"),
        (
            {
                "percent": Decimal(10),
                "excess": Money(Decimal(50), "EUR"),
                "left": Money(Decimal(90_000), "EUR"),
            },
            "excess",
        ),
        ({}, "same"),
    ],
)
def test_the_second_gives_way(others: dict[str, Any], reason: str) -> None:
    assert first_of([policy(2, **others), policy(1)]) == (1, reason)


@pytest.mark.parametrize(
    ("cheap", "dear", "first"),
    [
        ((0, 50, "EUR"), (10, 50, "EUR"), (1, "excess")),  # no bill costs less by the second
        ((5, 50, "EUR"), (10, 60, "EUR"), (1, "excess")),
        ((5, 0, "USD"), (10, 60, "EUR"), (1, "excess")),
        ((0, 50, "EUR"), (10, 20, "EUR"), (2, "earlier")),  # it depends on the bill
        ((0, 10, "EUR"), (0, 50, "USD"), (2, "earlier")),  # not to be compared
        ((5, 10, "EUR"), (10, 50, "USD"), (2, "earlier")),
    ],
)
def test_the_excess_that_is_the_smaller_one_of_every_bill_goes_first(
    cheap: Any, dear: Any, first: tuple[int, str]
) -> None:
    """Who had a policy without an excess was told that another one, of which more is left, goes first."""
    one, other = (
        policy(n, percent=Decimal(said[0]), excess=Money(Decimal(said[1]), said[2]), valid_from=day)
        for n, said, day in ((1, cheap, EARLY), (2, dear, EARLIER))
    )
    third = policy(3, verdict="ask")
    assert first_of([one, other, third]) == first_of([third, other, one]) == first


def test_of_three_the_smallest_goes_first_though_the_others_cannot_be_compared() -> None:
    free = policy(3, valid_from=LATE)
    others = [policy(1, excess=Money(Decimal(50), "EUR")), policy(2, percent=Decimal(10))]
    assert first_of([*others, free]) == (3, "excess")


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
