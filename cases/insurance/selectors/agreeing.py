"""In what a person agrees with a question: the names, each by a word of its own, and the birthday."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cases.insurance.models import InsuredPerson
from cases.insurance.rules import Question, is_one_error, name_key
from fregat.lib.ordering import uk_sort_key

_BETWEEN_PARTS = re.compile("[-‐‑–— ]")


class Agreeing:
    """Of one question; `keys` are those of the surnames, as typed and of the other keyboard layout."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.keys = (*question.surnames, *question.other_surnames, *question.respelt)
        self.asks_birth = bool(question.dates or question.years)

    def is_called(self, person: InsuredPerson, has: Callable[[str, str], bool] = str.startswith) -> bool:
        """Each name by a word of its own."""
        given = person.given_key
        words = (word for word in self.keys if word != given)
        return given in self.question.given and any(has(person.surname_key, word) for word in words)

    def is_called_by_part(self, person: InsuredPerson) -> bool:
        """By the given name and another part of a double surname than the first, but for a slip in it."""
        given = person.given_key
        names = (*self.question.names, *self.question.other_names)
        words = [name.surname for name in names if name.given != given]
        _first, *parts = map(name_key, _BETWEEN_PARTS.split(person.surname or person.surname_latin))
        called = any(part == word or is_one_error(part, word) for part in parts for word in words)
        return called and given in self.question.given

    def is_born(self, person: InsuredPerson) -> bool:
        """On a day or in a year that was said."""
        day = person.birth_date
        return day is not None and (day in self.question.dates or day.year in self.question.years)

    def match(self, person: InsuredPerson) -> str:
        """Why who bears the surname was found."""
        given = bool(person.given_key) and person.given_key in self.question.given
        if self.asks_birth and self.is_born(person):
            return "name_birth" if given else "surname_birth"
        return "name" if given else "surname"

    def order(self, person: InsuredPerson) -> tuple[Any, ...]:
        """Who fits best stands first, as in the statement."""
        return *self.differences(person), *alphabet(person), person.pk

    def differences(self, person: InsuredPerson) -> tuple[bool, ...]:
        """The birthday, the surname, the given name: false where they agree."""
        named = person.surname_key in self.keys, person.given_key in self.question.given
        return not self.is_born(person), *(not one for one in named)


def alphabet(person: InsuredPerson) -> tuple[Any, ...]:
    """The Ukrainian one. The statements go by the keys, which are Latin: they say who is read, this in which order."""
    given = person.given_name or person.given_name_latin
    return tuple(map(uk_sort_key, (person.surname or person.surname_latin, given, person.patronymic)))
