"""What one day of a figure is made of: the rows behind the number, without insured persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.casework.models import Case
from cases.figures.selectors.counting import midnight, readable
from cases.figures.selectors.sources import SOURCES
from staff.employees.models import Employee

PAGE = 50
"""Rows shown at once."""


@dataclass(frozen=True)
class Row:
    """One thing that was counted."""

    at: datetime
    due: datetime | None
    done: datetime | None
    met: bool
    who: Employee | None
    case: str
    """Number of the case, when the reader may open it."""
    needed: int | None
    """How many people it needed, and how many were there: of a quarter-hour."""
    there: int | None


@dataclass(frozen=True)
class MadeOf:
    """Rows of a day, those that failed first."""

    rows: Sequence[Row]
    after: int | None
    """From which row on there are more."""


def made_of(
    user: Employee,
    code: str,
    day: date,
    now: datetime,
    *,
    team: str = "",
    after: int = 0,
    failed: bool = False,
) -> MadeOf:
    """The rows of one day, failures first, from the `after`th on. Three statements and the scope's.

    A case is named only to who may open it. Raises NotFound for a figure that there is none of.
    """
    people = readable(user, code, now, team).people
    start, end = midnight(day), midnight(day + timedelta(days=1))
    rows = SOURCES[code](now).filter(its_at__gte=start, its_at__lt=min(end, now))
    if people is not None:
        rows = rows.filter(its_who__in=people)
    if failed:
        rows = rows.exclude(its_met=True)
    names = ("its_at", "its_due", "its_done", "its_met", "its_needed", "its_there", "its_who", "its_case")
    ordered = rows.order_by("its_met", "its_at", "pk").values_list(*names)
    found = list(ordered[after : after + PAGE + 1])
    shown = found[:PAGE]
    staff = Employee.objects.in_bulk({who for *_, who, _ in shown if who})
    seen = _open_to(user, [number for *_, number in shown if number], now)
    return MadeOf(
        [
            Row(at, due, done, bool(met), staff.get(who), number if number in seen else "", needed, there)
            for at, due, done, met, needed, there, who, number in shown
        ],
        after + PAGE if len(found) > PAGE else None,
    )


def _open_to(user: Employee, numbers: list[str], now: datetime) -> set[str]:
    if not numbers:
        return set()
    return set(Case.objects.visible_to(user, now).filter(number__in=numbers).values_list("number", flat=True))
