"""Invented tariffs of the programmes, series of numbers, two contracts entered by the operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from cases.contracts.actions import (
    ContractFacts,
    PersonFacts,
    TariffFacts,
    add_series,
    enter_contract,
    publish_tariff,
)
from cases.contracts.models import Tariff
from cases.contracts.rules import Premium, Question, premium
from cases.insurance.models import InsuredPerson, PolicyPerson, Programme
from fregat.lib import clock
from staff.employees.models import Employee

_AGES = """вік;;0;2;1,3
вік;;3;17;0,9
вік;;18;64;1
вік;;65;69;1,5
вік;;70;74;2
вік;;75;80;3
"""
_RISKS = """ризик;Активний відпочинок;;;1,5
ризик;Зимові види спорту;;;2
ризик;Загострення хронічних хвороб;;;1,4
ризик;Вагітність до 24 тижнів;;;1,6
група;;5;9;0,95
група;;10;20;0,9
"""
_HEADING = "Таблиця;Для чого;Від;До;Значення\n"


@dataclass(frozen=True)
class Sold:
    """A programme with its tariff: days of the territory with the rates, insured sums with coefficients."""

    insurer: str
    programme: str
    currency: str
    rates: str
    sums: str
    step: str = "0.01"
    rounding: str = "half_up"
    minimum: str = "0"

    @property
    def table(self) -> str:
        """As the insurer's spreadsheet has it."""
        return _HEADING + self.rates + self.sums + _AGES + _RISKS


_SOLD = (
    Sold(
        "vitrylo", "standard", "EUR",
        "день;europe;1;14;0,95\nдень;europe;15;31;0,85\n"
        "день;europe;32;180;0,7\nстрок;europe;181;366;129\n",
        "сума;;30000;;1\nсума;;50000;;1,35\n", minimum="4",
    ),
    Sold(
        "vitrylo", "premium", "USD",
        "день;world;1;14;2,4\nдень;world;15;31;2,1\nдень;world;32;180;1,8\nстрок;world;181;366;330\n",
        "сума;;50000;;1\nсума;;100000;;1,6\n", step="0.1", rounding="up", minimum="10",
    ),
    Sold(
        "lastivka", "tourist", "EUR", "день;world-no-dear;1;30;1,1\nдень;world-no-dear;31;90;0,95\n",
        "сума;;30000;;1\nсума;;60000;;1,5\n",
    ),
    Sold(
        "chornobryvtsi", "classic", "EUR", "день;europe;1;15;0,9\nдень;europe;16;92;0,8\n", "сума;;35000;;1\n",
    ),
)  # fmt: skip
_SERIES = (("vitrylo", "ВТ-"), ("lastivka", "ЛП-Д"), ("chornobryvtsi", "ЧБ-"))
_BEGAN_BEFORE = 30
"""Days since which the tariffs have been in force."""


def write(people: dict[str, Employee], now: datetime) -> None:
    """Once; the contracts by whoever is on shift."""
    if Tariff.objects.exists():
        return
    programmes = {
        (row.insurer.code, row.code): row for row in Programme.objects.select_related("insurer").all()
    }
    since = clock.local(now).date() - timedelta(days=_BEGAN_BEFORE)
    for sold in _SOLD:
        _publish(programmes[sold.insurer, sold.programme], sold, since)
    insurers = {row.insurer.code: row.insurer for row in programmes.values()}
    for code, prefix in _SERIES:
        add_series(by=None, insurer_id=insurers[code].pk, prefix=prefix, width=7, first=1, last=5_000)
    today = clock.local(now).date()
    programme = programmes["vitrylo", "standard"]
    known = _known()
    _enter(people["operator"], programme, today + timedelta(days=12), 9, known)
    _enter(people["operator2"], programme, today + timedelta(days=3), 6, known[:1], ("Зимові види спорту",))


def _publish(programme: Programme, sold: Sold, since: date) -> None:
    facts = TariffFacts(
        since=since, currency=sold.currency, step=Decimal(sold.step), rounding=sold.rounding,
        minimum=Decimal(sold.minimum), lead_days=0, ahead_days=365, persons_max=20, table=sold.table,
    )  # fmt: skip
    publish_tariff(by=None, programme_id=programme.pk, facts=facts, today=since)


def _known() -> list[InsuredPerson]:
    """Two grown-up persons whom the first insurer insures already: the demonstration has no others."""
    named = PolicyPerson.objects.filter(policy__insurer__code="vitrylo").order_by("pk")
    rows = named.filter(person__birth_date__range=(date(1962, 1, 1), date(2000, 12, 31))).select_related(
        "person"
    )
    return [row.person for row in rows[2:4]]


def _enter(
    by: Employee, programme: Programme, starts: date, days: int, persons: list[InsuredPerson],
    risks: tuple[str, ...] = (),
) -> None:  # fmt: skip
    tariff = Tariff.objects.get(programme=programme).facts()
    ends, total = starts + timedelta(days=days - 1), Decimal(30_000)
    born = tuple(one.birth_date for one in persons if one.birth_date)
    asked = Question(tariff.territories[0], starts, ends, born, frozenset(risks), total)
    found = premium(tariff, asked)
    if not isinstance(found, Premium):
        raise TypeError(found)
    enter_contract(
        by=by,
        facts=ContractFacts(
            token=uuid4(), programme=programme.pk, territory=asked.territory, starts=starts, ends=ends,
            insured_sum=total, risks=risks, expected=found.total,
            persons=tuple(PersonFacts(known=one.pk) for one in persons),
            holder_phone=persons[0].phone, holder_address="м. Полтава, вул. Садова, 4",
        ),
    )  # fmt: skip
