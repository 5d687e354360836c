"""Rules of the room: plain Python, no Django, no queries, no clock."""

from cases.contracts.rules.entering import Series, annulled_from, may_begin, same_person
from cases.contracts.rules.premium import (
    PREMIUM_END,
    NotSold,
    Premium,
    Question,
    Refusal,
    Share,
    Step,
    premium,
    rounded,
)
from cases.contracts.rules.reading import Fault, read_table
from cases.contracts.rules.tariff import RATES, ROUNDINGS, Line, Table, Tariff, age_on

__all__ = [
    "PREMIUM_END",
    "RATES",
    "ROUNDINGS",
    "Fault",
    "Line",
    "NotSold",
    "Premium",
    "Question",
    "Refusal",
    "Series",
    "Share",
    "Step",
    "Table",
    "Tariff",
    "age_on",
    "annulled_from",
    "may_begin",
    "premium",
    "read_table",
    "rounded",
    "same_person",
]
