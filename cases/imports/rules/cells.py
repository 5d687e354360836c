"""One cell of a list: a day, a sum, a phone, a gender; None for what cannot be understood.

Nothing is guessed: what may be read in two ways (01/02/03 apart, where the day comes first here) is not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from fregat.lib import phones

_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's calendar, for days after February 1900."""
_SERIAL = range(10_000, 80_000)
"""1927 to 2119. Four digits are a year as well as a day: they are not read."""

_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})(?: 0?0:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?Z?")
_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMED = re.compile(r"(\d{1,2})[ \-.]+([^\W\d_]{3,})\.?[ \-.,]+(\d{4})(?: ?р\.?| ?року| ?г\.?)?")
_MONTHS = {
    start: number
    for number, starts in enumerate(
        (
            "січ янв jan", "лют фев feb", "бер мар mar", "кві апр apr", "тра май мая may", "чер июн jun",
            "лип июл jul", "сер авг aug", "вер сен sep", "жов окт oct", "лис ноя nov", "гру дек dec",
        ),
        1,
    )
    for start in starts.split()
}  # fmt: skip


@lru_cache(maxsize=65_536)
def day(text: str, century: int = 2000) -> date | None:
    """`24.11.2026`, `24/11/26`, `2026-11-24`, `20261124`, `24 листопада 2026`, Excel's `46350`.

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
        return _date(int(y), _MONTHS.get(name[:3], 0), int(d))
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


_MONEY_NOISE = re.compile(r"[\s\u00a0\u202f'’]|€|\$|£|грн\.?|[A-Za-z]{3}$")


@lru_cache(maxsize=16_384)
def amount(text: str) -> Decimal | None:
    """`50 000,00`, `50000.5`, `€30 000`. A comma or point before three last digits alone may mean either: not read."""
    plain = _MONEY_NOISE.sub("", text)
    if "," in plain and "." in plain:
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        plain = plain.replace(thousands, "")
    elif re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        return None
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"\d{1,10}(\.\d{1,2}0*)?", plain):
        return None
    try:
        return Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


_PLAIN_UA = re.compile(r"\+?(?:380|0)([3-9]\d{8})")
_PHONE_NOISE = re.compile(r"[\s()\-.\u00a0]")


def phone(text: str) -> str | None:
    """As it is kept, `+380671234567`; Ukrainian numbers in their usual form without the slow library."""
    digits = _PHONE_NOISE.sub("", text)
    if found := _PLAIN_UA.fullmatch(digits):
        return f"+380{found[1]}"
    digits = digits.removesuffix(".0")
    if re.fullmatch(r"380\d{9}", digits):
        return f"+{digits}"
    if re.fullmatch(r"[3-9]\d{8}", digits):  # a spreadsheet has eaten the zero
        return f"+380{digits}"
    return phones.kept(text) or None


_GENDERS = {
    **dict.fromkeys(("ч", "чол", "чоловік", "чоловіча", "чоловічий", "м", "муж", "m", "male", "man"), "m"),
    **dict.fromkeys(("ж", "жін", "жінка", "жіноча", "жіночий", "жен", "f", "female", "w", "woman"), "f"),
}


def gender(text: str) -> str | None:
    """`m`, `f`."""
    return _GENDERS.get(text.lower().rstrip("."))


_LANGUAGES = {
    **dict.fromkeys(("uk", "ua", "укр", "українська"), "uk"),
    **dict.fromkeys(("en", "eng", "англ", "англійська", "english"), "en"),
    **dict.fromkeys(("ru", "рос", "російська"), "ru"),
}


def language(text: str) -> str | None:
    """ISO 639-1."""
    key = text.lower().rstrip(".")
    return _LANGUAGES.get(key) or (key if re.fullmatch("[a-z]{2}", key) else None)


_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}")


def email(text: str) -> str | None:
    """An address of e-mail, as it was written."""
    return text if len(text) <= 254 and _EMAIL.fullmatch(text) else None
