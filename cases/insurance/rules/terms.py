"""What a policy and the rules of its programme say, as plain values (JD II.1, II.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

COVERED = "covered"
NOT_COVERED = "not_covered"
ASK = "ask"

YES_NO = "yes_no"
NUMBER = "number"
NUMBER_MAX = 999
"""The largest number that answers a question of the rules (weeks, metres are asked in hundreds)."""

Answer = bool | int
Answers = Mapping[str, Answer]
"""Code of a question → what was answered."""
Rates = Mapping[str, Decimal | None]
"""Code of a currency → hryvnias for one unit; None: no rate is known."""


@dataclass(frozen=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Ages:
    """From and to which age in full years, both ends included; None: no end there."""

    least: int | None = None
    most: int | None = None

    def __contains__(self, age: int) -> bool:
        return (self.least is None or age >= self.least) and (self.most is None or age <= self.most)

    def __and__(self, other: Ages) -> Ages:
        """Those that are in both."""
        least = max((one.least for one in (self, other) if one.least is not None), default=None)
        return Ages(least, min((one.most for one in (self, other) if one.most is not None), default=None))

    @property
    def possible(self) -> bool:
        """Can anybody be as old as that?"""
        return self.least is None or self.most is None or self.least <= self.most

    @property
    def bounded(self) -> bool:
        """Does the age matter at all?"""
        return self.least is not None or self.most is not None


@dataclass(frozen=True)
class Area:
    """Where something is valid: in `countries` (none named: everywhere), never in those of `without`."""

    countries: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def __contains__(self, country: str) -> bool:
        return country not in self.without and (not self.countries or country in self.countries)


@dataclass(frozen=True)
class CoverFacts:
    """What the programme says of one kind of help, for some ages. `area` None: that of the policy."""

    excess: Money
    """Beside a part of the bill (`excess_percent`) the least of it."""
    limit: Money | None = None
    area: Area | None = None
    clause: str = ""
    needs_consent: bool = False
    waiting_days: int = 0
    """First days of the policy on which this help is not covered yet."""
    ages: Ages = Ages()
    excess_percent: Decimal = Decimal(0)
    """Of the bill; 0: none."""


@dataclass(frozen=True)
class ExclusionFacts:
    """An exclusion that needs a question. Nothing named: asked of everybody, everywhere, with all help."""

    code: str
    kind: str = YES_NO
    clause: str = ""
    excluded_from: int | None = None
    """Of a number: excluded when the answer is at least this (the week of pregnancy)."""
    effect: str = NOT_COVERED
    """What the exclusion makes of the verdict: `not_covered`, or `ask` when the insurer decides each time."""
    services: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    ages: Ages = Ages()
    gender: str = ""
    risks: Sequence[str] = ()
    """Extra risks, each of which lifts it where it is sold with the policy."""


@dataclass(frozen=True)
class Terms:
    """The rules of a programme in one edition: covers by kind of help, exclusions, ages and countries."""

    covers: Mapping[str, Sequence[CoverFacts]] = field(default_factory=dict)
    """Several of one kind differ by age."""
    exclusions: Sequence[ExclusionFacts] = ()
    ages: Ages = Ages()
    ages_clause: str = ""
    excluded: frozenset[str] = frozenset()
    """Countries in which the programme is not valid whatever the territory of the policy says."""
    excluded_clause: str = ""

    @property
    def asks_who(self) -> bool:
        """Does anything depend on the age or the gender?"""
        bands = [self.ages, *(one.ages for rows in self.covers.values() for one in rows)]
        return any(band.bounded for band in bands) or any(
            one.ages.bounded or one.gender for one in self.exclusions
        )


@dataclass(frozen=True)
class PolicyFacts:
    """What the policy says. Dates are days where the event is, both ends included; `ended_on` is not covered."""

    valid_from: date
    valid_to: date
    area: Area
    insured_sum: Money
    terms: Terms | None
    """None: no edition of the rules is in force that day."""
    ended_on: date | None = None
    spent: Decimal = Decimal(0)
    """Committed already, in the currency of the insured sum."""
    spent_on_service: Decimal = Decimal(0)
    """Committed already for this kind of help, in the currency of its limit."""
    uncounted: bool = False
    """Something is committed in a currency without a rate: `spent` is the least, how much is left is not known."""
    uncounted_on_service: bool = False
    """The same of `spent_on_service`."""
    entered_later: datetime | None = None
    """When it was entered, if the event had happened by then."""
    risks: frozenset[str] | None = frozenset()
    """Extra risks that were sold with it, by their names in the tariff. None: it was not sold here, nobody knows."""
    shared: bool = False
    """It may be promised to somebody else: the policy insures several, each for the whole sum."""
    rates: Rates | None = None
    """For the limits in another currency than the sum. None: those of an imagined policy, which are not compared."""


@dataclass(frozen=True)
class Event:
    """What is known of the event: country (ISO 3166-1), the day there, kind of help, the person, the answers given."""

    on: date
    country: str | None = None
    service: str | None = None
    born: date | None = None
    gender: str = ""
    answers: Answers = field(default_factory=dict)

    @property
    def age(self) -> int | None:
        """In full years on that day; who was born on 29 February is a year older on 1 March."""
        if self.born is None:
            return None
        return (
            self.on.year - self.born.year - ((self.on.month, self.on.day) < (self.born.month, self.born.day))
        )


def read_answer(kind: str, said: object) -> Answer | None:
    """An answer as it was typed or sent; None when it is none."""
    if kind == YES_NO:
        if isinstance(said, bool):
            return said
        return {"yes": True, "no": False}.get(str(said).strip().lower())
    if isinstance(said, bool):
        return None
    text = str(said).strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
    return number if number is not None and number <= NUMBER_MAX else None
