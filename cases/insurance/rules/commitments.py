"""What is promised under a policy already, and how sums in different currencies are compared (JD II.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cases.insurance.rules.terms import Money, Rates

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Committed:
    """A promise, or the sum of several in one currency: under which policy, for which kind of help, how much."""

    policy: int
    service: str
    amount: Money


def in_currency(value: Money, code: str, rates: Rates) -> Decimal | None:
    """The amount in another currency, by their rates in hryvnias; None when a rate is missing."""
    if value.currency == code:
        return value.amount
    old, new = rates.get(value.currency), rates.get(code)
    if not old or not new:
        return None
    return (value.amount * old / new).quantize(_CENT, rounding=ROUND_HALF_UP)


def total_in(promises: Iterable[Committed], code: str, rates: Rates) -> tuple[Decimal, bool]:
    """The sum in a currency, and is it all: False when something could not be converted."""
    amounts = [in_currency(one.amount, code, rates) for one in promises]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)), len(known) == len(amounts)
