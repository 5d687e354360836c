"""What holds for documents and their signatures: plain tables and comparisons, no clock and no queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

TITLE_MAX = 200
BODY_MAX = 100_000
"""The longest text of a document, in characters: some thirty printed pages."""
CHANGES_MAX = 2_000
REASON_MAX = 2_000


class Kind(StrEnum):
    """What a document is."""

    JOB_DESCRIPTION = "job_description"
    RULES = "rules"
    INSTRUCTION = "instruction"
    OTHER = "other"


class DecisionKind(StrEnum):
    """Whose word it is: the head's decision (JD III.1), or a senior manager's notice to their team."""

    DECISION = "decision"
    NOTICE = "notice"


class Method(StrEnum):
    """How the person proved at the moment of signing that it was they (A4)."""

    PASSWORD = "password"  # noqa: S105 - the name of a method
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True)
class Addressees:
    """Whom a text concerns: roles and departments by their codes, people by their ids."""

    roles: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    people: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, roles: Iterable[str] = (), departments: Iterable[str] = (), people: Iterable[int] = ()
    ) -> Addressees:
        """Each once, in one order."""
        return cls(tuple(sorted(set(roles))), tuple(sorted(set(departments))), tuple(sorted(set(people))))

    @property
    def wide(self) -> bool:
        """Does it reach beyond the people it names?"""
        return bool(self.roles or self.departments)

    @property
    def nobody(self) -> bool:
        """Does it reach no one?"""
        return not (self.wide or self.people)


@dataclass(frozen=True)
class Text:
    """What is prepared: the title, the text in Markdown, what has changed in words, whom it concerns."""

    title: str
    body: str
    changes: str = ""
    to: Addressees = Addressees()


TURNS_TEXT_ROUND = frozenset(range(0x202A, 0x202F)) | frozenset(range(0x2066, 0x206A))
"""Invisible marks that show a text in another order than it is written in: nobody signs such a text."""


def fingerprint(title: str, body: str) -> str:
    """SHA-256 of what is signed: the title, an empty line, the text, a line end; all in UTF-8.

    The same bytes are given out as a file, so that anybody can compute it again.
    """
    return sha256(signed_text(title, body).encode()).hexdigest()


def signed_text(title: str, body: str) -> str:
    """The very text whose fingerprint stands beside each signature."""
    return f"{title}\n\n{body}\n"


def turns_round(text: str) -> bool:
    """Does the text hide marks that change the order in which it is read?"""
    return any(ord(char) in TURNS_TEXT_ROUND for char in text)


def sign_by(in_force_at: datetime, days: int) -> datetime:
    """Until when a version is to be signed; from then on the closed doors hold (`FREGAT["UNSIGNED"]`)."""
    return in_force_at + timedelta(days=days)


def remind_now(local: datetime, hour: int) -> bool:
    """Reminders go out from this hour of the day in Kyiv on, so that midnight wakes nobody."""
    return local.hour >= hour


def kept_days(today: date) -> date:
    """Older marks of reminders say nothing any more."""
    return today - timedelta(days=30)
