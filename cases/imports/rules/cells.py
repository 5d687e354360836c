"""One cell of a list: a day, a sum, a phone, a gender; None for what cannot be understood.

Nothing is guessed: what may be read in two ways is not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from fregat.lib import days, phones

_OF_YEAR = re.compile(r"(?<=\d) ?[рг]\.?$", re.IGNORECASE)
_LAST_MINUTE = re.compile(r"[ T]23:59(?::59(?:\.\d+)?)?Z?$")


def day(text: str) -> date | None:
    """As `fregat.lib.days` reads it; `31.12.2026 р.` besides."""
    return days.day(text) or days.day(_OF_YEAR.sub("", text))


def birth_day(text: str, today: date) -> date | None:
    """The same of a day of birth."""
    return days.birth_day(text, today) or days.birth_day(_OF_YEAR.sub("", text), today)


def last_day(text: str) -> date | None:
    """The last day of a term, `31.12.2026 23:59:59` too."""
    return day(text) or day(_LAST_MINUTE.sub("", text))


def first_without(text: str) -> date | None:
    """From which day on somebody is insured no longer; who is until the last minute of a day is from the next."""
    found = day(text)
    if found is None and (until := last_day(text)) is not None:
        return until + timedelta(days=1)
    return found


_MONEY_NOISE = re.compile(r"[\s\u00a0\u202f'’]")
_CURRENCY = re.compile(r"([€$£₴])|грн\.?|([A-Za-z]{3})$", re.IGNORECASE)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₴": "UAH"}


_CALLED = {
    **dict.fromkeys(("€", "євро", "евро", "euro"), "EUR"),
    **dict.fromkeys(("₴", "грн", "гривня", "гривні", "гривень", "гривна"), "UAH"),
    **dict.fromkeys(("$", "долар сша", "долари сша", "дол сша", "доллар сша", "us$"), "USD"),
    **dict.fromkeys(("£", "фунт стерлінгів"), "GBP"),
}


def currency(text: str) -> str:
    """ISO 4217, as far as people call it otherwise; else the text in capitals."""
    return _CALLED.get(text.lower().replace(".", " ").strip().replace("  ", " "), text.upper())


class Priced(Decimal):
    """A sum that names its currency."""

    currency: str


@lru_cache(maxsize=16_384)
def amount(text: str) -> Decimal | None:
    """`50 000,00`, `50000.5`, `€30 000`. A comma or point before three last digits alone may mean either: not read.

    Priced when a currency stands there.
    """
    plain = _MONEY_NOISE.sub("", text)
    named = _CURRENCY.search(plain)
    if named:
        plain = plain[: named.start()] + plain[named.end() :]
    if "," in plain and "." in plain:
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        plain = plain.replace(thousands, "")
    elif re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        return None
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"\d{1,10}(\.\d{1,2}0*)?", plain):
        return None
    try:
        found = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return _priced(found, named) if named else found


def _priced(found: Decimal, named: re.Match[str]) -> Priced:
    priced = Priced(found)
    sign, code = named.groups()
    priced.currency = _SIGNS[sign] if sign else (code or "UAH").upper()
    return priced


_PLAIN_UA = re.compile(r"\+?(?:380|0)([3-9]\d{8})")
_PHONE_NOISE = re.compile(r"[\s()\-.\u00a0]")


def phone(text: str) -> str | None:
    """As it is kept, `+380671234567`; Ukrainian numbers in their usual form without the slow library."""
    text = text.removesuffix(".0")
    digits = _PHONE_NOISE.sub("", text)
    if found := _PLAIN_UA.fullmatch(digits):
        return f"+380{found[1]}"
    if re.fullmatch(r"[3-9]\d{8}", digits):  # a spreadsheet has eaten the zero
        return f"+380{digits}"
    kept = phones.kept(text)
    # The library takes a number for possible that lacks or exceeds digits.
    return kept if kept and (not kept.startswith("+380") or _PLAIN_UA.fullmatch(kept)) else None


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
    return text if len(text) <= 254 and text.isprintable() and _EMAIL.fullmatch(text) else None
