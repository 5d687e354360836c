"""Phone numbers: kept in one way, read aloud in another."""

from __future__ import annotations

import phonenumbers

COUNTRY = "UA"
"""A number without a country code is of this country."""


def kept(text: str) -> str:
    """The number as it is kept: `+380671234567`; an empty text for what is none."""
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_aloud(number: str) -> str:
    """A kept number in groups: `+380 67 123 4567`; what is none stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
