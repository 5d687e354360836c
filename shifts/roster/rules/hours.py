"""Hours of a month as the accountants count them: all, at night, on holidays. True hours, by instants.

Night is from 22:00 to 06:00 (Labour Code, art. 54). Holidays are those of art. 73 as it stands since 2023 (laws
3107-IX and 3258-IX). Under martial law art. 73 gives no days off and art. 107 no double pay (2136-IX, art. 6):
the hours are counted, what they are worth is not said here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shifts.roster.rules.labour import night_length
from shifts.roster.rules.shape import length
from shifts.roster.rules.walls import day_span

_FIXED = ((1, 1), (3, 8), (5, 1), (5, 8), (6, 28), (7, 15), (8, 24), (10, 1), (12, 25))
_TRINITY = timedelta(days=49)


@dataclass(frozen=True)
class Hours:
    """Hours of some shifts."""

    shifts: int = 0
    all: timedelta = timedelta(0)
    night: timedelta = timedelta(0)
    holiday: timedelta = timedelta(0)

    def __add__(self, other: Hours) -> Hours:
        return Hours(
            self.shifts + other.shifts,
            self.all + other.all,
            self.night + other.night,
            self.holiday + other.holiday,
        )


def hours_of(spans: Iterable[tuple[datetime, datetime]], zone: str = "Europe/Kyiv") -> Hours:
    """The hours of these shifts."""
    total = Hours()
    for starts_at, ends_at in spans:
        holiday = holiday_length(starts_at, ends_at, zone)
        total += Hours(1, length(starts_at, ends_at), night_length(starts_at, ends_at, zone), holiday)
    return total


def holiday_length(starts_at: datetime, ends_at: datetime, zone: str = "Europe/Kyiv") -> timedelta:
    """How much of the span lies on holidays of the wall clock."""
    found = timedelta(0)
    for year in {starts_at.year, ends_at.year}:
        for day in holidays(year):
            begins, ends = day_span(day, zone)
            found += max(min(ends, ends_at) - max(begins, starts_at), timedelta(0))
    return found


def holidays(year: int) -> list[date]:
    """Holidays of a year (art. 73), in order."""
    easter = orthodox_easter(year)
    return sorted({*(date(year, month, day) for month, day in _FIXED), easter, easter + _TRINITY})


def orthodox_easter(year: int) -> date:
    """Easter by the Julian calendar (Meeus), as a day of ours; right from 1900 to 2099."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
