"""What rooms above add to a case: effects, needs of transitions, panels of its page, grounds for seeing it.

Filled in `AppConfig.ready()`; effects run inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from fregat.lib.errors import Sentence
from fregat.lib.frozen import forget

if TYPE_CHECKING:
    from cases.casework.models import Case
    from staff.employees.models import Employee


@dataclass(frozen=True)
class Panel:
    """A part of the case page drawn by another room."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    medical: bool = False
    """It shows what belongs to the medical part of the case."""


ResponsibilityChanged = Callable[[Sequence["Case"], str, datetime], None]
StatusChanged = Callable[["Case", datetime], None]
Need = Callable[["Case"], Sentence | None]
MakePanel = Callable[["Case", "Employee", datetime], Panel | None]
Ground = Callable[["Employee", datetime], Q]

_responsibility: list[ResponsibilityChanged] = []
_status: list[StatusChanged] = []
_needs: dict[str, list[Need]] = {}
_panels: list[MakePanel] = []
_grounds: dict[str, Ground] = {}


def on_responsibility_changed(effect: ResponsibilityChanged) -> None:
    """`effect(cases, reason, now)` after other persons began to answer for cases, all of them in one statement each."""
    if effect not in _responsibility:
        _responsibility.append(effect)


def on_status_changed(effect: StatusChanged) -> None:
    """`effect(case, now)` after the status of a case changed."""
    if effect not in _status:
        _status.append(effect)


def add_transition_need(code: str, need: Need) -> None:
    """`need(case)` says what is missing before a case may move to the status `code`, or None."""
    rows = _needs.setdefault(code, [])
    if need not in rows:
        rows.append(need)


def add_panel(make: MakePanel) -> None:
    """`make(case, user, now)` gives a panel of the case page, or None."""
    if make not in _panels:
        _panels.append(make)


def add_ground(name: str, ground: Ground) -> None:
    """`ground(user, now)` gives a condition on cases that are routed to the user for another reason.

    `name` is a word of the access log (`cases.privacy.rules.log.GROUNDS`): looks at them are recorded on it.
    """
    _grounds[name] = ground
    forget()


def responsibility_changed(cases: Sequence[Case], reason: str, now: datetime) -> None:
    """Tell the rooms above."""
    for effect in _responsibility:
        effect(cases, reason, now)


def status_changed(case: Case, now: datetime) -> None:
    """Tell the rooms above."""
    for effect in _status:
        effect(case, now)


def missing_for(case: Case, code: str) -> list[Sentence]:
    """Sentences of what rooms above still miss before the case may move to `code`."""
    found = (need(case) for need in _needs.get(code, ()))
    return [sentence for sentence in found if sentence]


def panels(case: Case, user: Employee, now: datetime) -> list[Panel]:
    """Panels for the page of this case."""
    made = (make(case, user, now) for make in _panels)
    return [panel for panel in made if panel]


def grounds(user: Employee, now: datetime) -> dict[str, Q]:
    """What is routed to the user by the rooms above: ground → condition on the cases."""
    return {name: ground(user, now) for name, ground in _grounds.items()}
