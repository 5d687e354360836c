"""Slips of a finger or an ear in a name: which keys are one or two errors away, and which slips move a key by more.

Two keys that one letter left out, put in, changed or swapped with its neighbour tells apart have a cut in
common: either key with one letter left out, or whole. So a dictionary of cuts finds every such key by a few
look-ups, however many there are. Of two errors the first is tried in every way, the second found by its cut:
some thousands of look-ups, and still none for each key of the dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from cases.insurance.rules.names import name_key, name_keys

LETTERS = "abcdefhiklmnoprstuvz"
"""Those a key is made of."""
MANY = 3
"""Errors that are not forgiven."""
_TYPED = ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "abcdefghijklmnopqrstuvwxyz")
_NOT_WORD = re.compile(r"[\W\d_]+")
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


def changed(key: str, letters: str = LETTERS) -> frozenset[str]:
    """The key, and whatever one letter left out, put in, changed or swapped with its neighbour makes of it."""
    halves = [(key[:place], key[place:]) for place in range(len(key) + 1)]
    put_in = {head + letter + tail for head, tail in halves for letter in letters}
    other = {head + letter + tail[1:] for head, tail in halves if tail for letter in letters}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    return cuts(key) | put_in | other | swapped


def cuts_of_two_errors(key: str) -> frozenset[str]:
    """Texts of which any key two errors away has one among its cuts."""
    return frozenset(chain.from_iterable(changed(cut) for cut in cuts(key)))


def errors_between(key: str, other: str) -> int:
    """How many errors make one of the other: none, one, two; three are many."""
    if key == other or abs(len(key) - len(other)) > 2:
        return MANY * (key != other)
    above: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(key):
        earlier, above, row = above, row, [at + 1]
        for place, wanted in enumerate(other):
            best = min(above[place] + (letter != wanted), above[place + 1] + 1, row[place] + 1)
            if at and place and letter == other[place - 1] and wanted == key[at - 1]:
                best = min(best, earlier[place - 1] + 1)
            row.append(best)
    return min(row[-1], MANY)


@lru_cache(maxsize=256)
def moved_further(word: str) -> frozenset[str]:
    """Keys of the words that one slip made this word of, where it moved the key by more than one letter: what stands
    beside it is folded otherwise (`Стійець`, Стійдець: `stec`, `stidec`)."""
    text = _NOT_WORD.sub("", word.lower())
    keys = name_keys(changed(text, _TYPED[text.isascii()]))
    return (keys | second_readings(word)) - changed(name_key(word))


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
