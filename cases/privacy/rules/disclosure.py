"""What may leave the house, to whom, on what ground (JD II.15-16, E2). Plain tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

RECIPIENTS = ("medical", "service", "insurer", "person", "relative", "authority", "other")
"""Who receives: a medical institution, a service one, the insurer itself, the insured person, somebody of the
family, an authority, anybody else."""
ENGAGED_KINDS = frozenset({"medical", "service"})
"""Institutions that the centre engages to provide the help: JD II.16 lets them know without a consent."""
OWNERS = {"insurer": "insurer", "person": "person"}
"""Whose data it is: the insurer on whose behalf the centre works, and the person themself."""

PARTS = ("identity", "contacts", "policy", "place", "medical", "costs")
"""What is passed on. Only what the purpose needs (JD II.15)."""
GROUNDS = ("engaged", "consent", "insurer", "person")
TEXT_MAX = 2000


@dataclass(frozen=True)
class Permit:
    """A consent of the insurer, as far as it decides."""

    id: int
    kind: str
    """One of RECIPIENTS, or empty for any."""
    recipient: str
    """The name, or empty for any."""
    parts: frozenset[str]
    since: datetime
    until: datetime | None


def in_force(permit: Permit, now: datetime) -> bool:
    """Half-open: from `since` until before `until`."""
    return permit.since <= now and (permit.until is None or now < permit.until)


def covers(permit: Permit, *, kind: str, recipient: str, parts: Collection[str], now: datetime) -> bool:
    """Does the consent let all these parts go to this recipient at `now`?"""
    named = permit.recipient.casefold().strip()
    return (
        in_force(permit, now)
        and permit.kind in {"", kind}
        and named in {"", recipient.casefold().strip()}
        and set(parts) <= permit.parts
    )


@dataclass(frozen=True)
class Basis:
    """On what ground something may go; `consent` is its id when the ground is one."""

    ground: str
    consent: int | None = None


def basis(
    *,
    kind: str,
    recipient: str,
    parts: Collection[str],
    engaged: bool,
    permits: Iterable[Permit],
    now: datetime,
) -> Basis | None:
    """The ground of a disclosure, None when there is none: then it is refused.

    The insurer and the person themself may have what is theirs; an institution engaged for the help in
    question may have what the help needs; everybody else needs the insurer's consent.
    """
    if kind in OWNERS:
        return Basis(OWNERS[kind])
    if kind in ENGAGED_KINDS and engaged:
        return Basis("engaged")
    for permit in permits:
        if covers(permit, kind=kind, recipient=recipient, parts=parts, now=now):
            return Basis("consent", permit.id)
    return None
