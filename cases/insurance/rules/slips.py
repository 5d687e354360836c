"""One slip of a finger or an ear in a name: which keys are one error away, and which slips move a key by more.

Two keys that one letter left out, put in, changed or swapped with its neighbour tells apart have a cut in
common: either key with one letter left out, or whole. So a dictionary of cuts finds every such key by a few
look-ups, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cases.insurance.rules.names import name_key

_READINGS_MAX = 60
"""Second readings of one word at most."""
_HISSING = "szck"
"""What `h` makes one sound with: sh, zh, ch, kh."""
_IOTED = "aeiu"
"""What `i` makes one letter with: я, є, ї, ю."""


def cuts(key: str) -> frozenset[str]:
    """The key, and it with each one letter left out."""
    return frozenset({key} | {key[:place] + key[place + 1 :] for place in range(len(key))})


def is_one_error(key: str, other: str) -> bool:
    """Whether one letter left out, put in, changed or swapped with its neighbour makes one of the other."""
    if len(key) > len(other):
        key, other = other, key
    start = next((at for at, letter in enumerate(key) if letter != other[at]), len(key))
    rest, further = key[start:], other[start:]
    if len(key) < len(other):
        return rest == further[1:]
    swapped = len(rest) > 1 and rest[:2] == further[1::-1] and rest[2:] == further[2:]
    return key != other and (rest[1:] == further[1:] or swapped)


def second_readings(word: str) -> frozenset[str]:
    """Keys of the words that one slip inside a pair of letters with one sound made this word of.

    There a slip moves the key by more than one letter: `ahevchenko` (шевченко), `steysenko` (стеценко); of
    Cyrillic letters only щ is two in a key. The same does a vowel left out between two equal letters: `саввич`.
    """
    text = word.lower()
    readings = chain(_between_doubles(text), _latin(text) if text.isascii() else _cyrillic(text))
    keys = (name_key(reading) for _number, reading in zip(range(_READINGS_MAX), readings, strict=False))
    return frozenset(keys) - {name_key(word), ""}


def _between_doubles(text: str) -> Iterator[str]:
    """A vowel left out between two equal letters, which one letter of a key stands for."""
    vowels = "aeiou" if text.isascii() else "аеиіоую"
    for at in range(len(text) - 1):
        if text[at] == text[at + 1]:
            yield from (text[: at + 1] + letter + text[at + 1 :] for letter in vowels)


def _latin(text: str) -> Iterator[str]:
    for at in range(len(text) - 1):
        first, second = text[at], text[at + 1]
        if second == "h" and first not in _HISSING + "t":
            yield from (text[:at] + letter + text[at + 1 :] for letter in _HISSING)
        if second in "sz" and first != "t":
            yield text[:at] + "t" + text[at + 1 :]
        if first == "t" and second not in "sz":
            yield text[: at + 1] + "s" + text[at + 2 :]
        if first in "sz" and second == "t":
            yield text[:at] + second + first + text[at + 2 :]
        if first in "iyj" and second not in _IOTED:
            yield from (text[: at + 1] + letter + text[at + 2 :] for letter in _IOTED)


def _cyrillic(text: str) -> Iterator[str]:
    yield from (text[:at] + "щ" + text[at + 1 :] for at in range(len(text)) if text[at] != "щ")
