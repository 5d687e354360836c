"""Patterns of looks that somebody must explain (E1, JD IV.9): plain comparisons, thresholds in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Pattern(StrEnum):
    """What was noticed."""

    MANY_PERSONS = "many_persons"
    NO_CASE = "no_case"
    OWN_RECORD = "own_record"
    COLLEAGUE = "colleague"
    SAME_SURNAME = "same_surname"
    NIGHT = "night"


MANY_PERSONS = 30
"""Persons whose data one employee opened one by one within `MANY_WITHIN`."""
MANY_WITHIN = timedelta(hours=1)
NO_CASE_PERSONS = 3
"""Persons opened on one day without any case of theirs near it: one caller may well ring off, three do not."""
CASE_NEAR = timedelta(hours=1)
"""So long before or after the look a case of the person may be opened."""
NIGHT_FROM, NIGHT_TO = 22, 6
"""Hours on the centre's clock."""
SHIFT_MARGIN = timedelta(minutes=30)
"""A shift counts so long before its start and after its end."""

EXPECTED_GROUNDS = frozenset({"request", "oversight", "sample"})
"""Looks on these grounds need no case."""

_FEMININE = (
    ("ська", "ський"),
    ("цька", "цький"),
    ("зька", "зький"),
    ("ова", "ов"),
    ("ева", "ев"),
    ("єва", "єв"),
    ("іна", "ін"),
    ("їна", "їн"),
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`", ""))


@dataclass(frozen=True)
class Who:
    """By what a person and an employee are told to be one, or kin."""

    surname: str
    given_name: str
    phone: str


def family(surname: str) -> str:
    """The surname as men of the family bear it, without apostrophes: Ковальська and Ковальський are one."""
    text = surname.casefold().translate(_APOSTROPHES).strip()
    for feminine, masculine in _FEMININE:
        if text.endswith(feminine) and len(text) > len(feminine) + 1:
            return text.removesuffix(feminine) + masculine
    return text


def same_person(one: Who, other: Who) -> bool:
    """Are they one by phone, or by surname and given name?"""
    if one.phone and one.phone == other.phone:
        return True
    names = (one.surname, one.given_name, other.surname, other.given_name)
    return all(names) and _plain(one) == _plain(other)


def _plain(who: Who) -> tuple[str, str]:
    return (
        who.surname.casefold().translate(_APOSTROPHES).strip(),
        who.given_name.casefold().translate(_APOSTROPHES).strip(),
    )


def tie(looker: int, person: Who, employees: dict[int, Who]) -> Pattern | None:
    """How the person whose data was opened is tied to the centre: the looker, a colleague, a namesake of the looker."""
    own = employees.get(looker)
    if own is not None and same_person(own, person):
        return Pattern.OWN_RECORD
    if any(same_person(who, person) for pk, who in employees.items() if pk != looker):
        return Pattern.COLLEAGUE
    if own is not None and person.surname and family(own.surname) == family(person.surname):
        return Pattern.SAME_SURNAME
    return None


def is_night(local: datetime) -> bool:
    """Is it night on the centre's clock? `local` is an instant in the centre's zone."""
    return local.hour >= NIGHT_FROM or local.hour < NIGHT_TO


def night_of(local: datetime) -> str:
    """The day on which the night began, as a key."""
    began = local - timedelta(days=1) if local.hour < NIGHT_TO else local
    return f"{began:%Y%m%d}"


def on_shift(at: datetime, shifts: Iterable[tuple[datetime, datetime]]) -> bool:
    """Does a shift cover the moment?"""
    return any(starts - SHIFT_MARGIN <= at <= ends + SHIFT_MARGIN for starts, ends in shifts)
