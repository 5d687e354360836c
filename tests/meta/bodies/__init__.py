"""A good body for every address that takes one, and a good question for every address that takes questions.

The walks start from these: the hostile one (`test_hostile.py`) spoils one field at a time, the budgets
(`test_budgets.py`) count the statements of the good ones. Who adds an address that writes adds a row;
`test_rows.py` says so.
"""

from tests.meta.bodies import (
    absence,
    cases,
    contracts,
    exchange,
    knowledge,
    letters,
    lists,
    office,
    privacy,
    roster,
    staff,
)
from tests.meta.bodies.body import Body

PAGES: dict[str, Body] = {
    **staff.PAGES,
    **office.PAGES,
    **privacy.PAGES,
    **roster.PAGES,
    **absence.PAGES,
    **exchange.PAGES,
    **knowledge.PAGES,
    **lists.PAGES,
    **cases.PAGES,
    **letters.PAGES,
    **contracts.PAGES,
}
"""Forms, by route; all POST."""
CALLS: dict[str, Body] = {
    **staff.CALLS,
    **absence.CALLS,
    **exchange.CALLS,
    **knowledge.CALLS,
    **lists.CALLS,
    **cases.CALLS,
    **letters.CALLS,
    **contracts.CALLS,
}
"""Calls of the API, by method and route."""
MORE_BODIES = cases.MORE_BODIES
"""Other good bodies of a form, for fields that the first leaves out."""
QUESTIONS: dict[str, Body] = {
    **staff.QUESTIONS,
    **office.QUESTIONS,
    **roster.QUESTIONS,
    **absence.QUESTIONS,
    **exchange.QUESTIONS,
    **knowledge.QUESTIONS,
    **lists.QUESTIONS,
    **cases.QUESTIONS,
    **contracts.QUESTIONS,
}
"""Questions in the address, by route."""
READ_ONLY = staff.READ_ONLY | roster.READ_ONLY | cases.READ_ONLY
"""Routes whose row names one action for every method, and that take no body."""

__all__ = ["CALLS", "MORE_BODIES", "PAGES", "QUESTIONS", "READ_ONLY", "Body"]
