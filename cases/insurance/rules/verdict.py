"""Does the policy cover the place, the time and the kind of help? (JD II.1, C1)

Reasons are codes with values; the sentences are in `labels.py`. Whatever speaks against decides;
what is not known yet is asked; a case is registered in any event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

COVERED = "covered"
NOT_COVERED = "not_covered"
ASK = "ask"


@dataclass(frozen=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class CoverFacts:
    """What the programme says of one kind of help. `countries` None: those of the policy."""

    excess: Money
    limit: Money | None = None
    countries: frozenset[str] | None = None
    clause: str = ""
    needs_consent: bool = False
    waiting_days: int = 0
    """First days of the policy on which this help is not covered yet."""


@dataclass(frozen=True)
class PolicyFacts:
    """What the policy says. Dates are days where the event is, both ends included; `ended_on` is not covered."""

    valid_from: date
    valid_to: date
    countries: frozenset[str]
    insured_sum: Money
    covers: Mapping[str, CoverFacts]
    ended_on: date | None = None
    spent: Decimal = Decimal(0)
    """Committed already, in the currency of the insured sum."""
    spent_on_service: Decimal = Decimal(0)
    """Committed already for this kind of help, in the currency of its limit."""


@dataclass(frozen=True)
class Reason:
    """Why: a code, the clause it stands on, values for its sentence, and where it points."""

    code: str
    weight: str
    source: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """The answer, every reason (what decided comes first), what is left, what the person pays."""

    verdict: str
    reasons: tuple[Reason, ...]
    limit_left: Money | None = None
    excess: Money | None = None


_ORDER = {NOT_COVERED: 0, ASK: 1, COVERED: 2}


def decide(policy: PolicyFacts, *, country: str | None, on: date, service: str | None) -> Verdict:
    """The verdict for a place (ISO 3166-1, None: not known), the day there and a kind of help (None: not known)."""
    cover = policy.covers.get(service) if service else None
    left = _left(policy, cover)
    reasons = [_term(policy, on), _place(policy, cover, country), _service(policy, service, cover)]
    reasons += _waiting(policy, cover, on)
    if left.amount <= 0:
        reasons.append(Reason("limit_spent", NOT_COVERED, _clause(cover), {"limit": _limit(policy, cover)}))
    excess = cover.excess if cover else None
    if excess and excess.amount > 0:
        reasons.append(Reason("excess", COVERED, _clause(cover), {"amount": excess}))
    reasons.sort(key=lambda reason: _ORDER[reason.weight])
    return Verdict(reasons[0].weight, tuple(reasons), left if cover or service is None else None, excess)


def _clause(cover: CoverFacts | None) -> str:
    return cover.clause if cover else ""


def _term(policy: PolicyFacts, on: date) -> Reason:
    values = {"from": policy.valid_from, "to": policy.valid_to, "on": on}
    if policy.ended_on and on >= policy.ended_on:
        return Reason("ended_early", NOT_COVERED, "", {**values, "to": policy.ended_on})
    if on < policy.valid_from:
        return Reason("not_begun", NOT_COVERED, "", values)
    if on > policy.valid_to:
        return Reason("expired", NOT_COVERED, "", values)
    return Reason("in_term", COVERED, "", values)


def _place(policy: PolicyFacts, cover: CoverFacts | None, country: str | None) -> Reason:
    if country is None:
        return Reason("place_unknown", ASK)
    values = {"country": country}
    if country not in policy.countries:
        return Reason("outside_territory", NOT_COVERED, "", values)
    if cover and cover.countries is not None and country not in cover.countries:
        return Reason("cover_elsewhere", NOT_COVERED, cover.clause, values)
    return Reason("in_territory", COVERED, "", values)


def _service(policy: PolicyFacts, service: str | None, cover: CoverFacts | None) -> Reason:
    if service is None:
        return Reason("service_unknown", ASK)
    values = {"service": service}
    if cover is None:
        return Reason("no_cover", NOT_COVERED, "", values)
    if cover.needs_consent:
        return Reason("needs_consent", ASK, cover.clause, values)
    return Reason("in_cover", COVERED, cover.clause, values)


def _waiting(policy: PolicyFacts, cover: CoverFacts | None, on: date) -> list[Reason]:
    """The waiting period of a kind of help, reckoned from the first day of the policy."""
    if cover is None or not cover.waiting_days or on < policy.valid_from:
        return []
    first = policy.valid_from + timedelta(days=cover.waiting_days)
    values = {"days": cover.waiting_days, "from": first}
    return [Reason("waiting", NOT_COVERED, cover.clause, values)] if on < first else []


def _limit(policy: PolicyFacts, cover: CoverFacts | None) -> Money:
    return cover.limit if cover and cover.limit else policy.insured_sum


def _left(policy: PolicyFacts, cover: CoverFacts | None) -> Money:
    """The limit of the cover, never more than what is left of the insured sum in the same currency."""
    whole = policy.insured_sum.amount - policy.spent
    currency = policy.insured_sum.currency
    if cover is None or cover.limit is None:
        return Money(max(whole, Decimal(0)), currency)
    left = cover.limit.amount - policy.spent_on_service
    if cover.limit.currency == currency or whole <= 0:
        left = min(left, whole)
    return Money(max(left, Decimal(0)), cover.limit.currency)
