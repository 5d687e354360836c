"""Birthdays that are a slip of the hand or the ear apart."""

from __future__ import annotations

from datetime import date, timedelta

_OLDEST = 1900


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


def near_days(said: date) -> list[date]:
    """All days that are so near."""
    first, length = date(said.year, 1, 1), 365 + _is_leap(said.year)
    of_year = (first + timedelta(days=number) for number in range(length))
    leap = (said.month, said.day) == (2, 29)
    others = [said.replace(year=year) for year in near_years(said.year) if not leap or _is_leap(year)]
    return sorted({*others, *(day for day in of_year if is_near_day(said, day))})


def near_years(said: int) -> list[int]:
    """All years that are so near, of those in which somebody may have been born."""
    return [year for year in range(_OLDEST, said + 100) if year <= 9999 and is_near_year(said, year)]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
