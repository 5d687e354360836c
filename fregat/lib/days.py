"""A day as lists and people write it; None for what cannot be understood. Plain Python, no clock.

Nothing is guessed: what may be read in two ways (01/02/03 apart, where the day comes first here) is not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's calendar, for days after February 1900."""
_SERIAL = range(10_000, 80_000)
"""1927 to 2119. Four digits are a year as well as a day: they are not read."""

_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})(?: 0?0:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./\- ](\d{1,2})[./\- ](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?Z?")
_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "січень січня январь января january", "лютий лютого февраль февраля february",
            "березень березня март марта march", "квітень квітня апрель апреля april",
            "травень травня май мая may", "червень червня июнь июня june", "липень липня июль июля july",
            "серпень серпня август августа august", "вересень вересня сентябрь сентября september",
            "жовтень жовтня октябрь октября october", "листопад листопада ноябрь ноября november",
            "грудень грудня декабрь декабря december",
        ),
        1,
    )
    for whole in names.split()
    for name in (whole[:letters] for letters in range(3, len(whole) + 1))
}  # fmt: skip
"""Whole and cut short: `Марченко` is none."""
MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![^\W\d_])"
"""A regular expression, for text in any case."""
_NAMED = re.compile(rf"(\d{{1,2}})[ \-.]*({MONTH})\.?[ \-.,]*(\d{{4}}|\d{{2}})(?: ?р\.?| ?року| ?г\.?)?")


@lru_cache(maxsize=65_536)
def day(text: str, century: int = 2000) -> date | None:
    """`24.11.2026`, `24/11/26`, `2026-11-24`, `20261124`, `24 листопада 2026`, `24NOV26`, Excel's `46350`.

    `century`: of a year of two digits.
    """
    if found := _DAY_FIRST.fullmatch(text):
        d, m, y = found.groups()
        return _date(int(y) if len(y) == 4 else century + int(y), int(m), int(d))
    if found := _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text):
        y, m, d = found.groups()
        return _date(int(y), int(m), int(d))
    if found := _NAMED.fullmatch(text.lower()):
        d, name, y = found.groups()
        return _date(int(y) if len(y) == 4 else century + int(y), _MONTHS[name], int(d))
    serial = text.removesuffix(".0")
    if serial.isdecimal() and serial.isascii() and len(serial) == 5 and int(serial) in _SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(serial))
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def birth_day(text: str, today: date) -> date | None:
    """A day of birth: a year of two digits is the last such year that has been."""
    found = day(text)
    return day(text, 1900) if found is not None and found > today and not _has_year(text) else found


def _has_year(text: str) -> bool:
    return re.search(r"\d{4}", text) is not None or len(text.removesuffix(".0")) == 5
