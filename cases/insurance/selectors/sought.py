"""Statements of the look-up, each prepared once: what a question asks is their arguments, as texts.

Every list is one text with spaces between its words, empty when nothing of the kind was said: so a statement has few
forms, and none of them is planned anew for a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    F,
    Field,
    Func,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import Abs, Cast, Coalesce, Greatest, Reverse

from cases.insurance.models import InsuredPerson, PolicyPerson, Surname, SurnameCut
from cases.insurance.querysets import InsuredPersonQuerySet, Reach
from cases.insurance.rules import Question
from fregat.lib.frozen import frozen

SIMILAR = 0.42
"""Trigram similarity (0 to 1) from which a surname is offered when nothing better was found."""
COUNT_MAX = 1_000
"""Further persons are counted up to so many."""
_BETWEEN_PARTS = "[-‐‑–— ]"
ALIKE_MAX = 40
"""Surnames that one word may be a slip of, at most."""
_BIRTH: Mapping[str, Field[Any, Any]] = {"birth_year": SmallIntegerField(), "birth_date": DateField()}


class Wanted(NamedTuple):
    """A question, and the projects in which who asks may see persons."""

    projects: str
    numbers: str
    digits: str
    phone: str
    """The last of its digits first."""
    keys: str
    """Keys of surnames, as typed and of the other keyboard layout."""
    start: str
    other_start: str
    """Beginnings of a surname."""
    given: str
    dates: str
    years: str
    of_years: str
    """The years, and those of the dates."""
    similar: str = ""
    """Keys of surnames that resemble it."""

    @classmethod
    def by(cls, question: Question, projects: str) -> Wanted:
        """The question as texts."""
        start, other_start = (*question.starts, "", "")[:2]
        return cls(
            projects=projects,
            numbers=" ".join(question.numbers),
            digits=" ".join(question.digits),
            phone=question.phone_end[::-1],
            keys=" ".join((*question.surnames, *question.other_surnames, *question.respelt)),
            start=start,
            other_start=other_start,
            given=" ".join(question.given),
            dates=" ".join(map(str, question.dates)),
            years=" ".join(map(str, question.years)),
            of_years=" ".join(map(str, sorted({*question.years, *(day.year for day in question.dates)}))),
        )


class Rows(NamedTuple):
    """The first persons of whom something is true, in order; how many there are, `COUNT_MAX` more at most."""

    first: list[InsuredPerson]
    counted: Callable[[], int]

    def after(self, some: Rows) -> Rows:
        """The same, where some of them stand first."""
        return Rows(list(dict.fromkeys((*some.first, *self.first))), self.counted)


class Sought:
    """Persons of whom one or several things are true, in one statement: the first of each.

    Each by itself: two beginnings of a surname in one condition would read everybody born that year.
    """

    def __init__(self, *parts: Callable[..., InsuredPersonQuerySet]) -> None:
        self.parts = parts
        self._asked = frozen(self._first)
        self._counted = frozen(self._keys)

    def __call__(self, wanted: Wanted, *words: str, many: int, **form: int) -> list[Rows]:
        """`form` is what decides about the look of the statement; `many` too, for the planner to go by it."""
        found = self._asked(*wanted, *words, many=many, **form)

        def counted(number: int) -> int:
            return len(self._counted(*wanted, *words, number=number, many=many, **form))

        return [
            Rows([person for person in found if vars(person)["part"] == number], partial(counted, number))
            for number in range(len(self.parts))
        ]

    def _first(self, *texts: str, many: int, **form: int) -> QuerySet[InsuredPerson]:
        first, *others = (
            rows.annotate(part=Value(number))[:many] for number, rows in enumerate(self._rows(texts, form))
        )
        return first.union(*others, all=True) if others else first

    def _keys(self, *texts: str, number: int, many: int, **form: int) -> QuerySet[InsuredPerson, int]:
        rows = self._rows(texts, form)[number]
        return rows.order_by().values_list("pk", flat=True)[: COUNT_MAX + many]

    def _rows(self, texts: Sequence[str], form: Mapping[str, int]) -> list[InsuredPersonQuerySet]:
        size = len(Wanted._fields)
        wanted, words = Wanted(*texts[:size]), texts[size:]
        return [part(wanted, *words, **form) for part in self.parts]


# --- Whose rows -------------------------------------------------------------------------------------
def _visible(wanted: Wanted, everywhere: bool, years: int = 0) -> InsuredPersonQuerySet:
    """Whom who asks may see; within so many years by the index of years and surnames, then the day.

    The day is hidden from the planner in an expression: it would join in the index of days.
    """
    rows = InsuredPerson.objects.within(Reach(everywhere, wanted.projects))
    if not years:
        return rows
    return rows.filter(_born_then(wanted), _in("birth_year", wanted.of_years, years))


def _in(field: str, texts: str, many: int) -> Q:
    """One of so many dates or years. Of a list the planner supposes ten, and of one it knows how few are born then."""
    one = Cast(Value(texts), _BIRTH[field])
    return Q(**{field: one}) if many == 1 else Q(**{f"{field}__one_of": texts})


def _numbered(wanted: Wanted, *, everywhere: bool) -> InsuredPersonQuerySet:
    number = Q(policy__number_key__one_of=wanted.numbers) | Q(policy__number_digits__one_of=wanted.digits)
    named = PolicyPerson.objects.filter(number).values("person")
    return _best(_visible(wanted, everywhere).filter(pk__in=named), wanted)


def _phoned(wanted: Wanted, *, everywhere: bool) -> InsuredPersonQuerySet:
    return _best(_visible(wanted, everywhere).with_phone_end(wanted.phone), wanted)


def _by_keys(wanted: Wanted, keys: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    """Of these surnames, in the order of an index: a common surname is not read whole, nor is it asked of each who
    bears it whether they may be seen."""
    rows = _visible(wanted, everywhere, years).filter(surname_key__one_of=keys)
    return rows.order_by("surname_key", "given_key")


def _bearing(wanted: Wanted, *_words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    return _by_keys(wanted, wanted.keys, everywhere, years)


def _called(wanted: Wanted, *words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    rows = _bearing(wanted, everywhere=everywhere, years=years)
    return rows.filter(given_key__one_of=wanted.given)


def _called_in_part(
    at: int, wanted: Wanted, *words: str, everywhere: bool, years: int
) -> InsuredPersonQuerySet:
    """Whose given name begins with a word of the statement."""
    return _bearing(wanted, everywhere=everywhere, years=years).filter(given_key__begins=words[at])


def _beginning(wanted: Wanted, *_words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    rows = _visible(wanted, everywhere, years).filter(surname_key__begins=wanted.start)
    return rows.order_by("surname_key", "given_key")


def _beginning_otherwise(wanted: Wanted, *_words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    return _beginning(wanted._replace(start=wanted.other_start), everywhere=everywhere, years=years)


def _beginning_called(
    first: int, wanted: Wanted, *words: str, everywhere: bool, years: int
) -> InsuredPersonQuerySet:
    """By two words of the statement: a beginning, and given names."""
    start, given = words[first : first + 2]
    return _beginning(wanted._replace(start=start), everywhere=everywhere, years=years).filter(
        given_key__one_of=given
    )


def _resembling(at: int, wanted: Wanted, *words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    """By a word of the statement: surnames."""
    return _by_keys(wanted, words[at], everywhere, years)


def _resembling_called(wanted: Wanted, *_words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    rows = _by_keys(wanted, wanted.similar, everywhere, years)
    return rows.filter(given_key__one_of=wanted.given)


def _nearly_called(
    surnames: int, given: int, wanted: Wanted, *words: str, everywhere: bool, years: int
) -> InsuredPersonQuerySet:
    """By two words of the statement."""
    return _by_keys(wanted, words[surnames], everywhere, years).filter(given_key__one_of=words[given])


def _called_of_any_year(wanted: Wanted, *, everywhere: bool) -> InsuredPersonQuerySet:
    """The nearest to the year that was said first; after the next ones those of whom it is not known."""
    year = Cast(
        Func(Value(wanted.of_years), Value(" "), Value(1), function="split_part"), SmallIntegerField()
    )
    rows = _visible(wanted, everywhere).filter(
        surname_key__one_of=wanted.keys, given_key__one_of=wanted.given
    )
    return rows.order_by(Coalesce(Abs(F("birth_year") - year), 2), "birth_date", "pk")


def _called_by_part(wanted: Wanted, *_words: str, everywhere: bool, years: int) -> InsuredPersonQuerySet:
    """Of a double surname, as it is spelt: a surname that ends with another is mostly one of its own."""
    double = Q(surname__regex=_BETWEEN_PARTS) | Q(surname_latin__regex=_BETWEEN_PARTS)
    rows = _visible(wanted, everywhere, years).filter(
        surname_key__one_of=wanted.similar, given_key__one_of=wanted.given
    )
    return rows.filter(double).order_by("surname_key", "given_key", "pk")


def _nearly_called_by_part(
    wanted: Wanted, *words: str, everywhere: bool, years: int
) -> InsuredPersonQuerySet:
    """By the thirteenth word of the statement: double surnames."""
    return _called_by_part(wanted._replace(similar=words[12]), everywhere=everywhere, years=years)


def _of_day(wanted: Wanted, *, everywhere: bool, days: int) -> InsuredPersonQuerySet:
    return _best(_visible(wanted, everywhere).filter(_in("birth_date", wanted.dates, days)), wanted)


def _of_day_alike(wanted: Wanted, *words: str, everywhere: bool, days: int) -> InsuredPersonQuerySet:
    fits = Q(likeness__gte=SIMILAR) | Q(given_key__one_of=wanted.given)
    of_day = _visible(wanted, everywhere).filter(_in("birth_date", wanted.dates, days))
    rows = of_day.alias(likeness=_likeness("surname_key", words)).filter(fits)
    return rows.order_by("-likeness", "surname_key", "given_key")


def _best(rows: InsuredPersonQuerySet, wanted: Wanted) -> InsuredPersonQuerySet:
    """Who fits best stands first: the birthday, then the surname, the given name, then the alphabet."""
    return rows.order_by(
        _born_then(wanted).desc(),
        _truth(Q(surname_key__one_of=wanted.keys)).desc(),
        _truth(Q(given_key__one_of=wanted.given)).desc(),
        "surname_key", "given_key", "pk",
    )  # fmt: skip


def _born_then(wanted: Wanted) -> Case:
    return _truth(Q(birth_year__one_of=wanted.years) | Q(birth_date__one_of=wanted.dates))


def _truth(condition: Q) -> Case:
    """False where it is not known."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _likeness(field: str, words: Iterable[str]) -> TrigramSimilarity | Greatest:
    alike = [TrigramSimilarity(field, word) for word in words]
    return Greatest(*alike) if len(alike) > 1 else alike[0]


by_number_or_phone = Sought(_numbered, _phoned)
by_surname = Sought(_bearing)
by_surname_and_name = Sought(_called, _bearing)
by_name = Sought(_called, partial(_called_in_part, 0), partial(_called_in_part, 1), _bearing)
by_beginning = Sought(_beginning, _beginning_otherwise)
by_beginning_and_name = Sought(
    _beginning, _beginning_otherwise, *(partial(_beginning_called, first) for first in range(0, 8, 2))
)
by_likeness = Sought(_resembling_called, partial(_resembling, 0), partial(_resembling, 1))
by_nearness = Sought(
    *(
        partial(_nearly_called, first + surnames, first + given)
        for first in (0, 6)
        for surnames, given in ((0, 4), (0, 5), (1, 4), (1, 5), (2, 4), (3, 4))
    ),
    _nearly_called_by_part,
    _resembling_called,
    partial(_resembling, 13),
    partial(_resembling, 14),
)
by_name_of_any_year = Sought(_called_of_any_year)
by_part = Sought(_called_by_part)
by_day = Sought(_of_day)
by_day_and_likeness = Sought(_of_day_alike)


# --- The dictionary ---------------------------------------------------------------------------------
@frozen
def keys_with_cuts(cuts: str) -> QuerySet[SurnameCut, str]:
    """Keys of surnames that somebody bears, from which the same letters may be left out."""
    return SurnameCut.objects.filter(cut__one_of=cuts).values_list("key", flat=True)


@frozen
def keys_with_cuts_or_ends(cuts: str, backwards: str) -> QuerySet[SurnameCut, str]:
    """The same, and keys that end with one of these words, the last letter of which is said first."""
    ending = Surname.objects.filter(key__ends_with_one_of=backwards).values_list("key", flat=True)
    return SurnameCut.objects.filter(cut__one_of=cuts).values_list("key", flat=True).union(ending, all=True)


@frozen
def keys_ending(*backwards: str) -> QuerySet[Surname, str]:
    """Keys of surnames that somebody bears and that end with a word, the last letter of which is said first."""
    ends = Q()
    for word in backwards:
        ends |= Q(key_backwards__begins=word)
    rows = Surname.objects.alias(key_backwards=Reverse("key")).filter(ends)
    return rows.order_by("key").values_list("key", flat=True)[:ALIKE_MAX]


@frozen
def keys_alike(*words: str) -> QuerySet[Surname, str]:
    """Keys of surnames that somebody bears and that end with a word, as a double one does with its second part, or
    share most of their groups of three letters with it."""
    ends, alike = Q(), Q()
    for word in words:
        ends |= Q(key__endswith=Value(word))
        alike |= Q(key__trigram_similar=word)
    rows = Surname.objects.filter(ends | alike).alias(likeness=_likeness("key", words))
    rows = rows.filter(ends | Q(likeness__gte=SIMILAR))
    return rows.order_by(_truth(ends).desc(), "-likeness", "key").values_list("key", flat=True)[:ALIKE_MAX]
