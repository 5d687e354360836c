"""Whether a contract may be entered today by the rules of its tariff, and how its number is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.contracts.rules.premium import Refusal
from cases.contracts.rules.tariff import Tariff


def may_begin(tariff: Tariff, starts: date, today: date) -> Iterator[Refusal]:
    """Reasons why a contract entered today may not begin on this day."""
    if starts < today:
        yield Refusal("past", "starts")
    elif starts < today + timedelta(days=tariff.lead_days):
        yield Refusal("too_soon", "starts", {"first": today + timedelta(days=tariff.lead_days)})
    elif starts > today + timedelta(days=tariff.ahead_days):
        yield Refusal("too_far", "starts", {"last": today + timedelta(days=tariff.ahead_days)})


def same_person(keys: Sequence[tuple[object, ...]]) -> list[int]:
    """Places (from 0) of persons that stand in the contract already, further up."""
    seen: set[tuple[object, ...]] = set()
    twice = []
    for place, key in enumerate(keys):
        if key in seen:
            twice.append(place)
        seen.add(key)
    return twice


@dataclass(frozen=True)
class Series:
    """A series of numbers: its letters, how many digits, which numbers, which is next."""

    prefix: str
    width: int
    first: int
    last: int
    next: int

    @property
    def left(self) -> int:
        """How many numbers have not been given yet."""
        return self.last - self.next + 1

    def number(self, value: int) -> str:
        """The number as it stands on the contract: `VZR-0000042`."""
        return f"{self.prefix}{value:0{self.width}d}"


def annulled_from(starts: date, today: date) -> date:
    """The day from which an annulled contract covers nothing: its first one, or, when it has begun, tomorrow."""
    return starts if starts > today else today + timedelta(days=1)
