"""Days and years of birth inside a typed text, as people write and say them."""

from __future__ import annotations

import re
from datetime import date

from fregat.lib.days import MONTH, birth_day

_COMMAS = re.compile(
    r"(?<!\d)(?<!\d[.,ю])(\d{1,2})[.,ю](\d{1,2})[.,ю](\d{4}|\d\d)(?!\d|[.,ю]\d)", re.IGNORECASE
)
"""The point of the keys for digits is a comma in Ukrainian, and the key of the Latin point is `ю`."""
_ORDINAL = re.compile(r"(?<=\d)-?го(?= |$)", re.IGNORECASE)
_DATE = re.compile(
    rf"""(?<![\d+])(?<!\d\.)(?<!\w[\-/])
    (?: \d{{1,2}}[ ]?[./\-][ ]?\d{{1,2}}[ ]?[./\-][ ]?(?:\d{{4}}|\d\d)
      | (?<![\d)][ ])\d{{1,2}}(?:[ ]|[ ]?[./\-][ ]?)\d{{1,2}}[ ](?:\d{{4}}|\d\d)(?![ ]\d)
      | \d{{4}}[./\-]\d{{1,2}}[./\-]\d{{1,2}}
      | (?<![\d)][ ])(?:19|20)\d\d[ ]\d\d[ ]\d\d(?![ ]\d)
      | (?<!\w)\d{{1,2}}[ \-.]*{MONTH}\.?[ \-.,]*(?:\d{{4}}|\d\d) )
    (?!\d|[\-/]\w)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What looks like a day; whether it is one `fregat.lib.days` knows."""
_COMPACT = re.compile(r"(?<![\w+\-/.])(?<!\d )(?:\d{8}|\d{6})(?![\w\-/]| \d)")
_GROUPED = re.compile(r"\d{1,2}[ \-]\d\d[ \-]\d\d|\d{4} \d\d \d\d")
"""A day that may be the end of a phone or a part of a number as well."""
_YEAR_ENDS = r"(?=(?:р|рн|року|г|года)\b|-[^\W\d_]{4}|[^\w\-/]|$)"
_YEAR = re.compile(rf"(?<![\w+\-/])((?:19|20)\d\d){_YEAR_ENDS}", re.IGNORECASE)
_SHORT_YEAR = re.compile(
    r"(?<![\w+\-/.])(?<!\d )(\d\d) ?(?:р\. ?н|рн|року|року народження|г\. ?р|года)\b\.?", re.IGNORECASE
)
"""`84 року`; without the word it may be the age, or the first digits of a phone."""
_YEAR_OF_A_NAME = re.compile(rf"(?<![^\W_])([^\W\d_]{{4,}})-?((?:19|20)\d\d){_YEAR_ENDS}", re.IGNORECASE)
"""`Ковальчук-1984`: of fewer letters it is the number of a policy, and with so many it may be one."""
_LONE_YEAR = re.compile(r"[\W_]*\d{4}[\W_]*")
_NOT_DIGITS = re.compile(r"\D+")
_OLDEST = 1900
_AROUND_SIGN = re.compile(r" ?([./\-]) ?")


def as_usual(text: str) -> str:
    """Days as most people write them."""
    return _ORDINAL.sub("", _COMMAS.sub(r"\1.\2.\3", text))


def take_years(text: str, today: date) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The text without years that stand apart or behind a name, these years, and such names with their years.

    Four digits and nothing else are the last of a phone: a year alone would be browsing.
    """
    if _LONE_YEAR.fullmatch(text):
        return text, (), ()

    def whole(match: re.Match[str]) -> str:
        """The last such year that has been."""
        year = today.year - (today.year - int(match[1])) % 100
        return f"{year} "

    text = _SHORT_YEAR.sub(whole, text)
    joined = tuple(match[0] for match in _YEAR_OF_A_NAME.finditer(text))
    apart = _YEAR_OF_A_NAME.sub(r"\1 \2", text)
    return _YEAR.sub(" ", apart), tuple(dict.fromkeys(map(int, _YEAR.findall(apart)))), joined


def take_days(text: str, today: date) -> tuple[str, tuple[date, ...], tuple[str, ...]]:
    """The text without its dates, the dates, and digits that may be a date as well as a number or a phone.

    What cannot be a date stays in the text, and so do digits without signs.
    """
    found: list[date] = []
    twofold: list[str] = []

    def taken(match: re.Match[str]) -> str:
        day = birth_day(_AROUND_SIGN.sub(r"\1", match[0]), today)
        if day is None:
            return match[0]
        found.append(day)
        twofold.extend([_NOT_DIGITS.sub("", match[0])] if _GROUPED.fullmatch(match[0]) else [])
        return " "

    rest = _DATE.sub(taken, text)
    for digits in _COMPACT.findall(rest):
        if day := _compact_day(digits, today):
            found.append(day)
            twofold.append(digits)
    return rest, tuple(dict.fromkeys(found)), tuple(dict.fromkeys(twofold))


def _compact_day(digits: str, today: date) -> date | None:
    """`19901125`, `25111990`, `251190`: a day on which somebody may have been born."""
    readings = (digits, f"{digits[:2]}.{digits[2:4]}.{digits[4:]}")
    days = (birth_day(reading, today) for reading in readings)
    return next((day for day in days if day and day.year >= _OLDEST and day <= today), None)
