"""What the dictionary of surnames answers to one question: which surnames somebody bears that resemble its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from cases.insurance.rules import (
    MANY,
    Name,
    Question,
    changed,
    cuts,
    cuts_of_two_errors,
    errors_between,
    is_one_error,
    moved_further,
)
from cases.insurance.selectors import sought

FUZZY_MIN = 4
"""Letters of the shortest key for which an error is forgiven: of three, everything is similar."""
TWO_MIN = 5
"""The same of two errors."""
GIVEN_MIN = 3
"""Letters of the shortest given name for which an error is forgiven: beside its surname it says more."""
LONG = 20
"""Letters of the longest word of which every error is tried: the ways grow with their square."""
FUZZY_WORDS = 3
NEAR_MAX = 300
"""Surnames that two errors may have made one word of, at most."""

Errors = Mapping[str, int]
"""How many errors make a word of which key: `MANY` of those that are not there."""
Place = tuple[int, int]
"""A reading, and a word of it."""


class Likeness:
    """Of one question; each thing is asked once."""

    def __init__(self, question: Question) -> None:
        self.question = question

    @cached_property
    def slips(self) -> Sequence[str]:
        """Surnames one slip away from a word of the question, or from several that may be one surname."""
        several = (key for key in self.question.surnames[FUZZY_WORDS:] if len(key) >= FUZZY_MIN)
        words = [*self.words, *several]
        wanted = {cut for word in words for cut in cuts(word)}
        near = sought.keys_with_cuts(_text(wanted)) if words else []
        keys = {key for key in near if any(is_one_error(word, key) for word in words)}
        return [*sorted(keys), *self.question.second_readings]

    @cached_property
    def alike(self) -> Sequence[str]:
        """Surnames that share most of their groups of three letters with a word of the question."""
        return sought.keys_alike(*self.words) if self.words else []

    @property
    def knows_alike(self) -> bool:
        """Were they asked for?"""
        return "alike" in vars(self)

    @cached_property
    def doubles(self) -> Sequence[str]:
        """Surnames that end with the first word or the last but for one slip, as a double one does with its second
        part."""
        lengths = {len(end) for end in self._ends}
        return sorted(key for key in self._found if any(key[-length:] in self._ends for length in lengths))

    @cached_property
    def ending(self) -> Sequence[str]:
        """Surnames that end with a word as it is typed, and are not the word."""
        words = [name.surname for name in self.question.names if len(name.surname) >= FUZZY_MIN][:FUZZY_WORDS]
        found = sought.keys_ending(*(word[::-1] for word in words)) if words else ()
        return [key for key in found if key not in words]

    @property
    def near(self) -> Sequence[str]:
        """Surnames up to two slips away from the one word, the nearest first."""
        return list(_nearest(self._surnames.values()))[:NEAR_MAX]

    @cached_property
    def words(self) -> Sequence[str]:
        """Keys for which an error is forgiven."""
        keys = (*self.question.surnames[:FUZZY_WORDS], *self.question.other_surnames[:1])
        return [key for key in keys if len(key) >= FUZZY_MIN]

    @cached_property
    def called(self) -> Sequence[str]:
        """For `sought.by_nearness`: two errors in two names, of which the first word or the last is the surname.

        Of each: the surnames themselves, one error away, two away, two of which one is the first letter; given names,
        those one error away.
        """
        found: list[str] = []
        for is_first in (True, False):
            places = [place for place in self._surnames if (place[1] == 0) is is_first]
            surnames = list(_nearest(self._surnames[place] for place in places).items())[:NEAR_MAX]
            letters = {self._readings[reading][at].surname[:1] for reading, at in places}
            same = [key for key, errors in surnames if errors == 0]
            near = [key for key, errors in surnames if errors == 1]
            far = [key for key, errors in surnames if errors == 2 and key[:1] in letters]
            further = [key for key, errors in surnames if errors == 2 and key[:1] not in letters]
            given = {name.given for place in places for name in self._others(place)}
            nearly = {key for place in places for name in self._others(place) for key in self._given[name]}
            found += [_text(keys) for keys in (same, near, far, further, given, nearly - given)]
        return found

    def errors(self, surname: str, given: str) -> int:
        """How many errors the question has in both names, each told by a word of its own."""
        return min(
            (
                surnames.get(surname, MANY) + self._given[name].get(given, MANY)
                for place, surnames in self._surnames.items()
                for name in self._others(place)
            ),
            default=MANY,
        )

    @cached_property
    def _readings(self) -> Sequence[Sequence[Name]]:
        """As typed, and as it is read with the other keyboard layout when that may be names."""
        return [names for names in (self.question.names, self.question.other_names) if names]

    def _others(self, place: Place) -> Sequence[Name]:
        """The words beside the one in this place."""
        reading, at = place
        return [name for beside, name in enumerate(self._readings[reading]) if beside != at]

    @cached_property
    def _surnames(self) -> Mapping[Place, Errors]:
        """Of the first word and the last."""
        keys = {*self._found, *self.question.surnames, *self.question.other_surnames}
        return {place: mark.errors(keys) for place, mark in self._marks.items()}

    @cached_property
    def _found(self) -> Sequence[str]:
        """What the dictionary has that may be any of these."""
        cuts = {cut for mark in self._marks.values() for cut in mark.cuts}
        ends = {end[::-1] for end in self._ends}
        return sought.keys_with_cuts_or_ends(_text(cuts), _text(ends)) if cuts else ()

    @cached_property
    def _marks(self) -> Mapping[Place, _Marks]:
        return {
            (reading, at): _Marks(names[at])
            for reading, names in enumerate(self._readings)
            for at in (0, len(names) - 1)
        }

    @cached_property
    def _ends(self) -> frozenset[str]:
        return frozenset().union(*(mark.ends for mark in self._marks.values()))

    @cached_property
    def _given(self) -> Mapping[Name, Errors]:
        return {name: _given_errors(name) for names in self._readings for name in names}


class _Marks:
    """By what the surnames are found that a word may mean."""

    def __init__(self, name: Name) -> None:
        self.key = name.surname
        self.most = sum(len(self.key) >= least for least in (FUZZY_MIN, TWO_MIN)) if _is_short(name) else 0
        self.further: dict[str, list[str]] = defaultdict(list)
        for reading in moved_further(name.word) if self.most else ():
            for cut in cuts(reading):
                self.further[cut].append(reading)

    @property
    def cuts(self) -> Iterable[str]:
        if not self.most:
            return ()
        return {*self.further, *(cuts_of_two_errors(self.key) if self.most > 1 else cuts(self.key))}

    @property
    def ends(self) -> frozenset[str]:
        """How a double surname ends of which it is the second part, but for a slip; of that without its first letter
        too many surnames are made that are not double."""
        if self.most < 2:
            return frozenset()
        return changed(self.key) - {self.key[1:]}

    def errors(self, keys: Iterable[str]) -> Errors:
        """The nearest first; a first letter is seldom wrong."""
        found = sorted((self._errors(key), key[:1] != self.key[:1], key) for key in keys)
        return {key: errors for errors, _begins, key in found if errors <= self.most}

    def _errors(self, key: str) -> int:
        errors = errors_between(self.key, key)
        if errors < 2 or not self.further:
            return errors
        readings = [reading for cut in cuts(key) for reading in self.further.get(cut, ())]
        if key in readings:
            return 1
        return 2 if errors == 2 or any(is_one_error(key, reading) for reading in readings) else MANY


def _nearest(several: Iterable[Errors]) -> Errors:
    """Of several words as of one, the nearest first."""
    found: dict[str, int] = {}
    for errors in several:
        for key, number in errors.items():
            found[key] = min(number, found.get(key, MANY))
    return {key: found[key] for key in sorted(found, key=lambda one: found[one])}


def _given_errors(name: Name) -> Errors:
    key = name.given
    nearly = (
        changed(key) | moved_further(name.word) if len(name.word) >= GIVEN_MIN and _is_short(name) else ()
    )
    return dict.fromkeys(nearly, 1) | {key: 0}


def _is_short(name: Name) -> bool:
    return max(len(name.word), len(name.surname)) <= LONG


def _text(keys: Iterable[str]) -> str:
    return " ".join(sorted(keys))
