"""Rules of the room: plain Python, no Django, no queries, no clock."""

from cases.insurance.rules.commitments import Committed, in_currency, total_in
from cases.insurance.rules.days import OnDay, over_days
from cases.insurance.rules.names import given_name_key, name_key
from cases.insurance.rules.precedence import Candidate, first_of
from cases.insurance.rules.question import Question, number_key, number_readings, read_question
from cases.insurance.rules.slips import cuts, is_one_error, second_readings
from cases.insurance.rules.terms import (
    ASK,
    COVERED,
    NOT_COVERED,
    NUMBER,
    NUMBER_MAX,
    YES_NO,
    Ages,
    Answers,
    Area,
    CoverFacts,
    Event,
    ExclusionFacts,
    Money,
    PolicyFacts,
    Rates,
    Terms,
    read_answer,
)
from cases.insurance.rules.verdict import Asked, Reason, Verdict, decide, fitting, largest_excess, least_left
from cases.insurance.rules.zones import days_anywhere, days_in

__all__ = [
    "ASK",
    "COVERED",
    "NOT_COVERED",
    "NUMBER",
    "NUMBER_MAX",
    "YES_NO",
    "Ages",
    "Answers",
    "Area",
    "Asked",
    "Candidate",
    "Committed",
    "CoverFacts",
    "Event",
    "ExclusionFacts",
    "Money",
    "OnDay",
    "PolicyFacts",
    "Question",
    "Rates",
    "Reason",
    "Terms",
    "Verdict",
    "cuts",
    "days_anywhere",
    "days_in",
    "decide",
    "first_of",
    "fitting",
    "given_name_key",
    "in_currency",
    "is_one_error",
    "largest_excess",
    "least_left",
    "name_key",
    "number_key",
    "number_readings",
    "over_days",
    "read_answer",
    "read_question",
    "second_readings",
    "total_in",
]
