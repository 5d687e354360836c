"""Steps of the look-up: what a question means when nothing in it is wrong, and what is done when something is."""

from __future__ import annotations

from collections.abc import Callable

from cases.insurance.models import InsuredPerson
from cases.insurance.selectors import sought
from cases.insurance.selectors.agreeing import alphabet
from cases.insurance.selectors.asking import Asking, Pair
from cases.insurance.selectors.mistaken import (
    by_error,
    by_error_and_birth,
    by_part,
    by_sound,
    by_sound_and_birth,
)

Step = Callable[[Asking], list[Pair]]


# --- The steps --------------------------------------------------------------------------------------
def by_number_or_phone(ask: Asking) -> list[Pair]:
    """Of a policy, of a person."""
    if not (ask.question.numbers or ask.question.digits or ask.question.phone_end):
        return []
    return _and_called_so(ask, _or_born_then(ask, _numbered_or_phoned(ask)))


def by_number_otherwise(ask: Asking) -> list[Pair]:
    """О for 0 and І for 1, of so many readings that they are asked for only after the plain ones; and digits that
    beside a name are a birthday first."""
    others = {
        "numbers": " ".join(ask.question.other_numbers),
        "digits": " ".join(ask.question.other_digits),
        "phone": ask.question.other_phone_end[::-1],
    }
    return _or_born_then(ask, _numbered_or_phoned(ask, others)) if any(others.values()) else []


def by_surname_and_birth(ask: Asking) -> list[Pair]:
    """Who bears it and was born then."""
    if not ask.asks_birth:
        return []
    pairs = _by_surname(ask, years=ask.years)
    return _called_first(ask, pairs, by_error_and_birth, by_sound_and_birth, years=ask.years)


def by_surname(ask: Asking) -> list[Pair]:
    """Who bears it, whatever the birthday."""
    return _called_first(ask, _by_surname(ask, years=0), by_error, by_sound, years=0)


def by_day(ask: Asking) -> list[Pair]:
    """Who was born then, whatever the name."""
    if not ask.question.dates:
        return []
    [rows] = ask.rows(sought.by_day, days=ask.days)
    return [(person, "birth") for person in ask.shown(rows, ask.fit.order)]


def and_of_other_days(ask: Asking, pairs: list[Pair]) -> list[Pair]:
    """A birthday is misheard too: when nobody born then is called so, even but for a slip, who bears both names
    is shown as well, before those others when their own birthday is a slip away or is not known."""
    if not any(ask.fit.is_born(person) for person, _match in pairs):
        named = any(match in ("name", "surname") for _person, match in pairs)
        return _born_nearly_then(ask) + pairs if named and ask.asks_birth else pairs
    if not ask.typed:
        return pairs
    if any(_is_told(ask, *pair) for pair in pairs):
        return pairs
    [rows] = ask.rows(sought.by_name_of_any_year)
    called = [(person, "name") for person in ask.shown(rows) if ask.fit.is_called(person)]
    near = [pair for pair in called if ask.question.may_be_born(pair[0].birth_date)]
    return near + pairs + called


def _born_nearly_then(ask: Asking) -> list[Pair]:
    """Who bears both names, or the one, and was born a slip away from what was said; of a year alone the next ones."""
    if ask.typed:
        [rows] = ask.rows(sought.by_name_of_any_year)
        near = [one for one in rows.first if ask.question.may_be_born(one.birth_date)]
        return [(person, "name") for person in near if ask.fit.is_called(person)]
    days, years = ask.question.near_days, ask.question.next_years
    instead = {
        "dates": " ".join(map(str, days)),
        "years": " ".join(map(str, years)),
        "of_years": " ".join(map(str, sorted({*years, *(day.year for day in days)}))),
    }
    [rows] = ask.rows(sought.by_surname, instead=instead, years=2)
    return [(person, "surname") for person in sorted(rows.first, key=alphabet)]


# --- Numbers and phones -----------------------------------------------------------------------------
def _numbered_or_phoned(ask: Asking, instead: dict[str, str] | None = None) -> list[Pair]:
    numbered, phoned = ask.rows(sought.by_number_or_phone, instead=instead)
    pairs = [(person, "number") for person in _best_of(ask, numbered)]
    people = sorted(_best_of(ask, phoned), key=lambda one: not one.phone.endswith(ask.question.phone))
    return pairs + [(person, "phone") for person in people]


def _best_of(ask: Asking, rows: sought.Rows) -> list[InsuredPerson]:
    """Who has the number. When the name or birthday said beside it tells some of them from the last who is shown,
    nobody is left out who fits as well as they do."""
    shown = sorted(rows.first, key=ask.fit.order)[: ask.limit]
    if len(rows.first) > ask.limit and ask.fit.differences(shown[0]) < ask.fit.differences(shown[-1]):
        rows = sought.Rows(shown, lambda: len(shown))
    return ask.shown(rows, ask.fit.order)


def _or_born_then(ask: Asking, pairs: list[Pair]) -> list[Pair]:
    """Digits that may be a birthday as well as a number or a phone, and no name beside them: whoever is meant."""
    twofold = pairs and ask.question.twofold and not ask.fit.keys
    return pairs + by_day(ask) if twofold else pairs


def _and_called_so(ask: Asking, pairs: list[Pair]) -> list[Pair]:
    """A number is misheard too, and a phone is the family's: when nobody who has it bears both names, who does is
    shown as well, and whoever bears one of them when the others have no name or not the birthday that was said; before
    them when the birthday agrees or they would take all the room."""
    people = [person for person, _match in pairs]
    strangers = not any(_agrees(ask, person) for person in people)
    if not (pairs and ask.question.has_name and (ask.typed or strangers)):
        return pairs
    if any(ask.fit.is_called(person) for person in people):
        return pairs
    mark = ask.mark()
    bearing = _bearing_it(ask, ask.years)
    meant = [one for one in bearing if ask.fit.is_called(one)] or (bearing if strangers else [])
    if len(meant) < ask.limit:
        ask.only(meant, since=mark)
    called = [(person, ask.fit.match(person)) for person in meant]
    return called + pairs if ask.asks_birth or len(pairs) >= ask.limit else pairs + called


def _agrees(ask: Asking, person: InsuredPerson) -> bool:
    """Bears one of the names, and was born then."""
    other_day, *other_names = ask.fit.differences(person)
    return not all(other_names) and not (ask.asks_birth and other_day)


# --- Names ------------------------------------------------------------------------------------------
def _by_surname(ask: Asking, *, years: int) -> list[Pair]:
    """Who bears it whole; with room left and no birthday that says enough, whose surname begins so.

    While nobody is called so in full, also whoever is but for the end of the surname, though there be no room.
    """
    if not ask.fit.keys:
        return []
    pairs = [(person, ask.fit.match(person)) for person in _bearing_it(ask, years)]
    enough = len(pairs) >= ask.limit or (bool(pairs) and ask.asks_birth)
    if enough and (not ask.named or any(_is_called_in_full(ask, person) for person, _match in pairs)):
        return pairs
    return pairs + [(person, "start") for person in _beginning(ask, years, all_of_them=not enough)]


def _bearing_it(ask: Asking, years: int) -> list[InsuredPerson]:
    """Those called so first, then those whose given name begins so."""
    starts = ask.question.given_starts
    if not ask.named and (years or not starts):
        [rows] = ask.rows(sought.by_surname, years=years)
        return ask.alphabetically(rows)
    if years:
        called, rows = ask.rows(sought.by_surname_and_name, years=years)
        return ask.shown(rows.after(called), ask.fit.order)
    called, *begun, rows = ask.rows(sought.by_name, *(*starts, "", "")[:2], years=years)
    if len(called.first) > ask.limit and not ask.asks_birth:
        return ask.alphabetically(called)
    first = [one for part in (called, *begun) for one in sorted(part.first, key=alphabet)]
    return first + ask.alphabetically(rows)


def _beginning(ask: Asking, years: int, *, all_of_them: bool) -> list[InsuredPerson]:
    """Whose surname begins so, else as it is read with the other layout; those first whose given name was said."""
    if not (ask.question.starts or ask.question.openings):
        return []
    if not ask.question.openings:
        plain, called = ask.rows(sought.by_beginning, years=years), []
    else:
        words = [text for start, given in ask.question.openings for text in (start, " ".join(given))]
        found = ask.rows(sought.by_beginning_and_name, *words, *[""] * (8 - len(words)), years=years)
        plain, called = found[:2], found[2:]
    people = [person for rows in called for person in ask.alphabetically(rows)]
    if not all_of_them:
        return people
    return people + ask.alphabetically(next((rows for rows in plain if rows.first), plain[0]))


def _called_first(
    ask: Asking, pairs: list[Pair], but_error: Step, but_part: Step, *, years: int
) -> list[Pair]:
    """Given names are surnames too, and surnames a part of double ones: when nobody bears both names that were
    said, who does but for the end of the surname, for an error, or for the first part, goes before those who bear one
    of them."""
    if not pairs or not ask.named:
        return pairs
    if any(_is_called_in_full(ask, person) for person, _match in pairs):
        return pairs + by_part(ask, years=years) if len(pairs) < ask.limit else pairs
    begun = [pair for pair in pairs if ask.fit.is_called(pair[0])]
    mark = ask.mark()
    nearly = ask.nearly_called(but_error(ask)) or ask.nearly_called(but_part(ask))
    ask.only((person for person, _match in nearly), since=mark)
    return begun + nearly + pairs


def _is_called_in_full(ask: Asking, person: InsuredPerson) -> bool:
    """The surname is not only begun."""
    return ask.fit.is_called(person, str.__eq__)


def _is_told(ask: Asking, person: InsuredPerson, match: str) -> bool:
    """By more than the birthday and one of the names."""
    return match in ("number", "phone", "birth") or (
        match != "given_birth" and (ask.fit.is_called(person) or ask.is_nearly_called(person))
    )
