"""Rules of the room: plain Python, no Django, no queries, no clock."""

from cases.insurance.rules.names import given_name_key, name_key
from cases.insurance.rules.question import Question, number_key, number_readings, read_question
from cases.insurance.rules.slips import cuts, is_one_error, second_readings
from cases.insurance.rules.verdict import (
    ASK,
    COVERED,
    NOT_COVERED,
    CoverFacts,
    Money,
    PolicyFacts,
    Reason,
    Verdict,
    decide,
)

__all__ = [
    "ASK",
    "COVERED",
    "NOT_COVERED",
    "CoverFacts",
    "Money",
    "PolicyFacts",
    "Question",
    "Reason",
    "Verdict",
    "cuts",
    "decide",
    "given_name_key",
    "is_one_error",
    "name_key",
    "number_key",
    "number_readings",
    "read_question",
    "second_readings",
]
