"""The rules of a case: what is told, what must be there, what cannot be (JD II.8-12, C5). Plain Python."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from cases.casework.statuses import OPEN, Status

NUMBER = re.compile(r"\d{2}-\d{6,9}", re.ASCII)
"""How a case is numbered: year, counter."""
HOME = "UA"
AHEAD = timedelta(days=1)
"""How far ahead of now an event may be said to have happened (other side of the date line, a slip)."""
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
OLDEST_BIRTH = date(1890, 1, 1)
TASK_AHEAD = timedelta(days=366)
DUPLICATE_DAYS = 14
SERVICES_MAX = 50
COST_MAX = Decimal("9999999999.99")
DEFAULT_THRESHOLD = (Decimal("500"), "EUR")
"""What counts as expensive while the insurer is not known."""
PLACE = "place"
DISPLEASED = "displeased"


def case_number(year: int, counter: int) -> str:
    """`26-000123`: the year in Kyiv and the counter of that year."""
    return f"{year % 100:02d}-{counter:06d}"


# --- What is registered ---------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """One kind of help that is needed. `expected_cost` in `currency` (ISO 4217)."""

    kind: str
    expected_cost: Decimal | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the operator has heard. Persons, policies and insurers by id, countries by ISO 3166-1 alpha-2."""

    token: UUID | None = None
    person: int | None = None
    policy: int | None = None
    insurer: int | None = None
    person_name: str = ""
    person_birth_date: date | None = None
    policy_number: str = ""
    caller_name: str = ""
    caller_relation: str = ""
    caller_phone: str = ""
    country: str = ""
    city: str = ""
    address: str = ""
    occurred_at: datetime | None = None
    description: str = ""
    displeased: bool = False
    unusual: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """To questions of the programme's rules: code → yes, no or a number."""
    services: tuple[ServiceFacts, ...] = ()


CHANGEABLE = frozenset(CaseFacts.__dataclass_fields__) - {"token", "services"}
"""Fields of a case that people may change."""
VERDICT_FIELDS = frozenset({"policy", "person", "person_birth_date", "country", "occurred_at", "answers"})
"""A change of these may change what the policy covers."""


# --- What is told to the senior manager (C5) ------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class ServiceTold:
    """A service as the table of C5 sees it. `cost_uah`: None when the currency has no rate."""

    id: int
    kind: str
    told_as: str = ""
    abroad_only: bool = False
    has_cost: bool = False
    cost_uah: Decimal | None = None
    needed: bool = True


@dataclass(frozen=True, kw_only=True)
class TellFacts:
    """A case as the table of C5 sees it. `threshold_uah`: None when it cannot be computed."""

    registered: bool
    country: str = ""
    country_told: bool = False
    displeased: bool = False
    unusual: str = ""
    threshold_uah: Decimal | None = None
    services: tuple[ServiceTold, ...] = ()


@dataclass(frozen=True)
class Told:
    """One thing to tell: the reason's code, the subject that makes it one of its kind, a text."""

    reason: str
    subject: str
    text: str = ""


def unusual_subject(text: str) -> str:
    """The subject of an unusual situation: another text is another situation."""
    return "text:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _of_service(service: ServiceTold, facts: TellFacts) -> Iterable[Told]:
    if not service.needed:
        return
    abroad = facts.country != HOME
    if service.told_as and (abroad or not service.abroad_only):
        yield Told(service.told_as, str(service.id))
    elif service.has_cost and is_expensive(service.cost_uah, facts.threshold_uah):
        yield Told("expensive", str(service.id))


def is_expensive(cost_uah: Decimal | None, threshold_uah: Decimal | None) -> bool:
    """Above the threshold, both in hryvnias; what cannot be compared counts as above."""
    return cost_uah is None or threshold_uah is None or cost_uah > threshold_uah


def told(facts: TellFacts) -> tuple[Told, ...]:
    """Everything that the senior manager must know about the case as it stands (JD II.10, C5)."""
    found: list[Told] = []
    if facts.country_told:
        found.append(Told("country", facts.country))
    for service in facts.services:
        found.extend(_of_service(service, facts))
    if facts.displeased:
        found.append(Told("complaint", DISPLEASED))
    if facts.unusual:
        found.append(Told("unusual", unusual_subject(facts.unusual), facts.unusual))
    if facts.registered and not facts.country:
        found.append(Told("unusual", PLACE))
    return tuple(found)


def in_hryvnias(amount: Decimal, rate: Decimal | None) -> Decimal | None:
    """The amount in hryvnias; None without a rate."""
    return None if rate is None else amount * rate


# --- What must be there for a transition ------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class StateFacts:
    """A case as the transitions see it."""

    has_caller: bool = False
    has_who: bool = False
    has_description: bool = False
    services: int = 0
    has_policy: bool = False
    open_tasks: int = 0


_PRESENT: Mapping[str, str] = {
    "caller": "has_caller",
    "who": "has_who",
    "description": "has_description",
    "service": "services",
    "policy": "has_policy",
}


def missing(needs: Iterable[str], facts: StateFacts) -> tuple[str, ...]:
    """Codes of what a transition needs and the case has not."""
    return tuple(
        need
        for need in needs
        if (facts.open_tasks if need == "tasks" else not getattr(facts, _PRESENT[need]))
    )


# --- What cannot be ------------------------------------------------------------------------------
def time_fault(occurred_at: datetime | None, birth: date | None, now: datetime) -> str:
    """Code of what is wrong with the time of the event: `ahead`, `long_ago`, `before_birth`, or empty."""
    if occurred_at is None:
        return ""
    if occurred_at > now + AHEAD:
        return "ahead"
    if occurred_at < EARLIEST:
        return "long_ago"
    # A day of grace: the date at the place may be another than in UTC.
    if birth and (occurred_at + timedelta(days=1)).date() < birth:
        return "before_birth"
    return ""


def birth_fault(birth: date | None, today: date) -> str:
    """Code of what is wrong with a date of birth: `born_ahead`, `born_long_ago`, or empty."""
    if birth is None:
        return ""
    if birth > today:
        return "born_ahead"
    return "born_long_ago" if birth < OLDEST_BIRTH else ""


def due_fault(due_at: datetime, now: datetime) -> str:
    """Code of what is wrong with the due time of a task: `past`, `far`, or empty."""
    if due_at <= now:
        return "past"
    return "far" if due_at > now + TASK_AHEAD else ""


# --- Verdict, responsibility -------------------------------------------------------------------
_WEIGHT = {"": -1, "covered": 0, "ask": 1, "not_covered": 2}


def worst_verdict(verdicts: Iterable[str]) -> str:
    """The verdict of a case with several services: the least favourable one; empty for none."""
    return max(verdicts, key=lambda verdict: _WEIGHT[verdict], default="")


def must_be_on_duty(status: str) -> bool:
    """Open cases are answered for by somebody on duty; later ones by somebody employed (glossary)."""
    return status in OPEN


def is_registered(status: str) -> bool:
    """Past the draft."""
    return status != Status.DRAFT


def next_instant(now: datetime, since: datetime) -> datetime:
    """The moment at which responsibility passes: never before or at its beginning (clocks may go back)."""
    return max(now, since + timedelta(microseconds=1))


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field as it was and as it is, for the history."""

    name: str
    old: object = field(default=None)
    new: object = field(default=None)
