"""What must hold between employees: plain tables and comparisons, no clock and no queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from fregat.lib.rights import Role, Scope

REPORTS_TO_SENIOR = frozenset({Role.OPERATOR})
"""Roles that have exactly one senior manager at any time (JD I.5, A2)."""

LEADS_A_TEAM = frozenset({Role.SENIOR})
"""Roles that operators report to."""

MAY_SUBSTITUTE = frozenset({Role.SENIOR, Role.HEAD})
"""Who may act for a senior manager: a substitute needs the rights of the one substituted (JD I.2)."""

FIRST = frozenset({Role.DIRECTOR, Role.ADMIN})
"""Whom nobody of the staff can bring in while there is none: who signs orders, and who opens accounts."""

TOKENS_MAX = 10
"""How many API tokens one person may hold at a time."""

PLACE_IN_USE = timedelta(minutes=5)
"""So long after its last request a sign-in counts as in use: two such in different browsers are two places."""

PLACE_NOTED = timedelta(minutes=1)
"""How often the use of a sign-in is written down."""

DIGEST_NAME = 16
"""Characters of a token's digest that name it on its owner's page."""

TOKEN_SHOWN = 8
"""Characters of a token by which its owner recognises it."""

ABOUT_EMPLOYED = ("transfer", "senior_change", "dismissal")
"""Kinds of orders about somebody who is employed already."""

RESERVED_USERNAMES = frozenset(
    {
        "me",
        "orders",
        "substitutions",
        "people",
        "import",
        "imports",
        "export",
        "new",
        "search",
        "photo",
        "security",
    }
)
"""Words that stand where a username stands in the addresses under `/staff/`."""

ORDER_DATE_BACK = timedelta(days=14)
"""How long before today an order may be dated: the paper was signed first, and entered after."""

MAY_HAVE_SENIOR = REPORTS_TO_SENIOR | {Role.DOCTOR}
"""Roles that may report to a senior manager: the others report to the head or the director."""

IMPORT_PEOPLE = 200
"""So many people one table appoints at most: one order each, all in one transaction."""

FORM_TIME = timedelta(minutes=5)
"""How far back «now» of a form lies when it is sent."""

ORDER_PAST = timedelta(minutes=5)
"""How far in the past the moment of an order may lie: it was now when the form was filled in."""


def order_number(counter: int, year: int) -> str:
    """The number as it is printed: `12/2026-К` (the letter of orders about the staff)."""
    return f"{counter}/{year}-К"


def order_date_fault(*, signed_on: date, today: date, last_on: date | None) -> str | None:
    """What is wrong with an order's date, as a code. `last_on`: of the last order of that year.

    The register only goes forward: № 13 is not dated before № 12.
    """
    faults = (
        (signed_on > today, "future"),
        (signed_on < today - ORDER_DATE_BACK, "too_old"),
        (last_on is not None and signed_on < last_on, "before_last"),
    )
    return next((code for broken, code in faults if broken), None)


def is_reserved(username: str) -> bool:
    """Would this sign-in name hide a page?"""
    return username.lower() in RESERVED_USERNAMES


def needs_senior(role: str) -> bool:
    """Does somebody of this role report to a senior manager?"""
    return role in REPORTS_TO_SENIOR


def substitution_fault(
    *,
    senior_role: str,
    substitute_role: str,
    same: bool,
    since: datetime,
    until: datetime,
    now: datetime,
    backwards: bool = False,
) -> tuple[str, str] | None:
    """What is wrong with a substitution, as (field, code); None when it is right (JD I.2, A2).

    `same`: both are one person. Times are aware instants, the period is half-open. `backwards`: it may
    begin before now (the program's own).
    """
    faults = (
        (senior_role not in LEADS_A_TEAM, ("senior", "not_a_senior")),
        (same, ("substitute", "self")),
        (substitute_role not in MAY_SUBSTITUTE, ("substitute", "cannot_substitute")),
        (until <= since, ("until", "empty")),
        (until <= now, ("until", "past")),
        (not backwards and since < now - FORM_TIME, ("since", "began")),
    )
    return next((fault for broken, fault in faults if broken), None)


@dataclass(frozen=True)
class Acting:
    """Somebody acts for a senior manager in a half-open period."""

    senior: int
    substitute: int
    since: datetime
    until: datetime


def circle(there: Sequence[Acting], new: Acting) -> list[int]:
    """The people of a circle that the new substitution would close at some moment, else an empty list (A2).

    A circle: whoever substitutes is, at the same moment, substituted by the next one, and so on back to the
    first. The list begins and ends with the same person; each acts for the one before.
    """
    found = _follow(there, new, new.since, new.until, [new.senior, new.substitute])
    return found or []


def _follow(
    there: Sequence[Acting], new: Acting, since: datetime, until: datetime, chain: list[int]
) -> list[int] | None:
    if chain[-1] == new.senior:
        return chain
    for tie in there:
        common = max(since, tie.since), min(until, tie.until)
        if tie.senior == chain[-1] and common[0] < common[1] and tie.substitute not in chain[1:]:
            found = _follow(there, new, *common, [*chain, tie.substitute])
            if found:
                return found
    return None


def dismissal_fault(
    *, already: bool, own: bool, role: str, other_heads: int, team: int, has_successor: bool
) -> str | None:
    """Why the dismissal cannot be done now, as a code; None when it can (JD I.4, A3).

    `other_heads`: heads who stay; `team`: employees who report to the dismissed one.
    """
    faults = (
        (already, "already_dismissed"),
        (own, "own"),
        (role == Role.HEAD and other_heads == 0, "last_head"),
        (team > 0 and not has_successor, "successor_needed"),
    )
    return next((code for broken, code in faults if broken), None)


class Part(StrEnum):
    """Parts of a personal record."""

    ACCOUNT = "account"
    """Who it is, the sign-in name, whether the account is open."""
    WORK = "work"
    """Position, work phone, e-mail, languages, projects, senior managers, shifts, photograph."""
    PRIVATE = "private"
    """What belongs to the person: the private phone."""
    FILE = "file"
    """The personal file: orders, every change."""


PARTS: dict[Scope, frozenset[Part]] = {
    Scope.OWN: frozenset(Part),
    Scope.CENTRE: frozenset(Part),
    Scope.TEAM: frozenset({Part.WORK}),
    Scope.ROUTED: frozenset({Part.WORK}),
}
"""What of a record is seen in which scope of `employee.view` (design: security, «t work fields»)."""

ACCOUNT_ONLY = frozenset({Part.ACCOUNT})
"""What the administrator sees of everybody (design: security, «account only»)."""
