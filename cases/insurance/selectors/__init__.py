"""The read side: who is calling, and what their policy says. Each look is written down at the door that asks."""

from cases.insurance.selectors.answer import Answer, Found
from cases.insurance.selectors.facts import rates_of
from cases.insurance.selectors.known import Entered, Known, known_already
from cases.insurance.selectors.lookup import look_up
from cases.insurance.selectors.policies import (
    as_insured,
    get_person,
    get_policy,
    link_to,
    links,
    links_of,
    policies_of,
)
from cases.insurance.selectors.terms import Question
from cases.insurance.selectors.verdicts import (
    Circumstances,
    Told,
    questions,
    verdict,
    verdicts,
    verdicts_of,
)

__all__ = [
    "Answer",
    "Circumstances",
    "Entered",
    "Found",
    "Known",
    "Question",
    "Told",
    "as_insured",
    "get_person",
    "get_policy",
    "known_already",
    "link_to",
    "links",
    "links_of",
    "look_up",
    "policies_of",
    "questions",
    "rates_of",
    "verdict",
    "verdicts",
    "verdicts_of",
]
