"""The premium by a tariff, with every step of it, or what is not sold and why. Exact decimals, no floats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as of
from datetime import date
from decimal import Decimal, localcontext

from cases.contracts.rules.tariff import RATES, ROUNDINGS, Line, Table, Tariff, age_on

_DIGITS = 200
"""Enough for the product of all the coefficients of the longest table to be exact."""
ONE = Decimal(1)
PREMIUM_END = Decimal(10) ** 12
"""Premiums are below it: no contract costs as much, and none can be kept."""


@dataclass(frozen=True)
class Question:
    """What is asked. `starts` and `ends` are the first and the last day of cover, both included."""

    territory: str
    starts: date
    ends: date
    born: tuple[date, ...]
    risks: frozenset[str] = frozenset()
    insured_sum: Decimal | None = None

    @property
    def days(self) -> int:
        """The length of the term."""
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True)
class Step:
    """One step of a person's premium: what was done (`labels.STEPS`), by which line, and what it came to."""

    code: str
    amount: Decimal
    factor: Decimal
    line: int = 0
    what: str = ""
    count: int = 0
    """Days of the term, years of age, persons of the group: what the line was found by."""


@dataclass(frozen=True)
class Share:
    """The premium of one person."""

    age: int
    steps: tuple[Step, ...]
    premium: Decimal


@dataclass(frozen=True)
class Premium:
    """The premium of a contract."""

    shares: tuple[Share, ...]
    sum_of_shares: Decimal
    total: Decimal
    currency: str
    days: int

    @property
    def is_minimum(self) -> bool:
        """Was it raised to the least premium of the tariff?"""
        return self.total != self.sum_of_shares


@dataclass(frozen=True)
class Refusal:
    """Why it is not sold: a code of `labels.REFUSALS`, the field it concerns, the person (from 0; -1: all)."""

    code: str
    field: str
    values: Mapping[str, object] = of(default_factory=dict)
    person: int = -1


@dataclass(frozen=True)
class NotSold:
    """What is not sold, every reason of it."""

    reasons: tuple[Refusal, ...]


def premium(tariff: Tariff, question: Question) -> Premium | NotSold:
    """The premium of a contract by this tariff."""
    reasons = tuple(_refusals(tariff, question))
    if reasons:
        return NotSold(reasons)
    with localcontext() as context:
        context.prec = _DIGITS
        shares = tuple(_share(tariff, question, born) for born in question.born)
        added = sum((share.premium for share in shares), Decimal(0))
        total = max(added, tariff.minimum)
    if not 0 < total < PREMIUM_END:
        return NotSold((Refusal("premium_large" if total else "premium_none", "programme"),))
    return Premium(shares, added, total, tariff.currency, question.days)


def rounded(amount: Decimal, step: Decimal, rounding: str) -> Decimal:
    """The amount as a multiple of `step` (positive); `rounding`: a code of `ROUNDINGS`.

    Asks the remainder and never a quotient, which of some steps has no end: a half stays a half.
    """
    whole, rest = divmod(amount, step)
    if rounding == "half_up":
        whole += 1 if rest * 2 >= step else 0
    elif rounding == "up":
        whole += 1 if rest else 0
    elif rounding not in ROUNDINGS:
        raise KeyError(rounding)
    return whole * step


# --- What is not sold ------------------------------------------------------------------------------


def _refusals(tariff: Tariff, question: Question) -> Iterator[Refusal]:
    if question.ends < question.starts:
        yield Refusal("ends_before", "ends")
        return
    rates = [line for line in tariff.lines if line.table in RATES and line.what == question.territory]
    if all(line.value is None for line in rates):
        yield Refusal("territory", "territory")
    elif _found(rates, question.days) is None:
        yield _term(rates, question.days)
    yield from _of_sum(tariff, question)
    known = set(tariff.risks)
    for risk in sorted(question.risks - known):
        yield Refusal("risk", "risks", {"risk": risk})
    yield from _of_persons(tariff, question)


def _term(rates: list[Line], days: int) -> Refusal:
    sold = [line for line in rates if line.value is not None]
    longest = max(line.until for line in sold)
    shortest = min(line.since for line in sold)
    if days > longest:
        return Refusal("term_long", "ends", {"days": days, "longest": longest})
    if days < shortest:
        return Refusal("term_short", "ends", {"days": days, "shortest": shortest})
    return Refusal("term", "ends", {"days": days})


def _of_sum(tariff: Tariff, question: Question) -> Iterator[Refusal]:
    if not tariff.of(Table.SUM):
        return
    if question.insured_sum is None or _sum_line(tariff, question) is None:
        yield Refusal("sum", "insured_sum", {"sums": tariff.sums})


def _of_persons(tariff: Tariff, question: Question) -> Iterator[Refusal]:
    if not question.born:
        yield Refusal("nobody", "born")
    if len(question.born) > tariff.persons_max:
        yield Refusal("many", "born", {"count": len(question.born), "most": tariff.persons_max})
    if (group := _any(tariff.of(Table.GROUP), len(question.born))) and group.value is None:
        yield Refusal("group", "born", {"count": len(question.born)})
    ages = tariff.of(Table.AGE)
    for place, born in enumerate(question.born):
        if born > question.starts:
            yield Refusal("not_born", "born", {}, place)
            continue
        age = age_on(born, question.starts)
        if ages and _found(ages, age) is None:
            sold = [line for line in ages if line.value is not None]
            values = {
                "age": age,
                "least": min((line.since for line in sold), default=0),
                "most": max((line.until for line in sold), default=0),
            }
            yield Refusal("age", "born", values, place)


# --- What is sold ----------------------------------------------------------------------------------


def _any(lines: tuple[Line, ...] | list[Line], value: int) -> Line | None:
    return next((line for line in lines if line.holds(value)), None)


def _found(lines: tuple[Line, ...] | list[Line], value: int) -> Line | None:
    """The line that holds the value and sells it."""
    line = _any(lines, value)
    return line if line is not None and line.value is not None else None


def _sum_line(tariff: Tariff, question: Question) -> Line | None:
    lines = tariff.of(Table.SUM)
    wanted = (line for line in lines if line.value is not None and question.insured_sum == line.since)
    return next(wanted, None)


def _factors(tariff: Tariff, question: Question, age: int) -> Iterator[tuple[str, Line, int]]:
    """Coefficients in the order of computing, each with what it was found by."""
    line = _sum_line(tariff, question)
    if line is not None:
        yield "sum", line, line.since
    line = _found(tariff.of(Table.AGE), age)
    if line is not None:
        yield "age", line, age
    for line in tariff.of(Table.RISK):
        if line.what in question.risks:
            yield "risk", line, 0
    line = _found(tariff.of(Table.GROUP), len(question.born))
    if line is not None:
        yield "group", line, len(question.born)


def _share(tariff: Tariff, question: Question, born: date) -> Share:
    age = age_on(born, question.starts)
    rates = [line for line in tariff.lines if line.table in RATES and line.what == question.territory]
    base = _found(rates, question.days)
    if base is None or base.value is None:
        raise LookupError("refused before")  # `_refusals` says so to people
    times = question.days if base.table == Table.DAY else 1
    amount = base.value * times
    steps = [Step(f"base_{base.table}", amount, base.value, base.number, base.what, question.days)]
    for code, line, count in _factors(tariff, question, age):
        factor = line.value if line.value is not None else ONE
        amount *= factor
        steps.append(Step(code, amount, factor, line.number, line.what, count))
    # What is too large anyhow is not rounded: its quotient may have more digits than are computed with.
    whole = rounded(amount, tariff.step, tariff.rounding) if amount < PREMIUM_END else amount
    if whole != amount:
        steps.append(Step(f"rounding_{tariff.rounding}", whole, tariff.step))
    return Share(age, tuple(steps), whole)
