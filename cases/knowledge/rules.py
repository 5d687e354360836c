"""What holds for articles: plain tables and comparisons, no clock and no queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

TITLE_MAX = 200
BODY_MAX = 60_000
"""The longest article, in characters: some twenty printed pages; longer rules are several articles."""
CHANGES_MAX = 2_000
REASON_MAX = 2_000
CLAUSE_MAX = 40
TARGETS_MAX = 60
"""The most programmes, clauses, kinds of help or countries that one article names."""
QUIET = timedelta(hours=1)
"""So long after a reminder nobody reminds the same person of the same version again."""
AHEAD_MAX = timedelta(days=2 * 366)
"""So long before its day a version may be published: a slip in the year would forbid every nearer day for good."""


class Kind(StrEnum):
    """What an article is about (JD II.3)."""

    RULES = "rules"
    RECOMMENDATION = "recommendation"
    TARIFF = "tariff"
    CONTRACT = "contract"
    INSTRUCTION = "instruction"


class Language(StrEnum):
    """In which language it is written."""

    UK = "uk"
    EN = "en"


class State(StrEnum):
    """Where a version stands on a day: derived from its days, never kept."""

    DRAFT = "draft"
    AHEAD = "ahead"
    HOLDS = "holds"
    OVER = "over"


class Refusal(StrEnum):
    """Why a version may not be published from a day."""

    PAST = "past"
    FAR = "far"
    BEFORE_THE_LAST = "before_the_last"
    SAME = "same"


@dataclass(frozen=True)
class Where:
    """Where an article matters: programmes and kinds of help by their codes, clauses as they are written, countries
    by ISO 3166-1. An empty list says nothing of it: the article matters everywhere."""

    programmes: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        programmes: Iterable[str] = (),
        clauses: Iterable[str] = (),
        services: Iterable[str] = (),
        countries: Iterable[str] = (),
    ) -> Where:
        """Each once; clauses in the order of the rules, the others in one order."""
        return cls(
            tuple(sorted(set(programmes))),
            tuple(dict.fromkeys(clauses)),
            tuple(sorted(set(services))),
            tuple(sorted(set(countries))),
        )


@dataclass(frozen=True)
class Text:
    """What is prepared: title, text in Markdown, what has changed in words, where it matters."""

    title: str
    body: str
    changes: str = ""
    where: Where = field(default_factory=Where)


@dataclass(frozen=True)
class Matter:
    """What is known of a case or a call: where it is, by which programme, what help, the clauses of the verdict."""

    insurer: int | None
    programme: str = ""
    country: str = ""
    services: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()


def state_on(published: bool, since: date | None, until: date | None, today: date) -> State:
    """`until` is the first day on which it holds no more."""
    if not published or since is None:
        return State.DRAFT
    if until is not None and until <= max(today, since):
        return State.OVER
    return State.AHEAD if since > today else State.HOLDS


def refusal(day: date, today: date, last: date | None, *, same: bool) -> Refusal | None:
    """May a version hold from `day` on? `last`: from when the one published before holds; `same`: nothing differs."""
    if same:
        return Refusal.SAME
    if day < today:
        return Refusal.PAST
    if day - today > AHEAD_MAX:
        return Refusal.FAR
    return Refusal.BEFORE_THE_LAST if last is not None and day < last else None


def why(where: Where, matter: Matter) -> tuple[str, ...] | None:
    """On what grounds the article matters there, the closest first; None when it does not.

    Programme and country must fit when they are named. Kinds of help and clauses are two names of one thing: one
    of them is enough.
    """
    if where.programmes and matter.programme not in where.programmes:
        return None
    if where.countries and matter.country not in where.countries:
        return None
    clauses = bool(matter.clauses & set(where.clauses))
    services = bool(matter.services & set(where.services))
    if (where.clauses or where.services) and not (clauses or services):
        return None
    grounds = {
        "clause": clauses, "service": services, "country": bool(where.countries),
        "programme": bool(where.programmes),
    }  # fmt: skip
    return tuple(name for name, found in grounds.items() if found)


def asked_since(published_at: datetime, joined_at: datetime | None) -> datetime:
    """Since when a person is asked to read a version: since its publishing, or since they joined the project later."""
    return max(published_at, joined_at) if joined_at else published_at


def is_late(since: datetime, now: datetime, hours: int) -> bool:
    """Has the clock waited long enough for the person to read it by themselves?"""
    return now - since >= timedelta(hours=hours)


def rests(reminded_at: datetime | None, now: datetime) -> bool:
    """Was the person reminded so lately that nobody reminds them again now?"""
    return reminded_at is not None and now - reminded_at < QUIET
