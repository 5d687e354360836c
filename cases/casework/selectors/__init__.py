"""The read side of cases, within stated numbers of statements."""

from cases.casework.selectors.case import (
    Move,
    allowed_moves,
    facts_of,
    get_case,
    get_service,
    get_task,
    history,
    missing_for,
    responsibility_chain,
    state_facts,
    timeline,
)
from cases.casework.selectors.escalations import (
    addressee,
    escalations_for,
    get_escalation,
    tell_facts,
)
from cases.casework.selectors.lists import (
    cases_of_person,
    duplicates,
    grounds,
    queue,
    with_rows,
    with_these_rows,
)
from cases.casework.selectors.receivers import Receiver, next_for_call, receivers_of
from cases.casework.selectors.verdicts import CoverSaid, cover_of, cover_of_case

__all__ = [
    "CoverSaid",
    "Move",
    "Receiver",
    "addressee",
    "allowed_moves",
    "cases_of_person",
    "cover_of",
    "cover_of_case",
    "duplicates",
    "escalations_for",
    "facts_of",
    "get_case",
    "get_escalation",
    "get_service",
    "get_task",
    "grounds",
    "history",
    "missing_for",
    "next_for_call",
    "queue",
    "receivers_of",
    "responsibility_chain",
    "state_facts",
    "tell_facts",
    "timeline",
    "with_rows",
    "with_these_rows",
]
