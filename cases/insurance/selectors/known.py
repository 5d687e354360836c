"""Is a person who is being entered there already? Before a second record of one person is made (JD II.1, C6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Model, Q, prefetch_related_objects

from cases.insurance.models import InsuredPerson, Policy
from cases.insurance.selectors.policies import policies_of, with_policies

if TYPE_CHECKING:
    from staff.employees.models import Employee

SHOWN_MAX = 3
"""Of one person who is entered: it is a question about somebody, never a list to browse."""


@dataclass(frozen=True)
class Entered:
    """Somebody who is being entered: not saved, with their keys; and the ids of whom it is said not to be."""

    person: InsuredPerson
    others: Iterable[int] = ()


@dataclass(frozen=True)
class Known:
    """A person who is there already, their policies of this insurer, and why they are meant (`MATCH_LABELS`)."""

    person: InsuredPerson
    policies: list[Policy]
    match: str


def known_already(
    user: Employee, insurer: int, entered: Mapping[int, Entered], *, now: datetime
) -> dict[int, list[Known]]:
    """Place → whom this insurer insures or has insured already under the same name or phone and date of birth.

    At most `SHOWN_MAX` for a place, only those whom the employee may see; places without anybody are left out. Two
    statements at most, on the index of dates of birth. The door that shows them writes the look down.
    """
    wanted = Q()
    for one in entered.values():
        wanted |= _same(one.person) & ~Q(pk__in=list(one.others))
    if not wanted:
        return {}
    theirs = InsuredPerson.objects.filter(insured_by__policy__insurer=insurer).values("pk")
    rows = InsuredPerson.objects.visible_to(user, now).filter(wanted, pk__in=theirs)
    persons = list(rows.order_by("pk")[: SHOWN_MAX * len(entered) * 4])
    found: dict[int, list[tuple[InsuredPerson, str]]] = {}
    for place, one in entered.items():
        fit = [(person, _match(one.person, person)) for person in persons if person.pk not in set(one.others)]
        if named := [pair for pair in fit if pair[1]][:SHOWN_MAX]:
            found[place] = named
    shown: list[Model] = [person for pairs in found.values() for person, _match in pairs]
    prefetch_related_objects(
        shown, with_policies(Policy.objects.visible_to(user, now).filter(insurer=insurer))
    )
    return {
        place: [Known(person, policies_of(person), match) for person, match in pairs]
        for place, pairs in found.items()
    }


def _same(person: InsuredPerson) -> Q:
    """Who may be the same: nobody without a date of birth."""
    if person.birth_date is None:
        return Q(pk__in=[])
    by_name = Q(surname_key=person.surname_key)
    if person.given_key:
        by_name &= Q(given_key__in=["", person.given_key])
    same = by_name if person.surname_key else Q(pk__in=[])
    if person.phone:
        same |= Q(phone=person.phone)
    return Q(birth_date=person.birth_date) & same


def _match(entered: InsuredPerson, person: InsuredPerson) -> str:
    """Why this person is meant; empty when they are not."""
    if entered.birth_date != person.birth_date:
        return ""
    same_given = not entered.given_key or person.given_key in {"", entered.given_key}
    if entered.surname_key and entered.surname_key == person.surname_key and same_given:
        return "name_birth" if entered.given_key and person.given_key else "surname_birth"
    return "phone_birth" if entered.phone and entered.phone == person.phone else ""
