"""Rules of the room: plain Python, no Django, no queries, no clock."""

from cases.insurance.rules.names import given_name_key, name_key, one_error_away
from cases.insurance.rules.question import Question, number_readings, read_question
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
    "decide",
    "given_name_key",
    "name_key",
    "number_readings",
    "one_error_away",
    "read_question",
]
