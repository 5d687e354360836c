"""Birthdays that are a slip of the hand or the ear apart."""

from __future__ import annotations

from datetime import date


def is_near_day(said: date, born: date) -> bool:
    """Of one day and month in a year that is near; or in one year with one digit apart, or day and month exchanged."""
    if said.year != born.year:
        return (said.day, said.month) == (born.day, born.month) and is_near_year(said.year, born.year)
    exchanged = (said.day, said.month) == (born.month, born.day)
    return exchanged or _differ(f"{said:%d%m}", f"{born:%d%m}") < 2


def is_near_year(said: int, born: int) -> bool:
    """The next one, or one digit apart, or the last two exchanged."""
    one, other = f"{said:04}", f"{born:04}"
    exchanged = one[:2] + one[:1:-1] == other
    return abs(said - born) < 2 or exchanged or _differ(one, other) < 2


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
