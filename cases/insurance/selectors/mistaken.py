"""Steps of the look-up for a name with an error: one, then two; a part of it; and who was born that day."""

from __future__ import annotations

from collections.abc import Sequence

from cases.insurance.models import InsuredPerson
from cases.insurance.rules import MANY
from cases.insurance.selectors import sought
from cases.insurance.selectors.asking import Asking, Pair

NEAREST = 5
"""Surnames whose bearers are read before those of the others: together they are read in the order of letters."""


# --- The steps --------------------------------------------------------------------------------------
def by_error_and_birth(ask: Asking) -> list[Pair]:
    """With a whole date also who was born that day and is called so: a slip may have moved the key by more."""
    if not ask.asks_birth:
        return []
    pairs = _similar(ask, ask.likeness.slips, years=ask.years) + _by_day_and_likeness(ask)
    return _and_further(ask, pairs, years=ask.years)


def by_sound_and_birth(ask: Asking) -> list[Pair]:
    """Two errors, else what sounds so."""
    return _by_sound(ask, years=ask.years) if ask.asks_birth else []


def by_error(ask: Asking) -> list[Pair]:
    """Whatever the birthday."""
    return _and_further(ask, _similar(ask, ask.likeness.slips, years=0), years=0)


def by_sound(ask: Asking) -> list[Pair]:
    """Whatever the birthday."""
    return _by_sound(ask, years=0)


def by_part(ask: Asking, *, years: int) -> list[Pair]:
    """Called so by the second part of a double surname: who says the part alone may be meant as well.

    Asked also when the dictionary has none: it knows those out of reach, and that must not be seen.
    """
    if not ask.typed:
        return []
    [rows] = ask.rows(sought.by_part, instead={"similar": " ".join(ask.likeness.ending)}, years=years)
    people = [one for one in ask.alphabetically(rows) if ask.fit.is_called(one, str.endswith)]
    return [(person, _resembles(years)) for person in people]


# --- What they are made of --------------------------------------------------------------------------
def _similar(ask: Asking, keys: Sequence[str], *, years: int) -> list[Pair]:
    """Whose given name was said, then the nearest. Nobody bears none of them, and that is a statement too."""
    similar = {"similar": " ".join(keys)}
    called, *rows = ask.rows(sought.by_likeness, *_parted(keys), instead=similar, years=years)
    return [(person, _resembles(years)) for person in _best_of(ask, keys, called, *rows)]


def _best_of(
    ask: Asking, keys: Sequence[str], called: sought.Rows, *rows: sought.Rows
) -> list[InsuredPerson]:
    """Whose given name was said, then the others part by part; the former are among them, and counted there once."""
    parts = zip((keys[:NEAREST], keys[NEAREST:]), rows, strict=True)
    of_parts = [
        part.after(called._replace(first=[one for one in called.first if one.surname_key in some]))
        for some, part in parts
    ]
    best = dict.fromkeys(called.first + [person for part in of_parts for person in ask.shown(part)])
    return sorted([*best][: ask.limit], key=ask.fit.order)


def _parted(keys: Sequence[str]) -> tuple[str, str]:
    """The nearest, and the others."""
    return " ".join(keys[:NEAREST]), " ".join(keys[NEAREST:])


def _by_day_and_likeness(ask: Asking) -> list[Pair]:
    words = ask.likeness.words
    if not ask.question.dates or not words:
        return []
    [rows] = ask.rows(sought.by_day_and_likeness, *words, days=ask.days)
    given = ask.question.given
    return [
        (person, "given_birth" if person.given_key in given else "similar_birth")
        for person in ask.shown(rows)
    ]


def _and_further(ask: Asking, pairs: list[Pair], *, years: int) -> list[Pair]:
    """Whose surname is a slip away may be somebody else: unless both names and the birthday agree, whoever is
    called so but for two errors goes with them, before those of whom only the surname is similar. Of a surname alone,
    who bears one two errors away and was born then stands behind them."""
    called = ask.nearly_called(pairs)
    if pairs and years and not ask.typed and len(pairs) < ask.limit:
        keys = (*ask.likeness.near, *ask.likeness.doubles)
        return pairs + _similar(ask, [key for key in keys if key not in ask.likeness.slips], years=years)
    if not pairs or not ask.typed or (called and years) or len(called) >= ask.limit:
        return pairs
    mark = ask.mark()
    further = ask.nearly_called(_by_nearness(ask, years))
    if not further:
        ask.only(since=mark)
    return called + further + pairs


def _by_sound(ask: Asking, *, years: int) -> list[Pair]:
    """Called so but for two errors, else only of a similar surname: trigrams cost more than all else, and are asked for
    when nobody else is found."""
    if not ask.typed:
        near = ask.likeness.near if years else ()
        return _similar(ask, tuple(dict.fromkeys((*ask.likeness.alike, *near))), years=years)
    together = ask.likeness.knows_alike and years not in ask.further
    pairs = _by_nearness(ask, years, ask.likeness.alike if together else ())
    return pairs if pairs or together else _similar(ask, ask.likeness.alike, years=years)


def _by_nearness(ask: Asking, years: int, others: Sequence[str] = ()) -> list[Pair]:
    """Asked once, with others who are shown when there is nobody else."""
    if years not in ask.further:
        ask.further[years] = _nearest(ask, years, others)
    return ask.further[years]


def _nearest(ask: Asking, years: int, others: Sequence[str]) -> list[Pair]:
    words = *ask.likeness.called, " ".join(ask.likeness.doubles), *_parted(others)
    similar = {"similar": " ".join(others)}
    *parts, of_part, called, alike, less = ask.rows(sought.by_nearness, *words, instead=similar, years=years)
    near = {person: _errors(ask, person) for rows in parts for person in ask.shown(rows)}
    best = {person: errors for person, errors in near.items() if errors[0] < MANY}
    doubles = [person for person in of_part.first if ask.fit.is_called_by_part(person)]
    of_part = sought.Rows(doubles, lambda: len(doubles))
    best = dict.fromkeys(ask.shown(of_part), (1, True)) | best
    ask.near.update(person.pk for person in best)
    people = sorted(best, key=lambda one: best[one]) or _best_of(ask, others, called, alike, less)
    return [(person, _nearly(ask, person, years)) for person in people]


def _errors(ask: Asking, person: InsuredPerson) -> tuple[int, bool]:
    """How many there are in both names; a first letter is seldom wrong."""
    errors = ask.likeness.errors(person.surname_key, person.given_key)
    begins = {name.surname[:1] for name in (*ask.question.names, *ask.question.other_names)}
    return errors, person.surname_key[:1] not in begins


def _nearly(ask: Asking, person: InsuredPerson, years: int) -> str:
    return ask.fit.match(person) if person.surname_key in ask.fit.keys else _resembles(years)


def _resembles(years: int) -> str:
    return "similar_birth" if years else "similar"
