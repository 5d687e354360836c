"""What the forms of the pages offer: countries, kinds of help, insurers, currencies, people on duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.casework.models import Case
from cases.casework.selectors import receivers_of
from cases.insurance.models import Insurer
from cases.insurance.selectors import catalogue
from fregat.lib.choices import Named
from fregat.lib.errors import Sentence
from fregat.lib.frozen import frozen
from fregat.lib.ordering import uk_sort_key
from fregat.lib.reference import kept
from shifts.attendance import selectors as attendance
from shifts.breaks import selectors as breaks
from staff.employees.models import Employee

_USUAL = ("EUR", "USD", "UAH", "PLN", "GBP", "TRY")
"""Currencies offered first."""


def _two_names(rows: Iterable[Any]) -> list[Named]:
    """Each row by its code, its name in the language of the page, and the other name to find it by."""
    english = (get_language() or "uk").startswith("en")
    return [
        (
            str(row.pk),
            str(row.name_en if english else row.name_uk),
            str(row.name_uk if english else row.name_en),
        )
        for row in rows
    ]


def countries() -> tuple[tuple[Named, ...], dict[str, str]]:
    """All countries in alphabetical order, and the zone of each; one statement at most."""
    return _countries(get_language() or "uk")


@kept
def _countries(language: str) -> tuple[tuple[Named, ...], dict[str, str]]:
    rows = catalogue.countries()
    found = [
        (code, name, f"{other}|{rows[code].called}".rstrip("|"))
        for code, name, other in _two_names(rows.values())
    ]
    named = tuple(sorted(found, key=lambda row: uk_sort_key(row[1])))
    return named, {code: row.zone for code, row in rows.items() if row.zone}


def kinds() -> list[Named]:
    """Kinds of help in their order; one statement at most."""
    rows = catalogue.service_kinds().values()
    return [(code, capfirst(name), other) for code, name, other in _two_names(rows)]


def insurers(user: Employee) -> list[Named]:
    """The insurers of the employee's projects; two statements at most."""
    return named_insurers(catalogue.insurers_of(user))


def named_insurers(rows: Iterable[Insurer]) -> list[Named]:
    """These insurers by their names."""
    return _two_names(rows)


def currencies() -> list[str]:
    """Codes, the usual ones first; one statement at most."""
    codes = list(catalogue.currencies())
    return [code for code in _USUAL if code in codes] + [code for code in codes if code not in _USUAL]


@frozen
def _on_duty(now: datetime) -> QuerySet[Any]:
    rows = attendance.on_duty(now).order_by("name_key", "first_name").annotate(away=breaks.is_away(now))
    return rows.only("username", "last_name", "first_name")


def people(now: datetime, *, but: int | None = None) -> list[Named]:
    """Who is on duty, by username, those on a break marked; one statement."""
    mark = _("%(name)s, on a break")
    return [
        (row.username, mark % {"name": row.full_name} if row.away else row.full_name, row.username)
        for row in _on_duty(now)
        if row.pk != but
    ]


def receivers(case: Case, now: datetime) -> tuple[list[Named], dict[str, Sentence]]:
    """Who may answer for the case instead, by username, and why some of them cannot be chosen now."""
    found = receivers_of(case, now)
    rows = [(one.person.username, one.person.full_name, one.person.username) for one in found]
    return rows, {one.person.username: one.why_not for one in found if one.why_not}
