"""What waits for a decision of the reader on a page of its own: one line each on the board, the oldest first.

Breaks are agreed on the board itself, by one key; these need a look at the roster first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cases.desk.labels import WAITING_LABELS
from fregat.lib.errors import Sentence
from shifts.absence import selectors as absence
from shifts.attendance import selectors as attendance
from shifts.exchange import selectors as exchange
from staff.employees.models import Employee

LINES = 50
"""The most that the board shows."""


@dataclass(frozen=True)
class Waiting:
    """Somebody asks for something."""

    what: str
    """`end`, `absence`, …: the word and the icon are by it."""
    who: Employee
    at: datetime
    """Since when it waits."""
    url: str

    @property
    def label(self) -> Sentence:
        """What is asked for."""
        return WAITING_LABELS[self.what][0]

    @property
    def icon(self) -> str:
        """A name of lucide's."""
        return WAITING_LABELS[self.what][1]


def _ends(user: Employee, now: datetime) -> Iterator[Waiting]:
    for row in attendance.end_changes_to_decide(user, now):
        yield Waiting("end", row.shift.employee, row.asked_at, reverse("attendance:attendance"))


def _absences(user: Employee, now: datetime) -> Iterator[Waiting]:
    for row in absence.to_decide(user, now):
        yield Waiting("absence", row.employee, row.asked_at, reverse("absence:absence", args=[row.pk]))


def _exchanges(user: Employee, now: datetime) -> Iterator[Waiting]:
    for row in exchange.waiting(user, now)[:LINES]:
        yield Waiting(
            "exchange",
            row.giver,
            row.answered_at or row.asked_at,
            reverse("exchange:exchange", args=[row.pk]),
        )


SOURCES: tuple[Callable[[Employee, datetime], Iterable[Waiting]], ...] = (_ends, _absences, _exchanges)
"""Each within a stated number of statements of its room."""


def waiting(user: Employee, now: datetime) -> list[Waiting]:
    """Everything that waits for this reader. A statement or two for each source."""
    found = [line for source in SOURCES for line in source(user, now)]
    return sorted(found, key=lambda line: (line.at, line.url))[:LINES]
