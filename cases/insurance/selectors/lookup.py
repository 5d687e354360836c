"""Who is calling: by policy number, phone, name in either alphabet, birth date, one typing error forgiven.

The steps go from the surest to the vaguest and stop at the first that finds somebody; each is a
statement on an index, whatever the size of the tables: number, phone → surname or its beginning →
surname one error away → surname that sounds alike → birth date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    BooleanField,
    Case,
    F,
    Model,
    OrderBy,
    Prefetch,
    Q,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Greatest

from cases.insurance.models import InsuredPerson, Policy, PolicyPerson
from cases.insurance.querysets import InsuredPersonQuerySet
from cases.insurance.rules import Question, one_error_away, read_question

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

Pair = tuple[InsuredPerson, str]


@dataclass(frozen=True)
class Found:
    """A person, their policies that the employee may see, and why they were found (a code of `MATCH_LABELS`)."""

    person: InsuredPerson
    policies: list[Policy]
    match: str


def look_up(user: Employee, q: str, *, limit: int = 20, now: datetime) -> list[Found]:
    """Persons that the text may mean, best first, within what the employee may see (JD II.1).

    Never a list to browse: at most `limit`, and nothing for an empty text or a year alone. At most seven
    statements, however many are found. The door that asks writes the look down.
    """
    question = read_question(q[:TEXT_MAX])
    if question.is_empty:
        return []
    pairs = _search(InsuredPerson.objects.visible_to(user, now), question, limit)[:limit]
    policies = Policy.objects.visible_to(user, now).for_reading()
    persons: list[Model] = [person for person, _match in pairs]
    prefetch_related_objects(persons, Prefetch("policies", policies, to_attr="open_policies"))
    return [Found(person, vars(person)["open_policies"], match) for person, match in pairs]


def _search(visible: InsuredPersonQuerySet, question: Question, limit: int) -> list[Pair]:
    found: list[Pair] = []
    for step in _STEPS:
        rows = step(visible, question, limit)
        if found:  # namesakes of other birthdays were found: only who was born that day is better
            rows = [pair for pair in rows if _born(pair[0], question)]
        known = {person.pk for person, _match in found}
        found += [pair for pair in rows if pair[0].pk not in known]
        if any(match in _SURE or _born(person, question) for person, match in found):
            break
    born = [pair for pair in found if _born(pair[0], question) or pair[1] in _SURE]
    # The birthday is known: namesakes born on other days are nobody's business now.
    return born if _asks_birth(question) and born else found


_SURE = frozenset({"number", "phone"})


def _asks_birth(question: Question) -> bool:
    return bool(question.dates or question.years)


def _born(person: InsuredPerson, question: Question) -> bool:
    """Does the birthday fit (or was none asked about)?"""
    if not _asks_birth(question):
        return True
    day = person.birth_date
    return day is not None and (day in question.dates or day.year in question.years)


def _birth(question: Question) -> Q:
    condition = Q(birth_date__in=question.dates)
    for year in question.years:
        condition |= Q(birth_date__range=(date(year, 1, 1), date(year, 12, 31)))
    return condition


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _ranked(
    rows: InsuredPersonQuerySet, question: Question, limit: int, *first: OrderBy
) -> list[InsuredPerson]:
    """Who fits best stands first: the birthday, then the given name, then the alphabet."""
    order = list(first)
    if _asks_birth(question):
        order.append(_truth(_birth(question)).desc())
    if question.given:
        order.append(_truth(Q(given_key__in=question.given)).desc())
    return list(rows.order_by(*order, "surname_key", "given_key", "pk")[:limit])


def _by_number_or_phone(visible: InsuredPersonQuerySet, question: Question, limit: int) -> list[Pair]:
    found: list[Pair] = []
    if question.numbers or question.digits:
        number = Q(policy__number_key__in=question.numbers) | Q(policy__number_digits__in=question.digits)
        named = PolicyPerson.objects.filter(number).values("person")
        found += [(person, "number") for person in _ranked(visible.filter(pk__in=named), question, limit)]
    if question.phone_tail:
        rows = _ranked(visible.with_phone_tail(question.phone_tail), question, limit)
        found += [(person, "phone") for person in rows]
    return found


def _by_surname(visible: InsuredPersonQuerySet, question: Question, limit: int) -> list[Pair]:
    keys = (*question.surnames, *question.other_surnames)
    if not keys:
        return []
    condition = Q(surname_key__in=keys)
    for start in (*question.surnames[:1], *question.other_surnames[:1]):
        if len(start) >= START_MIN:
            condition |= Q(surname_key__startswith=start)
    exact = _truth(Q(surname_key__in=keys)).desc()
    rows = _ranked(visible.filter(condition), question, limit, exact)
    whole = [person for person in rows if person.surname_key in keys]
    if whole and any(_born(person, question) for person in whole):
        return [(person, _match(person, question)) for person in whole]
    return [(p, _match(p, question) if p.surname_key in keys else "start") for p in rows]


def _match(person: InsuredPerson, question: Question) -> str:
    given = person.given_key in question.given and bool(person.given_key)
    if _asks_birth(question) and _born(person, question):
        return "name_birth" if given else "surname_birth"
    return "name" if given else "surname"


def _words(question: Question) -> Sequence[str]:
    """Keys for which an error is forgiven."""
    keys = (*question.surnames[:FUZZY_WORDS], *question.other_surnames[:1])
    return [key for key in keys if len(key) >= FUZZY_MIN]


def _similar(person: InsuredPerson, question: Question) -> Pair:
    return person, "similar_birth" if _asks_birth(question) and _born(person, question) else "similar"


def _by_error(visible: InsuredPersonQuerySet, question: Question, limit: int) -> list[Pair]:
    variants = {variant for key in _words(question) for variant in one_error_away(key)}
    if not variants:
        return []
    rows = _ranked(visible.filter(surname_key__in=variants), question, limit)
    return [_similar(person, question) for person in rows]


def _by_sound(visible: InsuredPersonQuerySet, question: Question, limit: int) -> list[Pair]:
    words = _words(question)
    if not words:
        return []
    condition = Q()
    for word in words:
        condition |= Q(surname_key__trigram_similar=word)
    alike = [TrigramSimilarity("surname_key", word) for word in words]
    likeness = Greatest(*alike) if len(alike) > 1 else alike[0]
    rows = visible.filter(condition).alias(likeness=likeness).filter(likeness__gte=SIMILAR)
    return [_similar(person, question) for person in _ranked(rows, question, limit, F("likeness").desc())]


def _by_birth(visible: InsuredPersonQuerySet, question: Question, limit: int) -> list[Pair]:
    if not question.dates:
        return []
    rows = _ranked(visible.filter(birth_date__in=question.dates), question, limit)
    return [(person, "birth") for person in rows]


_STEPS: tuple[Callable[[InsuredPersonQuerySet, Question, int], list[Pair]], ...] = (
    _by_number_or_phone,
    _by_surname,
    _by_error,
    _by_sound,
    _by_birth,
)
