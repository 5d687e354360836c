"""When may a guarantee letter be given at once, and when must another person agree? (JD II.1)"""

from __future__ import annotations

import re
from decimal import Decimal

from cases.assistance.statuses import TRANSITIONS, Status
from cases.insurance.rules import COVERED, Money, Rates, in_currency

LIMIT_MAX = Decimal("9999999999.99")
"""The largest limit of a letter, in whatever currency."""
NUMBER = re.compile(r"GL\d{2}-\d{6}")
"""The number of a letter: the year and a counter."""


def number_of(year: int, counter: int) -> str:
    """`GL26-000017`, the seventeenth of 2026."""
    return f"GL{year % 100:02d}-{counter:06d}"


def must_be_asked(verdict: str, left: Money | None) -> bool:
    """Is every letter for this help asked for, however small: not plainly covered, or not known what is left?"""
    return verdict != COVERED or left is None


def beyond(limit: Money, verdict: str, left: Money | None, rates: Rates) -> bool:
    """Must another person agree: the help is not plainly covered, or it is not known to fit into what is left?"""
    if left is None or must_be_asked(verdict, left):
        return True
    asked = in_currency(limit, left.currency, rates)
    return asked is None or asked > left.amount


def may_move(status: str, to: Status) -> bool:
    """Is there such a way?"""
    return to in TRANSITIONS[Status(status)]
