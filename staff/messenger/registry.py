"""Which cases a person may open: the staff knows no cases, so rooms above say it (filled in `AppConfig.ready()`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staff.employees.models import Employee

OpenCases = Callable[["Employee", Collection[str], datetime], Mapping[str, str]]

_sources: list[OpenCases] = []


def cases_said_by(source: OpenCases) -> None:
    """`source(employee, numbers, now)` → number → address of those cases that this person may see; one statement."""
    if source not in _sources:
        _sources.append(source)


def open_cases(employee: Employee, numbers: Collection[str], now: datetime) -> dict[str, str]:
    """Number → address, of those that the person may see; no statement when there is no number."""
    if not numbers:
        return {}
    return {number: url for source in _sources for number, url in source(employee, numbers, now).items()}
