"""Who is calling: by policy number, phone, name in either alphabet, birth date, one or two typing errors forgiven.

The steps go from the surest to the vaguest and stop at the first that finds somebody. Each is a statement or
two on an index, whatever the size of the tables: an error is looked for in the dictionary of surname keys
(`Surname`, a hundredth of the persons), never among the persons themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cases.insurance.models import InsuredPerson
from cases.insurance.querysets import Reach, reach_now
from cases.insurance.rules import MANY, Question, is_one_error, read_question
from cases.insurance.selectors import sought
from cases.insurance.selectors.answer import Answer, Found
from cases.insurance.selectors.likeness import Likeness
from cases.insurance.selectors.policies import policies_of, read_links
from fregat.lib import clock
from fregat.lib.ordering import uk_sort_key

if TYPE_CHECKING:
    from staff.employees.models import Employee

TEXT_MAX = 400
"""Characters of the text that are read."""
READ = (8, 20, 50)
"""Persons that a statement reads: the least of these that is enough, so that it has few forms."""

Pair = tuple[InsuredPerson, str]
Order = Callable[[InsuredPerson], tuple[Any, ...]]


def look_up(user: Employee, q: str, *, limit: int = 20, now: datetime) -> Answer:
    """Persons that the text may mean, best first, within what the employee may see (JD II.1).

    Never a list to browse: at most `limit`, and nothing for an empty text or a year alone. At most seventeen
    statements, three for who is found at once, however many are found. The door that asks writes the look down.
    """
    question = read_question(q[:TEXT_MAX], clock.local(now).date())
    if question.is_empty:
        return Answer([], little=True)
    reach = reach_now(user, now)
    if reach is None:
        return Answer([])
    search = _Search(reach, question, limit)
    pairs = search.pairs()
    read_links(user, [person for person, _match in pairs], now)
    found = [Found(person, policies_of(person), match) for person, match in pairs]
    return Answer(found, search.ask_next(), not found and question.says_little, search.others)


class _Search:
    """One question, step by step; what the dictionary answers is asked once."""

    def __init__(self, reach: Reach, question: Question, limit: int) -> None:
        self.question, self.limit, self.everywhere = question, limit, reach.everywhere
        self.many = 1 + next((many for many in READ if many >= limit), limit)
        self.keys = (*question.surnames, *question.other_surnames)
        self.wanted = sought.Wanted.by(question, reach.projects)
        self.asks_birth = bool(question.dates or question.years)
        self.years, self.days = (
            min(len(text.split()), 2) for text in (self.wanted.of_years, self.wanted.dates)
        )
        self.named = bool(question.given) and len(question.surnames) > 1
        self.typed = len(question.names) > 1
        self.likeness = Likeness(question)
        self._read: list[sought.Rows] = []
        self._further: dict[int, list[Pair]] = {}
        self._near: set[int] = set()

    def pairs(self) -> list[Pair]:
        """The best step that finds anybody, each person once."""
        found: list[Pair] = []
        for step in _STEPS:
            found = step(self)
            if found:
                found = self._and_of_other_days(found)
                break
        once: dict[int, Pair] = {}
        for person, match in found:
            once.setdefault(person.pk, (person, match))
        return list(once.values())[: self.limit]

    def others(self) -> int:
        """How many more there are; a statement only when more may fit than were read."""
        further = (rows.counted() - len(rows.first) for rows in self._read if len(rows.first) >= self.many)
        return min(sought.COUNT_MAX, len(self._known()) - self.limit + sum(further)) if self._more() else 0

    def _more(self) -> bool:
        return len(self._known()) > self.limit

    def _known(self) -> set[int]:
        """Who was read, each once: of some one more than is shown."""
        return {person.pk for rows in self._read for person in rows.first}

    def ask_next(self) -> str:
        """What was not said yet and tells most of them apart; nothing when nobody was left out."""
        if not self._more():
            return ""
        question = self.question
        said = {
            "birth": self.asks_birth,
            "day": bool(question.dates),
            "name": question.has_name,
            "number": question.has_number,
        }
        return next((what for what in said if not said[what]), "again")

    # --- The steps ----------------------------------------------------------------------------------
    def by_number_or_phone(self) -> list[Pair]:
        if not (self.question.numbers or self.question.digits or self.question.phone_end):
            return []
        return self._and_called_so(self._or_born_then(self._numbered_or_phoned()))

    def by_number_otherwise(self) -> list[Pair]:
        """О for 0 and І for 1, of so many readings that they are asked for only after the plain ones; and digits that
        beside a name are a birthday first."""
        others = {
            "numbers": " ".join(self.question.other_numbers),
            "digits": " ".join(self.question.other_digits),
            "phone": self.question.other_phone_end[::-1],
        }
        if not any(others.values()):
            return []
        plain, self.wanted = self.wanted, self.wanted._replace(**others)
        pairs = self._numbered_or_phoned()
        self.wanted = plain
        return self._or_born_then(pairs)

    def by_surname_and_birth(self) -> list[Pair]:
        if not self.asks_birth:
            return []
        return self._called_first(
            self._by_surname(years=self.years),
            self.by_error_and_birth,
            self.by_sound_and_birth,
            years=self.years,
        )

    def by_error_and_birth(self) -> list[Pair]:
        """With a whole date also who was born that day and is called so: a slip may have moved the key by more."""
        if not self.asks_birth:
            return []
        pairs = self._similar(self.likeness.slips, years=self.years) + self._by_day_and_likeness()
        return self._and_further(pairs, years=self.years)

    def by_surname(self) -> list[Pair]:
        return self._called_first(self._by_surname(years=0), self.by_error, self.by_sound, years=0)

    def by_error(self) -> list[Pair]:
        return self._and_further(self._similar(self.likeness.slips, years=0), years=0)

    def by_sound_and_birth(self) -> list[Pair]:
        return self._by_sound(years=self.years) if self.asks_birth else []

    def by_sound(self) -> list[Pair]:
        return self._by_sound(years=0)

    def by_day(self) -> list[Pair]:
        if not self.question.dates:
            return []
        [rows] = self._asked(sought.by_day, days=self.days)
        return [(person, "birth") for person in self._shown(rows, self._fits)]

    # --- What they are made of ----------------------------------------------------------------------
    def _numbered_or_phoned(self) -> list[Pair]:
        numbered, phoned = self._asked(sought.by_number_or_phone)
        pairs = [(person, "number") for person in self._best_of(numbered)]
        people = sorted(self._best_of(phoned), key=lambda one: not one.phone.endswith(self.question.phone))
        return pairs + [(person, "phone") for person in people]

    def _best_of(self, rows: sought.Rows) -> list[InsuredPerson]:
        """Who has the number. When the name or birthday said beside it tells some of them from the last who is shown,
        nobody is left out who fits as well as they do."""
        shown = sorted(rows.first, key=self._fits)[: self.limit]
        if len(rows.first) > self.limit and self._fit(shown[0]) < self._fit(shown[-1]):
            rows = sought.Rows(shown, lambda: len(shown))
        return self._shown(rows, self._fits)

    def _or_born_then(self, pairs: list[Pair]) -> list[Pair]:
        """Digits that may be a birthday as well as a number or a phone, and no name beside them: whoever is meant."""
        twofold = pairs and self.question.twofold and not self.keys
        return pairs + self.by_day() if twofold else pairs

    def _and_called_so(self, pairs: list[Pair]) -> list[Pair]:
        """A number is misheard too, and a phone is the family's: when nobody who has it bears both names, who does is
        shown as well, before them when the birthday agrees."""
        if not pairs or not self.typed or any(self._is_called(person) for person, _match in pairs):
            return pairs
        read = len(self._read)
        called = [(one, self._match(one)) for one in self._bearing_it(self.years) if self._is_called(one)]
        if len(called) < self.limit:
            self._read[read:] = [sought.Rows([person for person, _match in called], lambda: len(called))]
        return called + pairs if self.asks_birth else pairs + called

    def _by_day_and_likeness(self) -> list[Pair]:
        words = self.likeness.words
        if not self.question.dates or not words:
            return []
        [rows] = self._asked(sought.by_day_and_likeness, *words, days=self.days)
        return [
            (person, "given_birth" if person.given_key in self.question.given else "similar_birth")
            for person in self._shown(rows)
        ]

    def _by_surname(self, *, years: int) -> list[Pair]:
        """Who bears it whole; with room left and no birthday that says enough, whose surname begins so."""
        if not self.keys:
            return []
        pairs = [(person, self._match(person)) for person in self._bearing_it(years)]
        if (pairs and self.asks_birth) or len(pairs) >= self.limit:
            return pairs
        return pairs + [(person, "start") for person in self._beginning(years)]

    def _called_first(
        self,
        pairs: list[Pair],
        by_error: Callable[[], list[Pair]],
        by_part: Callable[[], list[Pair]],
        *,
        years: int,
    ) -> list[Pair]:
        """Given names are surnames too, and surnames a part of double ones: when nobody bears both names that were
        said, who does but for an error, or but for the first part, goes before those who bear one of them."""
        if not pairs or not self.named:
            return pairs
        if any(self._is_called(person) for person, _match in pairs):
            return pairs + self._by_part(years) if len(pairs) < self.limit else pairs
        read, self._read = self._read, []
        nearly = [pair for pair in by_error() if self._is_nearly_called(pair[0])]
        nearly = nearly or [pair for pair in by_part() if self._is_nearly_called(pair[0])]
        self._read = [*read, sought.Rows([person for person, _match in nearly], lambda: len(nearly))]
        return nearly + pairs

    def _and_of_other_days(self, pairs: list[Pair]) -> list[Pair]:
        """A birthday is misheard too: when nobody born then is called so, even but for a slip, who bears both names
        is shown as well, before those others when their own birthday is a slip away or is not known."""
        if not self.typed or not any(self._is_born(person) for person, _match in pairs):
            return pairs
        if any(self._is_told(*pair) for pair in pairs):
            return pairs
        [rows] = self._asked(sought.by_name_of_any_year)
        called = [(person, "name") for person in self._shown(rows) if self._is_called(person)]
        near = [pair for pair in called if self.question.may_be_born(pair[0].birth_date)]
        return near + pairs + called

    def _is_told(self, person: InsuredPerson, match: str) -> bool:
        """By more than the birthday and one of the names."""
        return match in ("number", "phone", "birth") or (
            match != "given_birth" and (self._is_called(person) or self._is_nearly_called(person))
        )

    def _by_part(self, years: int) -> list[Pair]:
        """Called so by the second part of a double surname: who says the part alone may be meant as well.

        Asked also when the dictionary has none: it knows those out of reach, and that must not be seen.
        """
        if not self.typed:
            return []
        self.wanted = self.wanted._replace(similar=" ".join(self.likeness.ending))
        [rows] = self._asked(sought.by_part, years=years)
        people = [one for one in self._shown(rows, _alphabet) if self._is_called(one, str.endswith)]
        return [(person, "similar_birth" if years else "similar") for person in people]

    def _is_called(self, person: InsuredPerson, has: Callable[[str, str], bool] = str.startswith) -> bool:
        """Each name by a word of its own."""
        given = person.given_key
        words = (word for word in self.keys if word != given)
        return given in self.question.given and any(has(person.surname_key, word) for word in words)

    def _is_nearly_called(self, person: InsuredPerson) -> bool:
        """But for an error or two, or for the first part of a double surname."""
        if self._is_called(person, str.endswith) or person.pk in self._near:
            return True
        given, surname = person.given_key, person.surname_key
        by_it = surname.startswith(given) or is_one_error(given, surname)
        return given in self.question.given and not by_it

    def _and_further(self, pairs: list[Pair], *, years: int) -> list[Pair]:
        """Whose surname is a slip away may be somebody else: unless both names and the birthday agree, whoever is
        called so but for two errors goes with them, before those of whom only the surname is similar."""
        called = [pair for pair in pairs if self._is_nearly_called(pair[0])]
        if not pairs or not self.typed or (called and years) or len(called) >= self.limit:
            return pairs
        read = len(self._read)
        nearly = self._by_nearness(years, self.likeness.doubles)
        further = [pair for pair in nearly if self._is_nearly_called(pair[0])]
        self._read[read:] = self._read[read:] if further else []
        return called + further + pairs

    def _by_sound(self, *, years: int) -> list[Pair]:
        """Called so but for two errors, else only of a similar surname."""
        if not self.typed:
            near = self.likeness.near if years else ()
            return self._similar(tuple(dict.fromkeys((*self.likeness.alike, *near))), years=years)
        return self._by_nearness(years, self.likeness.alike)

    def _by_nearness(self, years: int, others: Sequence[str]) -> list[Pair]:
        """Asked once, and of others whose surname is similar then; they are not read where they would not be shown."""
        if years not in self._further:
            self._further[years] = self._nearest(years, others)
        return self._further[years]

    def _nearest(self, years: int, others: Sequence[str]) -> list[Pair]:
        self.wanted = self.wanted._replace(similar=" ".join(others))
        *parts, alike = self._asked(sought.by_nearness, *self.likeness.called, years=years)
        near = {person: self._errors(person) for rows in parts for person in self._shown(rows)}
        best = sorted((person for person in near if near[person][0] < MANY), key=lambda one: near[one])
        self._near.update(person.pk for person in best)
        if best:
            doubles = [person for person in alike.first if self._is_called(person, str.endswith)]
            alike = sought.Rows(doubles, lambda: len(doubles))
        similar = self._shown(alike)
        return [(person, self._nearly(person, years)) for person in (*best, *similar)]

    def _errors(self, person: InsuredPerson) -> tuple[int, bool]:
        """How many there are in both names; a first letter is seldom wrong."""
        errors = self.likeness.errors(person.surname_key, person.given_key)
        begins = {name.surname[:1] for name in self.question.names}
        return errors, person.surname_key[:1] not in begins

    def _nearly(self, person: InsuredPerson, years: int) -> str:
        if person.surname_key in self.keys:
            return self._match(person)
        return "similar_birth" if years else "similar"

    def _bearing_it(self, years: int) -> list[InsuredPerson]:
        """Those called so first."""
        if years or not self.named:
            [rows] = self._asked(sought.by_surname, years=years, named=self.named)
            return self._shown(rows, self._fits if self.named else _alphabet)
        called, rows = self._asked(sought.by_name, years=years, named=True)
        if len(called.first) > self.limit and not self.asks_birth:
            return self._shown(called, _alphabet)
        return sorted(called.first, key=_alphabet) + self._shown(rows, _alphabet)

    def _beginning(self, years: int) -> list[InsuredPerson]:
        """Whose surname begins so, else as it is read with the other layout."""
        if not self.question.starts:
            return []
        found = self._asked(sought.by_beginning, years=years)
        return self._shown(next((rows for rows in found if rows.first), found[0]), _alphabet)

    def _similar(self, keys: Sequence[str], *, years: int) -> list[Pair]:
        """Nobody bears none of them, and that is a statement too."""
        self.wanted = self.wanted._replace(similar=" ".join(keys))
        [rows] = self._asked(sought.by_likeness, years=years)
        return [(person, "similar_birth" if years else "similar") for person in self._shown(rows, self._fits)]

    def _asked(self, statement: sought.Sought, *words: str, **form: int) -> list[sought.Rows]:
        return statement(self.wanted, *words, many=self.many, everywhere=self.everywhere, **form)

    def _shown(self, rows: sought.Rows, order: Order | None = None) -> list[InsuredPerson]:
        """As many as are shown; one more is read to know whether there are others.

        Of one statement for several things SQL promises the rows, but not their order.
        """
        self._read.append(rows)
        return (sorted(rows.first, key=order) if order else rows.first)[: self.limit]

    def _fits(self, person: InsuredPerson) -> tuple[Any, ...]:
        """Who fits best stands first, as in the statement."""
        return *self._fit(person), *_alphabet(person), person.pk

    def _fit(self, person: InsuredPerson) -> tuple[bool, ...]:
        """The birthday, the surname, the given name: false where they agree."""
        named = person.surname_key in self.keys, person.given_key in self.question.given
        return not self._is_born(person), *(not one for one in named)

    def _match(self, person: InsuredPerson) -> str:
        given = bool(person.given_key) and person.given_key in self.question.given
        if self.asks_birth and self._is_born(person):
            return "name_birth" if given else "surname_birth"
        return "name" if given else "surname"

    def _is_born(self, person: InsuredPerson) -> bool:
        day = person.birth_date
        return day is not None and (day in self.question.dates or day.year in self.question.years)


def _alphabet(person: InsuredPerson) -> tuple[Any, ...]:
    """The Ukrainian one. The statements go by the keys, which are Latin: they say who is read, this in which order."""
    given = person.given_name or person.given_name_latin
    return tuple(map(uk_sort_key, (person.surname or person.surname_latin, given, person.patronymic)))


_STEPS: tuple[Callable[[_Search], list[Pair]], ...] = (
    _Search.by_number_or_phone,
    _Search.by_surname_and_birth,
    _Search.by_error_and_birth,
    _Search.by_sound_and_birth,
    _Search.by_number_otherwise,
    _Search.by_surname,
    _Search.by_error,
    _Search.by_sound,
    _Search.by_day,
)
