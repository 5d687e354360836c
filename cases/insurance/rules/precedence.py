"""Which of a person's policies goes first (JD II.1, C1). Plain Python.

The better verdict first; among equals the smaller excess, then the more left of the limit (amounts are compared when
all of the equals have them in one currency, a part of a bill only with another part), then the policy that began
earlier. The operator may choose another.
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
    """The amounts where all pay the same part of the bill, the parts where the least of each is the same."""
    if len({one.percent for one in equals}) == 1:
        return _amounts([one.excess for one in equals])
    alike = len({one.excess for one in equals}) == 1
    return [one.percent if alike else Decimal(0) for one in equals]


def _amounts(values: Sequence[Money | None]) -> list[Decimal]:
    """The amounts when they can be compared, else nothing that tells them apart."""
    currencies = {value.currency for value in values if value}
    if len(currencies) != 1 or None in values:
        return [Decimal(0)] * len(values)
    return [value.amount for value in values if value]
