"""Who is calling: by policy number, phone, name in either alphabet, birth date, one typing error forgiven.

The steps go from the surest to the vaguest and stop at the first that finds somebody. Each is a statement or
two on an index, whatever the size of the tables: an error is looked for in the dictionary of surname keys
(`Surname`, a hundredth of the persons), never among the persons themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import BooleanField, Case, OrderBy, Q, Value, When
from django.db.models.functions import Greatest

from cases.insurance.models import InsuredPerson, Policy, PolicyPerson, Surname, SurnameCut
from cases.insurance.querysets import InsuredPersonQuerySet
from cases.insurance.rules import Question, cuts, is_one_error, read_question
from cases.insurance.selectors.policies import policies_of, read_links

if TYPE_CHECKING:
    from staff.employees.models import Employee

TEXT_MAX = 400
"""Characters of the text that are read."""
START_MIN = 3
"""Letters of the key from which a beginning of a surname is looked for."""
FUZZY_MIN = 4
"""Letters of the shortest key for which an error is forgiven: of three, everything is similar."""
FUZZY_WORDS = 3
SIMILAR = 0.42
"""Trigram similarity (0 to 1) from which a surname is offered when nothing better was found."""
ALIKE_MAX = 40
"""Surnames that one word may be a slip of, at most."""

COUNT_MAX = 1_000
"""Further persons are counted up to so many."""

Pair = tuple[InsuredPerson, str]


@dataclass(frozen=True)
class Found:
    """A person, their policies that the employee may see, and why they were found (a code of `MATCH_LABELS`)."""

    person: InsuredPerson
    policies: list[Policy]
    match: str


@dataclass(frozen=True)
class Answer:
    """Who was found, best first."""

    found: list[Found]
    others: int = 0
    """How many more fit as well as the last of them, `COUNT_MAX` at most."""
    ask: str = ""
    """What to ask the caller next so that fewer fit (a code of `ASK_NEXT_LABELS`); empty when all are shown."""


def look_up(user: Employee, q: str, *, limit: int = 20, now: datetime) -> Answer:
    """Persons that the text may mean, best first, within what the employee may see (JD II.1).

    Never a list to browse: at most `limit`, and nothing for an empty text or a year alone. At most eighteen
    statements, four for who is found at once, however many are found. The door that asks writes the look down.
    """
    question = read_question(q[:TEXT_MAX])
    if question.is_empty:
        return Answer([])
    search = _Search(InsuredPerson.objects.visible_now(user, now), question, limit)
    pairs = search.pairs()
    read_links(user, [person for person, _match in pairs], now)
    found = [Found(person, policies_of(person), match) for person, match in pairs]
    others = search.others()
    return Answer(found, others, search.ask_next() if others else "")


class _Search:
    """One question, step by step; what the dictionary answers is asked once."""

    def __init__(self, visible: InsuredPersonQuerySet, question: Question, limit: int) -> None:
        self.visible, self.question, self.limit = visible, question, limit
        self.keys = (*question.surnames, *question.other_surnames)
        self.asks_birth = bool(question.dates or question.years)
        self._one_error: Sequence[str] | None = None
        self._sounds: Sequence[str] | None = None
        self._cut_off: InsuredPersonQuerySet | None = None

    def pairs(self) -> list[Pair]:
        """The best step that finds anybody, each person once."""
        found: list[Pair] = []
        for step in _STEPS:
            found = step(self)
            if found:
                break
        once: dict[int, Pair] = {}
        for person, match in found:
            once.setdefault(person.pk, (person, match))
        return list(once.values())[: self.limit]

    def others(self) -> int:
        """How many more there are; a statement only when somebody was left out."""
        if self._cut_off is None:
            return 0
        return min(COUNT_MAX, self._cut_off.order_by()[: COUNT_MAX + self.limit].count() - self.limit)

    def ask_next(self) -> str:
        """The day tells most namesakes apart; who says it already has the policy or the phone left."""
        if self.question.dates or self.question.phone_end:
            return "number"
        return "day" if self.question.years else "birth"

    # --- The steps ----------------------------------------------------------------------------------
    def by_number_or_phone(self) -> list[Pair]:
        found: list[Pair] = []
        if self.question.numbers or self.question.digits:
            number = Q(policy__number_key__in=self.question.numbers)
            number |= Q(policy__number_digits__in=self.question.digits)
            named = PolicyPerson.objects.filter(number).values("person")
            found += [(person, "number") for person in self._best(self.visible.filter(pk__in=named))]
        if self.question.phone_end:
            rows = self.visible.with_phone_end(self.question.phone_end)
            found += [(person, "phone") for person in self._best(rows)]
        return found

    def by_surname_and_birth(self) -> list[Pair]:
        return self._by_surname(self._born()) if self.asks_birth else []

    def by_error_and_birth(self) -> list[Pair]:
        """With a whole date also who was born that day and is called so: a slip may have moved the key by more."""
        if not self.asks_birth:
            return []
        return self._similar(self._born(), self._slips()) + self._by_day_and_likeness()

    def by_surname(self) -> list[Pair]:
        return self._by_surname(self.visible)

    def by_error(self) -> list[Pair]:
        return self._similar(self.visible, self._slips())

    def by_sound_and_birth(self) -> list[Pair]:
        return self._similar(self._born(), self._alike()) if self.asks_birth else []

    def by_sound(self) -> list[Pair]:
        return self._similar(self.visible, self._alike())

    def by_day(self) -> list[Pair]:
        rows = self.visible.filter(birth_date__in=self.question.dates)
        return [(person, "birth") for person in self._best(rows)] if self.question.dates else []

    # --- What they are made of ----------------------------------------------------------------------
    def _by_day_and_likeness(self) -> list[Pair]:
        words = self._words()
        if not self.question.dates or not words:
            return []
        fits = Q(likeness__gte=SIMILAR) | Q(given_key__in=self.question.given)
        rows = (
            self.visible.filter(birth_date__in=self.question.dates)
            .alias(likeness=_likeness("surname_key", words))
            .filter(fits)
            .order_by("-likeness", "surname_key", "given_key")
        )
        found = self._first(rows)
        return [
            (person, "given_birth" if person.given_key in self.question.given else "similar_birth")
            for person in found
        ]

    def _by_surname(self, rows: InsuredPersonQuerySet) -> list[Pair]:
        """Who bears it whole; with room left and no birthday that says enough, whose surname begins so."""
        if not self.keys:
            return []
        found = self._bearing_it(rows.filter(surname_key__in=self.keys))
        pairs = [(person, self._match(person)) for person in found]
        if (pairs and self.asks_birth) or len(pairs) >= self.limit:
            return pairs
        return pairs + [(person, "start") for person in self._beginning(rows)]

    def _bearing_it(self, whole: InsuredPersonQuerySet) -> list[InsuredPerson]:
        """Those called so first. Of one year they are few and sorted; of all years they are read by the index."""
        named = self.question.given if len(self.question.surnames) > 1 else ()
        if not named:
            return self._in_order(whole)
        if self.asks_birth:
            return self._in_order(whole, _truth(Q(given_key__in=named)))
        found = self._in_order(whole.filter(given_key__in=named))
        return found if self._cut_off is not None else found + self._in_order(whole)

    def _beginning(self, rows: InsuredPersonQuerySet) -> list[InsuredPerson]:
        """Whose surname begins so, else as it is read with the other layout.

        Each beginning by itself, in one statement: two of them in one condition would read everybody born that year.
        """
        starts = (*self.question.surnames[:1], *self.question.other_surnames[:1])
        begun = {
            start: rows.filter(surname_key__startswith=start).order_by("surname_key", "given_key")
            for start in starts
            if len(start) >= START_MIN
        }
        if not begun:
            return []
        first, *others = (found[: self.limit + 1] for found in begun.values())
        found = list(first.union(*others, all=True) if others else first)
        for start, asked in begun.items():
            mine = [person for person in found if person.surname_key.startswith(start)]
            mine.sort(key=lambda person: (person.surname_key, person.given_key))
            if mine:
                if len(mine) > self.limit:
                    self._cut_off = asked
                return mine[: self.limit]
        return []

    def _similar(self, rows: InsuredPersonQuerySet, keys: Sequence[str]) -> list[Pair]:
        found = self._best(rows.bearing(keys))
        match = "similar_birth" if self.asks_birth and rows is not self.visible else "similar"
        return [(person, match) for person in found]

    def _slips(self) -> Sequence[str]:
        """Surnames somebody bears that are one slip away from a word of the question."""
        if self._one_error is None:
            words = self._words()
            wanted = {cut for word in words for cut in cuts(word)}
            near = (
                SurnameCut.objects.filter(cut__in=wanted).values_list("key", flat=True).distinct()
                if words
                else ()
            )
            keys = {key for key in near if any(is_one_error(word, key) for word in words)}
            self._one_error = [*sorted(keys), *self.question.second_readings]
        return self._one_error

    def _alike(self) -> Sequence[str]:
        """Surnames somebody bears that share most of their groups of three letters with a word of the question."""
        if self._sounds is None:
            words, alike = self._words(), Q()
            for word in words:
                alike |= Q(key__trigram_similar=word)
            rows = Surname.objects.filter(alike).alias(likeness=_likeness("key", words)) if words else None
            near = rows.filter(likeness__gte=SIMILAR).order_by("-likeness", "key") if rows is not None else ()
            self._sounds = [row.key for row in near[:ALIKE_MAX]]
        return self._sounds

    def _words(self) -> Sequence[str]:
        """Keys for which an error is forgiven."""
        keys = (*self.question.surnames[:FUZZY_WORDS], *self.question.other_surnames[:1])
        return [key for key in keys if len(key) >= FUZZY_MIN]

    def _born(self) -> InsuredPersonQuerySet:
        """Within the years by the index of years and surnames, then the day."""
        born = Q(birth_year__in=self.question.years)
        for day in self.question.dates:
            born |= Q(birth_year=day.year, birth_date=day)
        return self.visible.filter(born)

    def _best(self, rows: InsuredPersonQuerySet, *first: str) -> list[InsuredPerson]:
        """Who fits best stands first: the birthday, then the surname, the given name, then the alphabet."""
        order: list[OrderBy | str] = list(first)
        if self.asks_birth:
            order.append(
                _truth(Q(birth_date__in=self.question.dates) | Q(birth_year__in=self.question.years))
            )
        if self.keys:
            order.append(_truth(Q(surname_key__in=self.keys)))
        if self.question.given:
            order.append(_truth(Q(given_key__in=self.question.given)))
        return self._first(rows.order_by(*order, "surname_key", "given_key", "pk"))

    def _in_order(self, rows: InsuredPersonQuerySet, *first: OrderBy) -> list[InsuredPerson]:
        """In the order of the index: the first of many namesakes are read, not all of them."""
        return self._first(rows.order_by(*first, "surname_key", "given_key"))

    def _first(self, rows: InsuredPersonQuerySet) -> list[InsuredPerson]:
        """As many as are shown; one more is read to know whether there are others."""
        found = list(rows[: self.limit + 1])
        if len(found) > self.limit:
            self._cut_off = rows
        return found[: self.limit]

    def _match(self, person: InsuredPerson) -> str:
        given = bool(person.given_key) and person.given_key in self.question.given
        if self.asks_birth and self._is_born(person):
            return "name_birth" if given else "surname_birth"
        return "name" if given else "surname"

    def _is_born(self, person: InsuredPerson) -> bool:
        day = person.birth_date
        return day is not None and (day in self.question.dates or day.year in self.question.years)


def _truth(condition: Q) -> OrderBy:
    """What it is true of stands first."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()).desc()


def _likeness(field: str, words: Iterable[str]) -> TrigramSimilarity | Greatest:
    alike = [TrigramSimilarity(field, word) for word in words]
    return Greatest(*alike) if len(alike) > 1 else alike[0]


_STEPS: tuple[Callable[[_Search], list[Pair]], ...] = (
    _Search.by_number_or_phone,
    _Search.by_surname_and_birth,
    _Search.by_error_and_birth,
    _Search.by_sound_and_birth,
    _Search.by_surname,
    _Search.by_error,
    _Search.by_sound,
    _Search.by_day,
)
