"""One question while it is asked: what its statements are given, whom they have read, what the dictionary said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cases.insurance.models import InsuredPerson
from cases.insurance.querysets import Reach
from cases.insurance.rules import Question, is_one_error
from cases.insurance.selectors import sought
from cases.insurance.selectors.agreeing import Agreeing, alphabet
from cases.insurance.selectors.likeness import Likeness

READ = (8, 20, 50)
"""Persons that a statement reads: the least of these that is enough, so that it has few forms."""

Pair = tuple[InsuredPerson, str]
"""A person, and why they were found."""
Order = Callable[[InsuredPerson], tuple[Any, ...]]


class Asking:
    """Passed from step to step; what the dictionary answers is asked once."""

    def __init__(self, reach: Reach, question: Question, limit: int) -> None:
        self.question, self.limit = question, limit
        self.reach, self.everywhere = reach, reach.everywhere
        self.many = 1 + next((many for many in READ if many >= limit), limit)
        self.wanted = sought.Wanted.by(question, reach.projects)
        self.years, self.days = (
            min(len(text.split()), 2) for text in (self.wanted.of_years, self.wanted.dates)
        )
        self.named = bool(question.given) and len(question.surnames) > 1
        self.typed = len(question.names) > 1
        self.fit = Agreeing(question)
        self.likeness = Likeness(question)
        self.near: set[int] = set()
        """Who is called so but for an error or two."""
        self.further: dict[int, list[Pair]] = {}
        """Who was found by two errors, with and without the years."""
        self._read: list[sought.Rows] = []

    @property
    def asks_birth(self) -> bool:
        """Was a day or a year said?"""
        return self.fit.asks_birth

    # --- Statements -----------------------------------------------------------------------------------
    def rows(
        self, statement: sought.Sought, *words: str, instead: dict[str, str] | None = None, **form: int
    ) -> list[sought.Rows]:
        """Of each part of the statement the first persons; `instead` of what the question says by itself."""
        wanted = self.wanted._replace(**instead) if instead else self.wanted
        return statement(wanted, *words, many=self.many, everywhere=self.everywhere, **form)

    def shown(self, rows: sought.Rows, order: Order | None = None) -> list[InsuredPerson]:
        """As many as are shown; one more is read to know whether there are others.

        Of one statement for several things SQL promises the rows, but not their order.
        """
        self._read.append(rows)
        return (sorted(rows.first, key=order) if order else rows.first)[: self.limit]

    def alphabetically(self, rows: sought.Rows) -> list[InsuredPerson]:
        """The same in the order of names."""
        return self.shown(rows, alphabet)

    # --- Who was read ---------------------------------------------------------------------------------
    def mark(self) -> int:
        """Whatever is read from now on may be left out by `only`."""
        return len(self._read)

    def only(self, people: Iterable[InsuredPerson] = (), *, since: int) -> None:
        """Of all that was read since the mark these alone may be meant."""
        those = list(people)
        self._read[since:] = [sought.Rows(those, lambda: len(those))] if those else []

    def is_more(self) -> bool:
        """Is there anybody who is not shown?"""
        return len(self._known()) > self.limit

    def others(self) -> int:
        """How many more there are; a statement only when more may fit than were read."""
        if not self.is_more():
            return 0
        further = (rows.counted() - len(rows.first) for rows in self._read if len(rows.first) >= self.many)
        return min(sought.COUNT_MAX, len(self._known()) - self.limit + sum(further))

    def _known(self) -> set[int]:
        """Who was read, each once: of some one more than is shown."""
        return {person.pk for rows in self._read for person in rows.first}

    # --- Called so but for an error -------------------------------------------------------------------
    def is_nearly_called(self, person: InsuredPerson) -> bool:
        """But for an error or two, or for the first part of a double surname."""
        if self.fit.is_called(person, str.endswith) or person.pk in self.near:
            return True
        given, surname = person.given_key, person.surname_key
        by_it = surname.startswith(given) or is_one_error(given, surname)
        return given in self.question.given and not by_it

    def nearly_called(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Those of whom that is true."""
        return [pair for pair in pairs if self.is_nearly_called(pair[0])]
