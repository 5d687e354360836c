"""What an operator typed into the look-up: numbers, telephone, names, dates, in whatever layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple, TypeVar

from cases.insurance.rules.birthdays import is_near_day, is_near_year, near_days
from cases.insurance.rules.names import also_called, given_name_key, name_key, respelt
from cases.insurance.rules.numbers import AS_DIGIT, either_readings, number_key, number_readings, unique
from cases.insurance.rules.said_days import as_usual, take_days, take_years
from cases.insurance.rules.slips import second_readings
from fregat.lib.keyboard import layout_readings

T = TypeVar("T")

PHONE_END = 7
"""Digits of a phone number that are compared: they survive every way of writing the codes."""
PHONE_END_MIN = 4
"""Fewest last digits of a phone by which somebody is found."""
PHONE_NATIONAL = 9
"""Digits of a phone after the code of the country and the zero before it."""
PHONE_MAX = 12
"""Digits of the longest phone, with the code of the country."""
YEAR = 4
WORDS = 5
"""Words of which each may be the surname."""
START_MIN = 3
"""Letters from which a beginning of a surname is looked for: as they are typed, and of their key."""
LEAST = 3
"""Letters and digits by fewer of which nobody is found, and signs of the shortest policy number: two digits beside a
name are an age or a day."""
SERIES_MAX = 3
"""Letters before the digits of a policy number that are taken for no name."""
DIGITS_MIN = 5
"""Fewest digits by which a policy number is found without its letters."""

VOWELS_LEAST = 0.7
"""Share of vowels in the names of the other layout, against that in the typed ones, from which two errors are sought in
them too."""
_VOWELS = frozenset("aeiouyаеєиіїоуюяыэё")
_EITHER_KEYS = 12
"""Keys that are read so."""
_PLAIN = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad")
)
"""Dashes of printed pages are hyphens; signs that take no place are nothing."""
_APOSTROPHE = re.compile(r"(?<=[а-яёіїєґ])[\"*‘“”′´](?=[а-яёіїєґ])", re.IGNORECASE)
"""What is typed for an apostrophe where the keyboard has none."""
_BY_LETTERS = re.compile(r"(?<!\w)[^\W\d_][ ,.\-]{1,2}(?:(?:[^\W\d_]|['’ʼ])[ ,.\-]{1,2})+[^\W\d_](?!\w)")
"""`К о в а л ь`, `К, о, в, а, л, ь`; of two letters it would be initials."""

_NOT_DIGITS = re.compile(r"\D+")
_DIGIT = re.compile(r"\d")
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s()\-.]{5,}\d")
_PHONE_ENDING = re.compile(r"(?<![\w+])(?<!\d )(?<!\w[\-/])\d{1,3}(?:[ \-]\d\d){1,2}(?![\w/]|[ \-]\d|-\w)")
"""`45-67`, `345 67`, `3-45-67`."""
_WHOLE_PHONE = re.compile(r"(?:38)?0\d{9}")
_NUMBER = re.compile(r"[^\W_]*\d[\w\-/]*")
_AFTER_LETTERS = re.compile(r"([^\W\d_]{1,6})[\s\-/№#]+([^\W\d_]+\d[\w\-/]*)")
"""`VZ IO23`: what follows the letters begins with a letter that is meant as a digit."""
_LETTERED = re.compile(r"([^\W\d_]{1,6})[\s\-/№#]*(\d[\d\s\-/]*)")
_JOINED = re.compile(r"[^\W_]+(?:[\-/][^\W_]+)+")
"""`VZ-A1B2-7`: groups of letters and digits that signs hold together."""
_APART = re.compile(r"\W*(?:[^\W\d_]{1,3}|\d+)(?:[\s\-/.]+(?:[^\W\d_]{1,3}|\d+)){2,}\W*")
"""`AB 12 CD 34`: nothing else stands there, and no group of letters is as long as a name."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`\-][^\W\d_]+)*")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_INITIAL = re.compile(r"(?<![\w'’-])[^\W\d_](?![\w'’-])")
_NOISE = frozenset(
    {"рн", "року", "рік", "роки", "народження", "народився", "народилася", "born", "year", "поліс"}
)


class Name(NamedTuple):
    """A word that may be a name, and its key as a surname and as a given name."""

    word: str
    surname: str
    given: str


class Opening(NamedTuple):
    """What a surname may begin with, and the keys of the given names beside it."""

    start: str
    given: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What may be meant. Keys are those of `name_key`; nothing found in the text is an empty tuple."""

    numbers: tuple[str, ...] = ()
    """Normal forms of a possible policy number."""
    digits: tuple[str, ...] = ()
    """The digits of a possible policy number, without its letters."""
    phone_end: str = ""
    """The last digits of a phone, four to seven."""
    phone: str = ""
    """All of its digits that tell it from others: without the code of the country."""
    twofold: tuple[str, ...] = ()
    """Digits that may be one of the dates as well as a number or the end of a phone."""
    names: tuple[Name, ...] = ()
    """The words as they are typed, in their order."""
    other_names: tuple[Name, ...] = ()
    """The same with the other keyboard layout, when they are as easy to say."""
    surnames: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    other_surnames: tuple[str, ...] = ()
    """The same text as if the other keyboard layout had been on."""
    respelt: tuple[str, ...] = ()
    """Surnames as typed, but with umlauts as passports spell them, or the other way round."""
    starts: tuple[str, ...] = ()
    """What a surname may begin with, as typed and with the other layout."""
    openings: tuple[Opening, ...] = ()
    """Those beginnings and the given names said beside them: of the first word and of the last."""
    given_starts: tuple[str, ...] = ()
    """What a given name may begin with: the first initial, else the first word and the last."""
    second_readings: tuple[str, ...] = ()
    """Surnames that one slip inside sh, ts, ya or щ may have made these words of."""
    dates: tuple[date, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: a year alone would be browsing."""
        return not (self.numbers or self.phone_end or self.surnames or self.other_surnames or self.dates)

    @property
    def says_little(self) -> bool:
        """Too little for anybody to be found by, but for a policy or a surname that is as short as that."""
        longest = max(map(len, (*self.numbers, *self.digits)), default=0)
        names = (*self.surnames, *self.other_surnames)
        if _YEAR_ALONE.fullmatch(self.phone_end) and not (names or self.dates):
            return True
        return (
            not (self.dates or self.phone_end)
            and longest < PHONE_END_MIN
            and (all(len(name) < START_MIN for name in names) or _is_series([one.word for one in self.names]))
        )

    def may_be_born(self, born: date | None) -> bool:
        """Is the birthday a slip away from one that was said, or not known?"""
        return born is None or (
            any(is_near_day(day, born) for day in self.dates)
            or any(is_near_year(year, born.year) for year in self.years)
        )

    @property
    def near_days(self) -> tuple[date, ...]:
        """Days a slip away from those that were said."""
        return unique(near for day in self.dates for near in near_days(day))

    @property
    def next_years(self) -> tuple[int, ...]:
        """The years before and after those that were said."""
        return unique(next_one for year in self.years for next_one in (year - 1, year + 1))

    @property
    def has_number(self) -> bool:
        """A policy number or a phone, or a part of it, was said: digits that are no birthday."""
        said = map(_only_digits, (*self.numbers, self.phone_end))
        return any(digits and not digits.endswith(self.twofold) for digits in said)

    @property
    def has_name(self) -> bool:
        """A word was said that is not the letters of a policy number."""
        words = [number_key(name.word) for name in self.names]
        return any(
            len(word) > SERIES_MAX or not any(one.startswith(word) for one in self.numbers) for word in words
        )

    @property
    def other_numbers(self) -> tuple[str, ...]:
        """`numbers` as if O was meant by 0, I by 1, or the other way round: many, and seldom asked for."""
        return _without(self.numbers, (form for key in self._either for form in either_readings(key)))

    @property
    def other_digits(self) -> tuple[str, ...]:
        """`digits` as if O was meant by 0, I by 1; and those that were a date first."""
        return _without(
            self.digits, _digits((*self.twofold, *(key.translate(AS_DIGIT) for key in self._either)))
        )

    @property
    def other_phone_end(self) -> str:
        """The last digits of a phone that were a date first, or are of another one, or have О for 0."""
        others = (*self.twofold, *(key for key in self.numbers if _WHOLE_PHONE.fullmatch(key)))
        return next((end for end in (one[-PHONE_END:] for one in others) if end != self.phone_end), "")

    @property
    def _either(self) -> list[str]:
        return [key for key in self.numbers if not _WHOLE_PHONE.fullmatch(key)][:_EITHER_KEYS]


def read_question(text: str, today: date) -> Question:
    """Take a typed text apart. Absurd dates (31.02) are left out, never an error."""
    if sum(map(str.isalnum, text)) < LEAST:
        return Question()
    plain = _as_usual(unicodedata.normalize("NFC", text).translate(_PLAIN))
    rest, dates, twofold = take_days(" ".join(plain.split()), today)
    plain, years, joined = take_years(rest, today)
    words = _words(plain)
    passport = [respelt(word) for word in words]
    other = [word for reading in layout_readings(plain)[1:] for word in _words(reading)]
    tokens, phones = (_tokens(plain), _phones(plain, rest)) if _DIGIT.search(plain) else ([], [])
    if years and tokens:
        tokens = [token for token in _tokens(rest) if len(_only_digits(token)) > YEAR] + tokens
    numbers = unique(
        form
        for token in (*tokens, *phones, *twofold, *joined)
        for form in number_readings(token)
        if len(form) >= LEAST
    )
    # Beside a name they are a birthday first.
    tokens, phones = (
        [one for one in many if _only_digits(one) not in twofold] if words or other else many
        for many in ([*tokens, *twofold], phones)
    )
    return Question(
        numbers=numbers,
        digits=_digits((*tokens, *phones)),
        phone_end=_phone_said(phones, tokens)[-PHONE_END:],
        phone=_phone_said(phones, tokens)[-PHONE_NATIONAL:],
        twofold=twofold,
        names=_names(words[:WORDS]),
        other_names=_names(other[:WORDS]) if _is_as_easy(other, words) else (),
        surnames=_surnames(words),
        given=unique((*_given(words), *_given(other), *_given(passport))),
        other_surnames=tuple(key for key in _surnames(other) if key not in _surnames(words)),
        respelt=tuple(key for key in _surnames(passport) if key not in _surnames(words)),
        starts=unique(_start(many) for many in ((words,) if _is_series(words) else (words, other))),
        openings=unique(opening for many in (words, other) for opening in _openings(many[:WORDS])),
        given_starts=_given_starts(plain, words),
        second_readings=unique(key for word in words[:WORDS] for key in sorted(second_readings(word))),
        dates=dates,
        years=tuple(year for year in years if all(day.year != year for day in dates)),
    )


def _as_usual(text: str) -> str:
    """Letters that are said one by one, apostrophes and days as most people write them."""
    joined = _BY_LETTERS.sub(lambda letters: "".join(filter(str.isalpha, letters[0])), text)
    return as_usual(_APOSTROPHE.sub("'", joined))


def _tokens(text: str) -> list[str]:
    """What may be a policy number, in one piece."""
    pieces = (*_LETTERED.findall(text), *_AFTER_LETTERS.findall(text))
    tokens = [*_NUMBER.findall(text), *("".join(pair) for pair in pieces), *_JOINED.findall(text)]
    tokens += [*map(_only_digits, _PHONE_ENDING.findall(text)), *[text] * bool(_APART.fullmatch(text))]
    return [token for token in tokens if any(char.isdigit() for char in token)]


def _phones(plain: str, rest: str) -> list[str]:
    """Digits of what may be a phone, the surest first; a year that stands in `rest` may be a part of it."""
    bare, whole = (_PHONE.findall(text) for text in (plain, rest))
    sure = [phone for phone in map(_only_digits, whole) if _WHOLE_PHONE.fullmatch(phone)]
    # Four digits and a year beside them are the end of a phone and a year, three are seven digits of a phone.
    cut = [_only_digits(found) for found in whole if found.startswith("+")]
    cut = [phone for phone in cut if len(phone) <= PHONE_MAX]
    seven = [phone for phone in map(_only_digits, whole) if len(phone) == PHONE_END]
    return list(unique((*sure, *cut, *seven, *map(_only_digits, bare))))


def _digits(tokens: Iterable[str]) -> tuple[str, ...]:
    return unique(digits for digits in map(_only_digits, tokens) if len(digits) >= DIGITS_MIN)


def _only_digits(text: str) -> str:
    return _NOT_DIGITS.sub("", text)


def _phone_said(phones: list[str], tokens: list[str]) -> str:
    """Of a whole phone, else of a few digits that stand alone."""
    whole = (phone for phone in phones if len(phone) >= PHONE_END)
    alone = (one for one in (*tokens, *phones) if one.isdecimal() and PHONE_END_MIN <= len(one) <= PHONE_END)
    return next(chain(whole, alone), "")


def _words(text: str) -> list[str]:
    """Names in the text: at least two letters, not part of a number such as `VZR-4471823`."""
    plain = _NUMBER.sub(" ", text)
    return [word for word in _WORD.findall(plain) if len(word) > 1 and word.lower() not in _NOISE]


def _names(words: list[str]) -> tuple[Name, ...]:
    return tuple(Name(word, name_key(word), given_name_key(word)) for word in words if name_key(word))


def _is_series(words: list[str]) -> bool:
    """`VZR`: the letters of a policy number rather than a surname begun with the other keyboard layout."""
    return len(words) == 1 and len(words[0]) <= SERIES_MAX and not _vowels(words)


def _is_as_easy(words: list[str], typed: list[str]) -> bool:
    """To say aloud: what the other layout makes of a name has seldom so many vowels."""
    return _vowels(words) >= VOWELS_LEAST * _vowels(typed)


def _vowels(words: list[str]) -> float:
    letters = "".join(words).lower()
    return sum(letter in _VOWELS for letter in letters) / max(1, len(letters))


def _surnames(words: list[str]) -> tuple[str, ...]:
    """Every word may be the surname; two neighbours may be a double one, three one of three words (`Ван дер Берг`)."""
    words = words[:WORDS]
    several = [
        name_key("".join(words[at : at + many])) for many in (2, 3) for at in range(len(words) - many + 1)
    ]
    return unique(key for key in (*map(name_key, words), *several) if len(key) > 1)


def _given(words: list[str]) -> list[str]:
    """Every word may be the given name, whole or as at home; two neighbours a double one (`Анна Марія`)."""
    at_home = (key for word in words for key in also_called(word))
    pairs = (first + second for first, second in pairwise(words[:WORDS]))
    return [*(given_name_key(word) for word in (*words, *pairs)), *at_home]


def _start(words: list[str]) -> str:
    """The key of the first word; of two letters it may have three (`ще`), and that would be browsing."""
    word = next((word for word in words if len(name_key(word)) > 1), "")
    return name_key(word) if min(len(name_key(word)), sum(map(str.isalpha, word))) >= START_MIN else ""


def _openings(words: list[str]) -> Iterator[Opening]:
    """Of the first word and of the last: given names are said before surnames too."""
    for word, others in ((words[0], words[1:]), (words[-1], words[:-1])) if len(words) > 1 else ():
        given = unique(key for key in _given(others) if key != given_name_key(word))
        if given and (start := _start([word])):
            yield Opening(start, given)


def _given_starts(text: str, words: list[str]) -> tuple[str, ...]:
    """`О.П. Ковальчук`, `Ковальчук Ол`: no more than two."""
    initial = _INITIAL.search(_NUMBER.sub(" ", text)) if words else None
    several = (words[0], words[-1]) if len(words) > 1 else ()
    return unique(map(name_key, (initial[0],) if initial else several))


def _without(known: tuple[T, ...], values: Iterable[T]) -> tuple[T, ...]:
    return tuple(value for value in unique(values) if value not in known)
