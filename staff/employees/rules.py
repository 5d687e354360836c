"""What must hold between employees: plain tables and comparisons, no clock and no queries."""

from __future__ import annotations

from datetime import datetime

from fregat.lib.rights import Role

REPORTS_TO_SENIOR = frozenset({Role.OPERATOR})
"""Roles that have exactly one senior manager at any time (JD I.5, A2)."""

LEADS_A_TEAM = frozenset({Role.SENIOR})
"""Roles that operators report to."""

MAY_SUBSTITUTE = frozenset({Role.SENIOR, Role.HEAD})
"""Who may act for a senior manager: a substitute needs the rights of the one substituted (JD I.2)."""

TOKENS_MAX = 10
"""How many API tokens one person may hold at a time."""

DIGEST_NAME = 16
"""Characters of a token's digest that name it on its owner's page."""

TOKEN_SHOWN = 8
"""Characters of a token by which its owner recognises it."""


def needs_senior(role: str) -> bool:
    """Does somebody of this role report to a senior manager?"""
    return role in REPORTS_TO_SENIOR


def substitution_fault(
    *, senior_role: str, substitute_role: str, same: bool, since: datetime, until: datetime, now: datetime
) -> tuple[str, str] | None:
    """What is wrong with a substitution, as (field, code); None when it is right (JD I.2, A2).

    `same`: both are one person. Times are aware instants, the period is half-open.
    """
    faults = (
        (senior_role not in LEADS_A_TEAM, ("senior", "not_a_senior")),
        (same, ("substitute", "self")),
        (substitute_role not in MAY_SUBSTITUTE, ("substitute", "cannot_substitute")),
        (until <= since, ("until", "empty")),
        (until <= now, ("until", "past")),
    )
    return next((fault for broken, fault in faults if broken), None)


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
