"""Exclusions that need a question, ages and examples of the invented programmes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cases.insurance import actions
from cases.insurance.models import Edition, Example, Exclusion, Programme
from staff.employees.models import Employee

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_WARD = ["hospital", "surgery", "ambulance", "transport", "repatriation"]
_WAR = ["IL", "IQ", "LB", "LY", "YE"]
_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "code": "alcohol", "services": _WARD, "clause": "п. 5.1.1 Правил",
        "name_uk": "Чи вживала людина алкоголь або наркотики перед подією?",
        "name_en": "Had the person taken alcohol or drugs before the event?",
    },
    {
        "code": "chronic", "services": [*_WARD, "examination"], "clause": "п. 5.1.3 Правил", "effect": "ask",
        "risks": ["Загострення хронічних хвороб"],
        "name_uk": "Чи лікувалася людина від цієї хвороби раніше?",
        "name_en": "Has the person been treated for this illness before?",
    },
    {
        "code": "pregnancy", "services": [*_WARD, "examination", "visit"], "clause": "п. 5.1.4 Правил",
        "kind": "number", "excluded_from": 24, "gender": "f", "age_from": 14, "age_to": 55,
        "name_uk": "Який тиждень вагітності (0 – вагітності немає)?",
        "name_en": "Which week of pregnancy is it (0: none)?",
    },
    {
        "code": "sport", "services": ["surgery", "transport", "repatriation"], "clause": "п. 5.2.1 Правил",
        "risks": ["Активний відпочинок"],
        "name_uk": "Чи сталося це під час занять спортом або активного відпочинку, крім зимового?",
        "name_en": "Did it happen while doing sports or in active leisure, winter sports apart?",
    },
    {
        "code": "winter", "services": ["surgery", "transport", "repatriation"], "clause": "п. 5.2.2 Правил",
        "risks": ["Зимові види спорту"],
        "name_uk": "Чи сталося це під час занять зимовими видами спорту?",
        "name_en": "Did it happen while doing winter sports?",
    },
    {
        "code": "war", "countries": _WAR, "clause": "п. 5.3.1 Правил",
        "name_uk": "Чи сталося це внаслідок воєнних дій або заворушень?",
        "name_en": "Is it a consequence of war or unrest?",
    },
)  # fmt: skip
_HEALTHY = {"alcohol": "no", "chronic": "no"}
_ABROAD: tuple[dict[str, Any], ...] = (
    {"name": "Виклик лікаря до готелю, Туреччина", "country": "TR", "service": "doctor_call", "age": 40},
    {"name": "Гострий зубний біль на третій день поліса", "country": "TR", "service": "dentist", "age": 34, "day": 3},
    {
        "name": "Операція після падіння на лижах, Польща", "country": "PL", "service": "surgery", "age": 29,
        "gender": "m", "answers": {**_HEALTHY, "winter": "yes"},
    },
    {
        "name": "Те саме, якщо зимові види спорту застраховано", "country": "PL", "service": "surgery", "age": 29,
        "gender": "m", "answers": {**_HEALTHY, "winter": "yes"}, "risks": ["Зимові види спорту"],
    },
    {
        "name": "Госпіталізація на 26-му тижні вагітності", "country": "PL", "service": "hospital", "age": 31,
        "gender": "f", "answers": {**_HEALTHY, "pregnancy": "26"},
    },
    {"name": "Обстеження у віці 86 років", "country": "TR", "service": "examination", "age": 86, "gender": "m"},
)  # fmt: skip
_AT_HOME: tuple[dict[str, Any], ...] = (
    {"name": "Прийом у клініці", "country": "UA", "service": "visit", "age": 40},
    {
        "name": "Гострий зубний біль на третій день поліса",
        "country": "UA",
        "service": "dentist",
        "age": 34,
        "day": 3,
    },
)


def keep_examples(people: dict[str, Employee], now: datetime) -> None:
    """Examples of each programme, once: they are worked out again with each edit."""
    if Example.objects.exists():
        return
    for programme in Programme.objects.filter(policies__isnull=False).distinct().order_by("pk"):
        territory = programme.policies.select_related("territory").earliest("pk").territory
        for row in _AT_HOME if territory.code == "ukraine" else _ABROAD:
            values = {"territory_id": territory.pk, "day": 30, **row}
            actions.keep_example(by=people["head"], programme_id=programme.pk, values=values, now=now)


def first_edition(programme: Programme, *, abroad: bool) -> Edition:
    """The rules from the beginning: travel asks, insures to the age of 85, and leaves two countries out."""
    limits: dict[str, Any] = (
        {
            "age_to": 85,
            "ages_clause": "п. 2.4 Правил",
            "excluded": ["AF", "SY"],
            "excluded_clause": "п. 3.2 Правил",
        }
        if abroad
        else {}
    )
    edition = Edition.objects.create(
        programme=programme, number=1, begun_at=BEGINNING, published_at=BEGINNING, **limits
    )
    if abroad:
        Exclusion.objects.bulk_create(
            Exclusion(edition=edition, position=place, **row) for place, row in enumerate(_QUESTIONS, start=1)
        )
    return edition
