"""Tariffs in force, their versions, and what a question comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch

from cases.contracts.models import Tariff
from cases.contracts.querysets import TariffQuerySet, programmes
from cases.contracts.rules import (
    Fault,
    Line,
    NotSold,
    Premium,
    Question,
    Refusal,
    Table,
    may_begin,
    premium,
    read_table,
)
from cases.insurance.models import Programme, Territory
from cases.insurance.selectors.terms import area_of
from fregat.lib.errors import NotFound

if TYPE_CHECKING:
    from staff.employees.models import Employee


@dataclass(frozen=True)
class Answer:
    """What a question came to."""

    tariff: Tariff
    question: Question
    territory: Territory | None
    premium: Premium | None = None
    refusals: tuple[Refusal, ...] = ()


def get_programme(user: Employee, pk: int, *, now: datetime) -> Programme:
    """A programme whose tariffs the employee may see. Raises NotFound. One statement; a gate gives `now` to all."""
    programme = programmes(user).filter(pk=pk).first() if 0 < pk < 2**63 else None
    if programme is None:
        raise NotFound()
    return programme


def programmes_with_tariffs(user: Employee, today: date) -> list[tuple[Programme, list[Tariff]]]:
    """Every programme that the employee may see, with what is in force today and what will be. Two statements."""
    rows = Tariff.objects.begun_or_ahead().exclude(until__lte=today).order_by("since")
    listed = programmes(user).prefetch_related(Prefetch("tariffs", rows, to_attr="open_tariffs"))
    return [(programme, vars(programme)["open_tariffs"]) for programme in listed]


def versions(programme: Programme) -> list[Tariff]:
    """The history of a programme's tariff, the newest first. One statement."""
    rows = list(programme.tariffs.select_related("published_by").order_by("number"))
    for place, row in enumerate(rows):
        later = (one.published_at for one in rows[place + 1 :] if one.since <= row.since)
        row.replaced_at = next(later, None)
    return rows[::-1]


def tariffs_on(user: Employee, today: date) -> TariffQuerySet:
    """Tariffs by which contracts are entered today, one for a programme."""
    rows = Tariff.objects.on(today).filter(programme__in=programmes(user).order_by().values("pk"))
    return rows.select_related("programme__insurer")


def in_force(user: Employee, today: date) -> list[Tariff]:
    """The same in the order of a list. One statement."""
    return list(
        tariffs_on(user, today).order_by(F("programme__insurer__name_key"), "programme__name_uk", "pk")
    )


def territories(codes: Iterable[str]) -> dict[str, Territory]:
    """Territories by code, in the order of the codes. One statement."""
    wanted = list(codes)
    found = {row.code: row for row in Territory.objects.filter(code__in=wanted)}
    return {code: found[code] for code in wanted if code in found}


def territory_for(country: str, offered: dict[str, Territory]) -> str:
    """The first territory of the tariff that has this country, as the verdict sees it; empty when none has."""
    return next((code for code, row in offered.items() if country in area_of(row)), "")


def territory_told(country: str, code: str, offered: dict[str, Territory]) -> tuple[str, str]:
    """The territory that is meant, and the code of a refusal (`labels.REFUSALS`) when the country does not fit it.

    It follows the country when only that is told, and is the only one of the tariff when nothing is.
    """
    if not country:
        return code or (next(iter(offered)) if len(offered) == 1 else ""), ""
    if not code:
        code = territory_for(country, offered)
        return code, "" if code or not offered else "country"
    return code, "country_outside" if code in offered and country not in area_of(offered[code]) else ""


def _called() -> dict[str, str]:
    """How people may call a territory → its code; empty for a name that several of them have."""
    names: dict[str, str] = {}
    rows = list(Territory.objects.all())
    for row in rows:
        for name in {row.name_uk.casefold(), row.name_en.casefold()}:
            names[name] = "" if name in names else row.code
    return names | {row.code.casefold(): row.code for row in rows}


def read(text: str) -> tuple[tuple[Line, ...], list[Fault]]:
    """A pasted table with its faults; territories are called by code or by name. One statement."""
    lines, faults = read_table(text, _called())
    if not faults and not any(line.table == Table.SUM for line in lines):
        faults.append(Fault(0, "no_sums"))
    return lines, faults


def quote(
    tariff: Tariff, question: Question, territory: Territory | None, *, today: date | None = None
) -> Answer:
    """The premium by this version, or why it is not sold; `today`: to who would enter the contract on that day."""
    rules = tariff.facts()
    result = premium(rules, question)
    early = tuple(may_begin(rules, question.starts, today)) if today else ()
    if isinstance(result, NotSold):
        return Answer(tariff, question, territory, refusals=early + result.reasons)
    if early:
        return Answer(tariff, question, territory, refusals=early)
    return Answer(tariff, question, territory, premium=result)
