"""Who is calling: by policy or case number, phone, name in either alphabet, birth date, errors forgiven.

The steps go from the surest to the vaguest and stop at the first that finds somebody. Each is a statement or
two on an index, whatever the size of the tables: an error is looked for in the dictionary of surname keys
(`Surname`, a hundredth of the persons), never among the persons themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cases.insurance import registry
from cases.insurance.models import InsuredPerson
from cases.insurance.querysets import reach_now
from cases.insurance.rules import read_question
from cases.insurance.selectors import mistaken, steps
from cases.insurance.selectors.agreeing import alphabet
from cases.insurance.selectors.answer import Answer, Found
from cases.insurance.selectors.asking import Asking, Pair
from cases.insurance.selectors.policies import policies_of, read_links
from fregat.lib import clock

if TYPE_CHECKING:
    from staff.employees.models import Employee

TEXT_MAX = 400
"""Characters of the text that are read."""

STEPS: tuple[steps.Step, ...] = (
    steps.by_number_or_phone,
    steps.by_surname_and_birth,
    mistaken.by_error_and_birth,
    mistaken.by_sound_and_birth,
    steps.by_number_otherwise,
    steps.by_surname,
    mistaken.by_error,
    mistaken.by_sound,
    steps.by_day,
)


def look_up(user: Employee, q: str, *, limit: int = 20, now: datetime) -> Answer:
    """Persons that the text may mean, best first, within what the employee may see (JD II.1).

    Never a list to browse: at most `limit`, nothing for an empty text, nobody of a year alone. At most eighteen
    statements, three for who is found at once, however many are found. The door that asks writes the look down.
    """
    question = read_question(q[:TEXT_MAX], clock.local(now).date())
    named = registry.named_by(user, q, now)
    if question.is_empty and not named:
        return Answer([], searched=False, little=True)
    reach = reach_now(user, now)
    if reach is None:
        return Answer([], searched=False)
    ask = Asking(reach, question, limit)
    pairs = _answered(ask, _named(ask, named))
    read_links(user, [person for person, _match in pairs], now)
    found = [Found(person, policies_of(person), match) for person, match in pairs]
    people = [one.person for one in found]
    asked = _ask_next(ask, people)
    return Answer(
        found,
        asked,
        "" if asked else _tells_apart(ask, people),
        little=not found and question.says_little,
        count=ask.others,
    )


def _named(ask: Asking, keys: Collection[int]) -> list[Pair]:
    """Who is named by a number of another room, a case's."""
    rows = InsuredPerson.objects.within(ask.reach).filter(pk__in=keys) if keys else ()
    return [(person, "case") for person in sorted(rows, key=alphabet)]


def _answered(ask: Asking, named: list[Pair]) -> list[Pair]:
    """The first step that finds anybody, each person once; who is named before them."""
    found = next(filter(None, (step(ask) for step in STEPS)), [])
    once: dict[int, Pair] = {person.pk: (person, match) for person, match in named}
    for person, match in steps.and_of_other_days(ask, found) if found else ():
        once.setdefault(person.pk, (person, match))
    return list(once.values())[: ask.limit]


def _ask_next(ask: Asking, people: Sequence[InsuredPerson]) -> str:
    """What was not said yet and tells most of them apart; nothing when nobody was left out."""
    if not ask.is_more():
        return ""
    said = {
        "birth": ask.asks_birth,
        "day": bool(ask.question.dates),
        "name": ask.question.has_name,
        "city": not _live_apart(people),
        "number": ask.question.has_number,
    }
    return next((what for what in said if not said[what]), "again")


def _tells_apart(ask: Asking, people: Sequence[InsuredPerson]) -> str:
    """What tells namesakes from the first, all of whom are shown: the birthday, the town, else a number."""
    same = [one for one in people if _name(one) == _name(people[0])]
    if ask.question.dates:
        same = [one for one in same if ask.fit.is_born(one)]
    if len(same) < 2 or ask.question.has_number:
        return ""
    if len({one.birth_date for one in same}) > 1:
        return "day" if ask.question.years else "birthday"
    return "city" if _live_apart(same) else "number"


def _name(person: InsuredPerson) -> tuple[str, str]:
    return person.surname_key, person.given_key


def _live_apart(people: Iterable[InsuredPerson]) -> bool:
    """Does the town tell some of them apart?"""
    return len({one.city.casefold() for one in people if one.city}) > 1
