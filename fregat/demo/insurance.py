"""Three invented insurers, their programmes, five territories, 2,000 insured persons."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from cases.insurance.models import (
    Country,
    Cover,
    InsuredPerson,
    Insurer,
    Policy,
    PolicyPerson,
    Programme,
    Territory,
)
from fregat.demo.names import Name, draw, passport
from fregat.demo.rulebook import first_edition

PROJECTS = ("vitrylo", "lastivka")
OTHER_PROJECT = ("chornobryvtsi",)
PERSONS = 2_000
KNOWN_POLICY = "VZR-4471823"

_INSURERS = (
    ("vitrylo", "СК «Вітрило»", "Vitrylo Insurance", "500", "EUR", "VZR"),
    ("lastivka", "СК «Ластівка-Поліс»", "Lastivka-Polis Insurance", "400", "USD", "LP"),
    ("chornobryvtsi", "СК «Чорнобривці»", "Chornobryvtsi Insurance", "600", "EUR", "CHB"),
)
_EUROPE = """
AL AD AT BE BA BG HR CY CZ DK EE FI FR DE GI GR HU IS IE IT LV LI LT LU MT MD MC ME MK NL NO PL PT RO SM RS SK SI ES
SE CH TR EG GB VA GE AM AZ FO GG IM JE IL TN MA
""".split()
_SCHENGEN = "AT BE BG HR CZ DK EE FI FR DE GR HU IS IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE CH".split()
_DEAR = {"US", "PR", "GU", "VI", "AS", "MP", "UM", "CA", "JP", "AE", "AU", "NZ"}
_CLOSED = {"UA", "RU", "BY", "KP", "SY", "AF", "SS", "SD"}
_TERRITORIES = (
    ("world", "Весь світ", "Worldwide"),
    ("world-no-dear", "Весь світ, крім США, Канади, Японії, ОАЕ, Австралії та Нової Зеландії",
     "Worldwide except the USA, Canada, Japan, the UAE, Australia and New Zealand"),
    ("europe", "Європа, Туреччина та Середземномор’я", "Europe, Türkiye and the Mediterranean"),
    ("schengen", "Країни Шенгену", "Schengen countries"),
    ("ukraine", "Україна", "Ukraine"),
)  # fmt: skip
_TOWNS = (
    "Київ",
    "Харків",
    "Одеса",
    "Дніпро",
    "Львів",
    "Вінниця",
    "Полтава",
    "Чернівці",
    "Тернопіль",
    "Луцьк",
    "",
)
# kind of help, limit (None: the insured sum), excess, clause, consent, territory of the cover
_BASIC = (
    ("visit", None, 0, "п. 4.1.1 Правил", False, ""),
    ("doctor_call", None, 0, "п. 4.1.2 Правил", False, ""),
    ("hospital", None, 0, "п. 4.1.3 Правил", False, ""),
    ("surgery", None, 0, "п. 4.1.4 Правил", True, ""),
    ("examination", None, 0, "п. 4.1.5 Правил", False, ""),
    ("medicine", 500, 15, "п. 4.1.6 Правил", False, ""),
    ("dentist", 150, 0, "п. 4.1.7 Правил", False, ""),
    ("ambulance", None, 0, "п. 4.2.1 Правил", False, ""),
    ("transport", 10_000, 0, "п. 4.2.2 Правил", True, ""),
)
_WAITING = {"dentist": 5}
"""First days of a policy on which a kind of help is not covered yet."""
_ABROAD = (
    ("repatriation", 15_000, 0, "п. 4.2.3 Правил", True, ""),
    ("remains", 12_000, 0, "п. 4.2.4 Правил", True, ""),
)
_WIDE = (
    ("relative_visit", 1_500, 0, "п. 4.3.1 Правил", True, ""),
    ("return_children", 1_500, 0, "п. 4.3.2 Правил", True, ""),
    ("interpreter", 300, 0, "п. 4.4.1 Правил", False, ""),
    ("legal", 2_000, 100, "п. 4.4.2 Правил", False, ""),
    ("documents", 400, 0, "п. 4.4.3 Правил", False, ""),
    ("luggage", 1_000, 50, "п. 4.4.4 Правил", False, ""),
    ("roadside", 600, 0, "п. 4.5.1 Правил", False, "europe"),
)
# insurer, code, names, territory, currency, insured sum, covers
_PROGRAMMES = (
    ("vitrylo", "standard", "Мандри. Стандарт", "Travel Standard", "europe", "EUR", 30_000, _BASIC + _ABROAD),
    (
        "vitrylo",
        "premium",
        "Мандри. Преміум",
        "Travel Premium",
        "world",
        "USD",
        50_000,
        _BASIC + _ABROAD + _WIDE,
    ),
    ("lastivka", "tourist", "Турист", "Tourist", "world-no-dear", "EUR", 30_000, _BASIC + _ABROAD),
    ("lastivka", "voyage", "Вояж Плюс", "Voyage Plus", "world", "EUR", 60_000, _BASIC + _ABROAD + _WIDE),
    ("lastivka", "home", "Здоров’я вдома", "Health at Home", "ukraine", "UAH", 200_000, _BASIC),
    ("chornobryvtsi", "classic", "Класика", "Classic", "europe", "EUR", 35_000, _BASIC + _ABROAD),
    ("chornobryvtsi", "health", "ДМС «Родина»", "Family Health", "ukraine", "UAH", 300_000, _BASIC),
)
_UAH = Decimal(40)
"""Limits in hryvnias are so many times those in euros."""
_SHARES = (34, 16, 18, 8, 10, 9, 5)
"""Policies of a hundred, programme by programme."""


def insure(today: date) -> None:
    """Write insurers, programmes and persons once; later only keep the known policy valid."""
    if Insurer.objects.filter(code=PROJECTS[0]).exists():
        known = Policy.objects.filter(number=KNOWN_POLICY, valid_to__lt=today + timedelta(days=30))
        known.update(valid_to=today + timedelta(days=365))
        return
    territories = _territories()
    programmes = [_programme(row, territories) for row in _PROGRAMMES]
    _people(programmes, today)


def _territories() -> dict[str, Territory]:
    everywhere = set(Country.objects.values_list("code", flat=True)) - _CLOSED
    lists = {
        "world": everywhere,
        "world-no-dear": everywhere - _DEAR,
        "europe": set(_EUROPE),
        "schengen": set(_SCHENGEN),
        "ukraine": {"UA"},
    }
    rows = [
        Territory(code=code, name_uk=uk, name_en=en, countries=sorted(lists[code]))
        for code, uk, en in _TERRITORIES
    ]
    return {row.code: row for row in Territory.objects.bulk_create(rows)}


def _programme(
    row: tuple[object, ...], territories: dict[str, Territory]
) -> tuple[Programme, Territory, str, Decimal]:
    insurer_code, code, uk, en, territory, currency, total, covers = row
    insurer = _insurer(str(insurer_code))
    programme = Programme.objects.create(insurer=insurer, code=str(code), name_uk=str(uk), name_en=str(en))
    times = _UAH if currency == "UAH" else Decimal(1)
    edition = first_edition(programme, abroad=territory != "ukraine")
    Cover.objects.bulk_create(
        Cover(
            edition=edition, service_id=kind, limit=None if limit is None else limit * times,
            excess=excess * times, currency_id=str(currency), clause=clause, needs_consent=consent,
            territory=territories.get(where), waiting_days=_WAITING.get(kind, 0),
        )
        for kind, limit, excess, clause, consent, where in covers  # type: ignore[attr-defined]
    )  # fmt: skip
    return programme, territories[str(territory)], str(currency), Decimal(str(total))


def _insurer(code: str) -> Insurer:
    _code, uk, en, threshold, currency, _prefix = next(row for row in _INSURERS if row[0] == code)
    values = {
        "name_uk": uk, "name_en": en, "threshold_amount": Decimal(threshold), "threshold_currency_id": currency,
    }  # fmt: skip
    return Insurer.objects.get_or_create(code=code, defaults=values)[0]


def _people(programmes: list[tuple[Programme, Territory, str, Decimal]], today: date) -> None:
    dice = random.Random(4471823)
    persons = [*_known(), *(_person(draw(dice), index, dice) for index in range(PERSONS - 2))]
    for person in persons:
        person.set_keys()
    InsuredPerson.objects.bulk_create(persons, batch_size=1_000)
    prefixes = {row[0]: row[5] for row in _INSURERS}
    policies: list[Policy] = []
    named: list[tuple[Policy, InsuredPerson]] = []
    for group in _families(persons, dice):
        choice = 0 if not policies else dice.choices(range(len(programmes)), weights=_SHARES)[0]
        programme, territory, currency, total = programmes[0 if len(policies) < 2 else choice]
        begins, ends = (
            (today - timedelta(days=20), today + timedelta(days=345))
            if len(policies) < 2
            else _term(today, dice)
        )
        number = f"{prefixes[programme.insurer.code]}-{4_471_823 + 37 * len(policies):07d}"
        policies.append(
            Policy(
                number=number, insurer_id=programme.insurer_id, programme=programme, territory=territory,
                valid_from=begins, valid_to=ends, currency_id=currency, insured_sum=total,
            )
        )  # fmt: skip
        named += [(policies[-1], person) for person in group]
    Policy.objects.bulk_create(policies, batch_size=1_000)
    rows = (PolicyPerson(policy=policy, person=person) for policy, person in named)
    PolicyPerson.objects.bulk_create(rows, batch_size=1_000)


def _known() -> list[InsuredPerson]:
    """The persons of the rehearsed calls (design: experience)."""
    olena = Name("Ґалаган", "Олена", "Андріївна", "f")
    maryna = Name("Вишневецька", "Марина", "Ігорівна", "f")
    return [
        _row(olena, date(1987, 6, 4), "+380671234567", "Львів"),
        _row(maryna, date(1984, 9, 14), "+380670009999", "Чернівці"),
    ]


def _person(name: Name, index: int, dice: random.Random) -> InsuredPerson:
    birthday = date(1942, 1, 1) + timedelta(days=dice.randrange(365 * 80))
    return _row(name, birthday, f"+38067000{index:04d}", _TOWNS[index % len(_TOWNS)])


def _row(name: Name, birthday: date, phone: str, town: str) -> InsuredPerson:
    return InsuredPerson(
        surname=name.surname, given_name=name.given, patronymic=name.patronymic, gender=name.gender,
        surname_latin=passport(name.surname), given_name_latin=passport(name.given),
        birth_date=birthday, phone=phone, language="uk", city=town,
    )  # fmt: skip


def _families(persons: list[InsuredPerson], dice: random.Random) -> Iterable[list[InsuredPerson]]:
    """Most have a policy of their own, some share one; the known ones come first, each alone."""
    yield persons[:1]
    yield persons[1:2]
    place = 2
    while place < len(persons):
        size = dice.choices((1, 2, 3, 4), weights=(80, 11, 6, 3))[0]
        yield persons[place : place + size]
        place += size


def _term(today: date, dice: random.Random) -> tuple[date, date]:
    """Four of five are valid now; the others are over, or begin later."""
    kind = dice.random()
    if kind < 0.8:
        begins = today - timedelta(days=dice.randrange(0, 200))
        return begins, begins + timedelta(days=364)
    if kind < 0.93:
        begins = today - timedelta(days=dice.randrange(400, 700))
        return begins, begins + timedelta(days=dice.choice((9, 14, 29, 364)))
    begins = today + timedelta(days=dice.randrange(3, 60))
    return begins, begins + timedelta(days=dice.choice((9, 14, 29)))
