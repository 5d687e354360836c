"""Reference data and final rules, from the memory of the process (`fregat.lib.reference`): changed by no reader."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import get_language

from cases.insurance.models import (
    Country,
    Cover,
    Currency,
    Edition,
    Exclusion,
    Insurer,
    ServiceKind,
    Territory,
)
from cases.insurance.querysets import project_ids
from fregat.lib import rights
from fregat.lib.choices import Named
from fregat.lib.ordering import uk_sort_key
from fregat.lib.reference import kept
from fregat.lib.rights import Scope
from staff.employees.models import Employee

TABLES = (
    Prefetch(
        "covers",
        Cover.objects.select_related("territory", "service").order_by("service__position", "age_from", "id"),
    ),
    Prefetch("exclusions", Exclusion.objects.order_by("position", "id")),
)
"""What an edition is made of."""


@kept
def countries() -> dict[str, Country]:
    """By code, in Ukrainian alphabetical order."""
    return {row.pk: row for row in Country.objects.all()}


def named_countries() -> tuple[Named, ...]:
    """For lists: code, name, and what else it is found by, in the order of the alphabet of the page."""
    return _named_countries((get_language() or "uk").startswith("en"))


@kept
def _named_countries(english: bool) -> tuple[Named, ...]:
    named = (
        (row.pk, row.name_en, f"{row.name_uk}|{row.called}".rstrip("|"))
        if english
        else (row.pk, row.name_uk, f"{row.name_en}|{row.called}".rstrip("|"))
        for row in countries().values()
    )
    return tuple(sorted(named, key=lambda row: uk_sort_key(row[1])))


@kept
def service_kinds() -> dict[str, ServiceKind]:
    """Kinds of help by code, in their order."""
    return {row.pk: row for row in ServiceKind.objects.all()}


@kept
def currencies() -> dict[str, Currency]:
    """By code."""
    return {row.pk: row for row in Currency.objects.all()}


@kept
def insurers() -> dict[int, Insurer]:
    """By id, in Ukrainian alphabetical order."""
    return {row.pk: row for row in Insurer.objects.all()}


@kept
def territories() -> dict[int, Territory]:
    """By id."""
    return {row.pk: row for row in Territory.objects.all()}


def insurers_of(user: Employee) -> list[Insurer]:
    """Those of the employee's projects, all for who sees the whole centre: `visible_to` without a statement."""
    rows, scopes = insurers(), rights.scopes(user.role, "insurer.view")
    if Scope.CENTRE in scopes:
        return list(rows.values())
    mine = set(project_ids(user)) if Scope.PROJECT in scopes else set()
    return [row for pk, row in rows.items() if pk in mine]


@kept
def _published(programme: int) -> list[tuple[int, date | None, datetime]]:
    """Editions of a programme's rules that count, the latest first: key, first day of the events, when published."""
    rows: Any = Edition.objects.published().filter(programme=programme).order_by("-number")
    return list(rows.values_list("pk", "valid_from", "published_at"))


@kept
def _final(pk: int) -> Edition:
    """A published edition with its tables, which nobody changes any more."""
    return Edition.objects.prefetch_related(*TABLES).get(pk=pk)


def editions_for(programmes: Collection[int], on: date, known_at: datetime) -> dict[int, Edition]:
    """The edition of each programme's rules that counts for a day, as far as it was published at `known_at`: what
    came later does not change what was said before. Four statements at most for each that is not known yet."""
    found = {}
    for programme in programmes:
        for pk, valid_from, published_at in _published(programme):
            if published_at <= known_at and (valid_from is None or valid_from <= on):
                found[programme] = _final(pk)
                break
    return found
