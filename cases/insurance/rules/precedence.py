"""Which of a person's policies goes first (JD II.1, C1). Plain Python.

The better verdict first; among equals the excess that is the smallest one of every bill (where there is none, it
decides nothing), then the more left of the limit, then the policy that began earlier. Amounts are compared when all of
the equals have them in one currency; nothing to pay is less than anything. The operator may choose another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.insurance.rules.terms import ASK, COVERED, NOT_COVERED, Money

_RANK = {COVERED: 0, ASK: 1, NOT_COVERED: 2}
REASONS = ("verdict", "excess", "left", "earlier", "same")
"""By what the first one is first, in this order; `same`: nothing tells them apart."""


@dataclass(frozen=True)
class Candidate:
    """A policy with what it says of the event."""

    id: int
    verdict: str
    excess: Money | None
    left: Money | None
    valid_from: date
    percent: Decimal = Decimal(0)
    """Of the bill, that the person pays; `excess` is the least then."""


def first_of(candidates: Sequence[Candidate]) -> tuple[int, str]:
    """The id of the policy that goes first, and by what (`REASONS`). At least one is given."""
    best = min(_RANK[one.verdict] for one in candidates)
    equals = [one for one in candidates if _RANK[one.verdict] == best]
    excesses = _excesses(equals)
    lefts = _amounts([one.left for one in equals])
    keys = {
        one.id: (excess, -left, one.valid_from)
        for one, excess, left in zip(equals, excesses, lefts, strict=True)
    }
    first, *others = sorted(keys, key=lambda row: (*keys[row], row))
    if not others:
        return first, "verdict" if len(candidates) > 1 else "same"
    differing = (
        name
        for name, mine, other in zip(REASONS[1:], keys[first], keys[others[0]], strict=False)
        if mine != other
    )
    return first, next(differing, "same")


def _excesses(equals: Sequence[Candidate]) -> list[Decimal]:
    """0 for those who pay no more than any other of whatever bill, 1 for the others; nothing tells apart where nobody
    does, or where it is not known of all."""
    known = [(one.percent, one.excess) for one in equals if one.excess]
    if len(known) < len(equals):
        return [Decimal(0)] * len(equals)
    least = min(percent for percent, _ in known), min(excess.amount for _, excess in known)
    told = len({excess.currency for _, excess in known if excess.amount}) < 2 or not least[1]
    costs = [(percent, excess.amount) for percent, excess in known]
    return [Decimal(told and least in costs and cost != least) for cost in costs]


def _amounts(values: Sequence[Money | None]) -> list[Decimal]:
    """The amounts when they can be compared, else nothing that tells them apart."""
    currencies = {value.currency for value in values if value}
    if len(currencies) != 1 or None in values:
        return [Decimal(0)] * len(values)
    return [value.amount for value in values if value]
