"""What the policy says about the case as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cases.casework import rules
from cases.insurance import selectors as insurance
from cases.insurance.models import Policy


def verdict_of(policy: Policy | None, *, country: str, at: datetime, kinds: Iterable[str]) -> str:
    """The least favourable verdict over the kinds of help; empty without a policy (nothing can be said).

    `at`: when it happened, else now.
    """
    if policy is None:
        return ""
    asked: list[str | None] = [*dict.fromkeys(kinds)] or [None]
    return rules.worst_verdict(
        str(insurance.verdict(policy, country=country or None, at=at, service=kind).verdict) for kind in asked
    )
