"""The tariff of the tests: what a spreadsheet of an insurer holds; a programme that is sold by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from cases.contracts import rules
from cases.contracts.actions import (
    ContractFacts,
    PersonFacts,
    TariffFacts,
    add_series,
    enter_contract,
    publish_tariff,
)
from cases.contracts.models import Contract, NumberSeries, Tariff
from cases.insurance.models import InsuredPerson, Programme, Territory
from fregat.lib import clock
from tests.builders import make_currency

TABLE = """Таблиця;Для чого;Від;До;Значення
день;europe;1;14;24
день;europe;15;31;21,50
день;europe;32;364;-
строк;europe;365;366;3 900
вік;;0;17;0,9
вік;;18;64;1
вік;;65;69;1,5
вік;;70;79;2
сума;;50000;;1,4
сума;;30000;;1
ризик;Активний спорт;;;1,75
ризик;Хронічні хвороби;;;1,3
група;;3;5;0,95
"""
OLENA = PersonFacts(
    surname="Ґалаган", given_name="Олена", surname_latin="HALAHAN", given_name_latin="OLENA",
    birth_date=date(1990, 5, 17), phone="+380671234567",
)  # fmt: skip


def tariff(**more: Any) -> rules.Tariff:
    """Of this table, for the rules."""
    lines, _faults = rules.read_table(TABLE, {"europe": "europe"})
    return rules.Tariff(lines, "UAH", **more)


def today() -> date:
    """In Kyiv."""
    return clock.local(clock.now()).date()


def make_programme(insurer: Any, code: str = "travel") -> Programme:
    """A programme of the insurer, and the territory of its tariff."""
    defaults = {"name_uk": "Європа", "name_en": "Europe", "countries": ["PL", "TR"]}
    Territory.objects.get_or_create(code="europe", defaults=defaults)
    names = {"name_uk": "Мандри", "name_en": "Travel"}
    return Programme.objects.get_or_create(insurer=insurer, code=code, defaults=names)[0]


def tariff_facts(**more: Any) -> TariffFacts:
    """A version from today on."""
    make_currency("UAH")
    values: dict[str, Any] = {
        "since": today(), "currency": "UAH", "step": Decimal("0.01"), "rounding": "half_up", "minimum": Decimal(0),
        "lead_days": 0, "ahead_days": 365, "persons_max": 10, "table": TABLE,
    }  # fmt: skip
    return TariffFacts(**{**values, **more})


def make_tariff(insurer: Any, **more: Any) -> Tariff:
    """In force from today on."""
    return publish_tariff(by=None, programme_id=make_programme(insurer).pk, facts=tariff_facts(**more))


def make_series(insurer: Any, first: int = 1, last: int = 999) -> NumberSeries:
    """Numbers `ДС-0001` and so on."""
    return add_series(by=None, insurer_id=insurer.pk, prefix="ДС-", width=4, first=first, last=last)


def contract_facts(programme: Programme, **more: Any) -> ContractFacts:
    """Olena for a week from tomorrow: 24 × 7 = 168. Whoever is called so already is somebody else."""
    others = tuple(InsuredPerson.objects.values_list("pk", flat=True))
    values: dict[str, Any] = {
        "token": uuid4(), "programme": programme.pk, "territory": "europe",
        "starts": today() + timedelta(days=1), "ends": today() + timedelta(days=7), "insured_sum": Decimal(30_000),
        "risks": (), "persons": (replace(OLENA, others=others),), "expected": Decimal(168),
    }  # fmt: skip
    return ContractFacts(**{**values, **more})


def make_contract(by: Any, insurer: Any, **more: Any) -> Contract:
    """Entered by `by`, by the tariff of the tests."""
    programme = make_programme(insurer)
    if not programme.tariffs.exists():
        make_tariff(insurer)
    if not insurer.series.exists():
        make_series(insurer)
    return enter_contract(by=by, facts=contract_facts(programme, **more))
