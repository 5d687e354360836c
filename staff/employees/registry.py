"""What rooms above add to the staff's events; called inside the caller's transaction.

Filled in `AppConfig.ready()`: the staff knows nothing of shifts and cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from staff.employees.models import Employee

Dismissed = Callable[["Employee", "Employee | None", datetime], None]
ProjectsChanged = Callable[["Employee"], None]
Fact = Callable[["Employee", datetime], Any]
Names = Callable[[Iterable[str]], Mapping[str, str]]
T = TypeVar("T")

_dismissed: list[Dismissed] = []
_projects_changed: list[ProjectsChanged] = []
_facts: dict[str, Fact] = {}
_names: list[Names] = []


def _add(to: list[T], callback: T) -> None:
    if callback not in to:
        to.append(callback)


def on_dismissed(callback: Dismissed) -> None:
    """`callback(employee, by, now)` when somebody is dismissed: already not able to sign in, still under
    their senior manager, so that what was theirs can be passed on (A3)."""
    _add(_dismissed, callback)


def on_projects_changed(callback: ProjectsChanged) -> None:
    """`callback(employee)` when a project was assigned or taken away. May raise Invalid for an unknown project."""
    _add(_projects_changed, callback)


def describe(name: str, fact: Fact) -> None:
    """Add a value to what a person is told about themselves (`GET /employees/me/`), as `on_shift`."""
    _facts[name] = fact


def name_projects(names: Names) -> None:
    """`names(codes)` → code → name for people; a code without a name is shown as it is."""
    _add(_names, names)


def dismissed(employee: Employee, by: Employee | None, now: datetime) -> None:
    """Tell the rooms that somebody is dismissed."""
    for callback in _dismissed:
        callback(employee, by, now)


def projects_changed(employee: Employee) -> None:
    """Tell the rooms that somebody's projects have changed."""
    for callback in _projects_changed:
        callback(employee)


def facts(employee: Employee, now: datetime) -> dict[str, Any]:
    """What the rooms say about somebody at `now`."""
    return {name: fact(employee, now) for name, fact in _facts.items()}


def project_names(codes: Iterable[str]) -> dict[str, str]:
    """Names for people of the projects with these codes."""
    wanted = list(codes)
    found = {code: code for code in wanted}
    for names in _names:
        found.update(names(wanted))
    return found
