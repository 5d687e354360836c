"""Tariffs, series of numbers, contracts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cases.contracts.tables import TABLE, today
from tests.meta.bodies.body import Body
from tests.meta.routes import Samples


def _day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).strftime("%d.%m.%Y")


def _iso(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def _question(got: Samples) -> dict[str, Any]:
    return {
        "programme": got["programme"].pk, "country": "", "territory": "europe", "starts": _day(3), "ends": _day(9),
        "insured_sum": "30000", "risks": "Активний спорт",
    }  # fmt: skip


def _calculator(got: Samples) -> dict[str, Any]:
    return {**_question(got), "born": "12.03.1984, 05.06.2015"}


def _entry(got: Samples) -> dict[str, Any]:
    return {
        **_question(got), "risks": [], "token": "5a3b1c58-0000-4000-8000-0000000000c1", "persons": "1",
        "expected": "168.00", "q": "", "holder_other": "on", "holder_name": "ТОВ «Мандрівник»",
        "holder_code": "41234567", "holder_phone": "+380441234567", "holder_address": "м. Київ, вул. Нова, 1",
        "p0-known": "", "p0-surname": "Сорока", "p0-given_name": "Ілля", "p0-surname_latin": "SOROKA",
        "p0-given_name_latin": "ILLIA", "p0-birth_date": "12.03.1984", "p0-phone": "+380501112299",
        "p0-others": "", "act": "save",
    }  # fmt: skip


def _whole(got: Samples) -> dict[str, Any]:
    return {
        "programme": got["programme"].pk, "country": "", "territory": "europe", "starts": _iso(3), "ends": _iso(9),
        "insured_sum": "30000", "risks": [], "token": "5a3b1c58-0000-4000-8000-0000000000c2", "expected": "168.00",
        "holder": {
            "name": "ТОВ «Мандрівник»", "code": "41234567", "phone": "+380441234567", "address": "м. Київ",
        },
        "persons": [{
            "known": None, "surname": "Сорока", "given_name": "Ілля", "surname_latin": "SOROKA",
            "given_name_latin": "ILLIA", "birth_date": "1984-03-12", "phone": "+380501112299", "others": [],
        }],
    }  # fmt: skip


def _quote(got: Samples) -> dict[str, Any]:
    return {
        "programme": got["programme"].pk, "country": "", "territory": "europe", "starts": _iso(3), "ends": _iso(9),
        "insured_sum": "30000", "risks": ["Активний спорт"], "born": ["1984-03-12", "2015-06-05"],
    }  # fmt: skip


def _publish(got: Samples) -> dict[str, Any]:
    return {
        "since": _day(30), "currency": "UAH", "step": "0,01", "rounding": "up", "minimum": "100", "lead_days": "1",
        "ahead_days": "180", "persons_max": "10", "table": TABLE.strip(), "note": "Новий рік.", "act": "publish",
    }  # fmt: skip


PAGES: dict[str, Body] = {
    "contracts:tariff": Body(_calculator),
    "contracts:programme": Body(_calculator),
    "contracts:publish": Body(_publish, "head"),
    "contracts:series": Body(
        lambda got: {
            "insurer": got["policy"].insurer_id, "prefix": "НС-", "width": "6", "first": "1000", "last": "2000",
        },
        "head",
        (302, 409),
    ),
    "contracts:new": Body(_entry),
    "contracts:annul": Body(
        lambda got: {"reason": "Клієнтка не їде.", "seen": "26-000001", "known": "on"}, answers=(302, 409)
    ),
}  # fmt: skip

CALLS: dict[str, Body] = {
    "POST api:contracts": Body(_whole),
    "POST api:contracts-quote": Body(_quote),
    "POST api:contract-annul": Body(
        lambda got: {"reason": "Клієнтка не їде.", "confirmed": ["26-000001"]}, answers=(200, 409)
    ),
    "POST api:number-series": Body(
        lambda got: {
            "insurer": got["policy"].insurer_id, "prefix": "НП-", "width": 6, "first": 1000, "last": 2000,
        },
        "head",
        (201, 409),
    ),
}  # fmt: skip

QUESTIONS: dict[str, Body] = {
    "contracts:contracts": Body(
        lambda got: {
            "number": "ДС-0001", "state": "ahead", "insurer": got["policy"].insurer_id, "since": _day(0),
            "until": _day(30), "mine": "on", "after": "",
        }
    ),
    "api:contracts": Body(
        lambda got: {
            "number": "ДС-0001", "state": "ahead", "insurer": got["policy"].insurer_id, "since": _iso(0),
            "until": _iso(30), "mine": "true", "cursor": "", "limit": "20",
        }
    ),
    "api:tariffs": Body(lambda got: {"cursor": "", "limit": "20"}),
    "api:number-series": Body(lambda got: {"cursor": "", "limit": "20"}, "head"),
    "contracts:programme": Body(lambda got: {"version": "1"}),
    "contracts:paper": Body(lambda got: {"lang": "en"}),
}  # fmt: skip
