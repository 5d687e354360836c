"""A tariff: the insurer's own table of one programme, line by line (JD II.3, C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum

ROUNDINGS = {"half_up": ROUND_HALF_UP, "up": ROUND_UP, "down": ROUND_DOWN}
"""Ways of rounding by code: to the nearest, always up, always down."""


class Table(StrEnum):
    """Kinds of lines, in the order in which a premium is computed."""

    DAY = "day"
    """The rate of a day of one person, by territory and length of the term."""
    TERM = "term"
    """The rate of the whole term of one person, by territory and length of the term."""
    SUM = "sum"
    """The coefficient of an insured sum; sums without a line are not sold."""
    AGE = "age"
    """The coefficient of an age in whole years; ages without a line are not sold."""
    RISK = "risk"
    """The coefficient of an extra risk."""
    GROUP = "group"
    """The coefficient of so many persons in one contract; 1 where there is no line."""


RATES = frozenset({Table.DAY, Table.TERM})


@dataclass(frozen=True)
class Line:
    """One line: for what (`what`), from–to inclusive, the rate or coefficient (None: not sold)."""

    number: int
    """As people count the lines of the table, from 1."""
    table: Table
    what: str = ""
    """The code of a territory, or the name of a risk."""
    since: int = 0
    until: int = 0
    value: Decimal | None = None

    def holds(self, value: int) -> bool:
        """Is the value within its from and to?"""
        return self.since <= value <= self.until


@dataclass(frozen=True)
class Tariff:
    """A whole tariff; `currency` is that of the rates and of the insured sums alike."""

    lines: tuple[Line, ...]
    currency: str
    step: Decimal = Decimal("0.01")
    """A person's premium is a multiple of it."""
    rounding: str = "half_up"
    minimum: Decimal = Decimal(0)
    """The least premium of a contract."""
    lead_days: int = 0
    """Fewest days between entering a contract and its first day."""
    ahead_days: int = 365
    """Most days between them."""
    persons_max: int = 10

    def of(self, table: Table) -> tuple[Line, ...]:
        """The lines of one kind."""
        return tuple(line for line in self.lines if line.table == table)

    @property
    def territories(self) -> tuple[str, ...]:
        """Codes of the territories that are sold, in the order of the table."""
        rates = (line for line in self.lines if line.table in RATES and line.value is not None)
        return tuple(dict.fromkeys(line.what for line in rates))

    @property
    def risks(self) -> tuple[str, ...]:
        """Names of the extra risks that can be added, in the order of the table."""
        return tuple(line.what for line in self.of(Table.RISK) if line.value is not None)

    @property
    def sums(self) -> tuple[int, ...]:
        """The insured sums that are sold; empty when any is."""
        return tuple(line.since for line in self.of(Table.SUM) if line.value is not None)


def age_on(born: date, day: date) -> int:
    """Whole years on a day; who was born on 29 February is a year older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
