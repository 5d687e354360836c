"""Policy numbers: the form in which they are compared, and what a typed one may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import TypeVar

from fregat.lib.keyboard import layout_readings

T = TypeVar("T")

_LOOKALIKE = str.maketrans("АВЕІКМНОРСТУХ", "ABEIKMHOPCTYX")
_SPOKEN = str.maketrans(
    {
        "А": "A", "Б": "B", "В": "V", "Г": "G", "Ґ": "G", "Д": "D", "Е": "E", "Ж": "ZH", "З": "Z", "И": "Y",
        "І": "I", "Й": "Y", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S",
        "Т": "T", "У": "U", "Ф": "F", "Х": "H", "Ц": "C", "Ч": "CH", "Ш": "SH", "Ю": "YU", "Я": "YA",
    }
)  # fmt: skip
AS_DIGIT = str.maketrans("OI", "01")
"""The letters of a number that are taken for digits."""
_AS_LETTER = str.maketrans("01", "OI")
_EITHER_MAX = 5
"""Signs of a number that are read both as letters and as digits: two to this power readings at most."""
_NOT_NUMBER = re.compile("[^A-ZА-ЯІЇЄҐ0-9]+")


def number_key(text: str) -> str:
    """The normal form of a policy number, as the database computes it (`NumberKey`): upper case, letters and digits
    only, Cyrillic look-alikes made Latin."""
    upper = text.upper()
    if len(upper) != len(text):  # of one letter the database makes one, of ß none at all
        upper = "".join(char.upper() if len(char.upper()) == 1 else char for char in text)
    return _NOT_NUMBER.sub("", upper.translate(_LOOKALIKE))


def number_readings(text: str) -> tuple[str, ...]:
    """Normal forms of what may be a policy number: look-alikes, letters as they sound, the other layout.

    О and І are read as digits too: among digits a hand that is on the letters writes them.
    """
    forms = [_NOT_NUMBER.sub("", text.upper().translate(_SPOKEN))]
    forms += [_NOT_NUMBER.sub("", reading.upper()) for reading in layout_readings(text)[1:]]
    return unique([number_key(text), *forms, number_key(text).translate(AS_DIGIT)])


def either_readings(key: str) -> tuple[str, ...]:
    """Normal forms with O for 0, I for 1 and the other way round; of many such signs the last are digits."""
    found: list[str] = []
    places = [at for at, sign in enumerate(key) if sign in "O0I1"]
    for signs in product(*(_either(key[at]) for at in places[:_EITHER_MAX])):
        chars = list(key.translate(AS_DIGIT))
        for at, sign in zip(places, signs, strict=False):
            chars[at] = sign
        found.append("".join(chars))
    return unique(found)


def _either(sign: str) -> tuple[str, str]:
    return sign.translate(_AS_LETTER), sign.translate(AS_DIGIT)


def unique(values: Iterable[T]) -> tuple[T, ...]:
    """Those that are anything, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))
