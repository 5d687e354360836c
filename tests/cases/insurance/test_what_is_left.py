"""What is left when the sum, the limits and the guarantees are in several currencies, and the ages differ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.insurance.rules import Area, CoverFacts, Event, Money, PolicyFacts, Terms, Verdict, decide

RATES = {"EUR": Decimal(50), "USD": Decimal(40)}
EVENT = Event(on=date(2026, 11, 20), country="TR", service="dentist")


def euro(amount: int | str) -> Money:
    return Money(Decimal(amount), "EUR")


def dollars(amount: int | str) -> Money:
    return Money(Decimal(amount), "USD")


DENTIST = CoverFacts(excess=dollars(0), limit=dollars(5000), clause="4.7")


def said(*covers: CoverFacts, event: Event = EVENT, **facts: Any) -> Verdict:
    terms = Terms(covers={"dentist": covers or [DENTIST]})
    values = {"insured_sum": euro(30_000), "rates": RATES, **facts}
    policy = PolicyFacts(date(2026, 11, 1), date(2026, 11, 30), Area(), terms=terms, **values)
    return decide(policy, event)


@pytest.mark.parametrize(
    ("facts", "left", "verdict"),
    [
        ({}, dollars(5000), "covered"),
        ({"spent": Decimal(29_990)}, dollars("12.50"), "covered"),
        ({"spent": Decimal(30_000)}, dollars(0), "not_covered"),
        ({"insured_sum": euro(1000)}, dollars(1250), "covered"),  # one programme, sums of many sizes
        ({"spent_on_service": Decimal(4000)}, dollars(1000), "covered"),
        ({"rates": {"EUR": Decimal(50)}}, None, "ask"),
        ({"rates": {"EUR": Decimal(50)}, "spent": Decimal(30_000)}, dollars(0), "not_covered"),
        ({"rates": None, "spent": Decimal(29_990)}, None, "ask"),
        ({"rates": None}, dollars(5000), "covered"),  # an example of the rules: its sum is invented
    ],
)
def test_a_limit_in_another_currency_is_bound_by_what_is_left_of_the_sum(
    facts: Any, left: Money | None, verdict: str
) -> None:
    found = said(**facts)
    assert (found.limit_left, found.verdict) == (left, verdict)
    assert (found.verdict == "ask") == (found.reasons[0].code == "guaranteed_uncounted")
