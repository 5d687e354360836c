"""Panels of the personal record: rooms above add theirs in `AppConfig.ready()` (shifts, signatures…)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from staff.employees.models import Employee

Load = Callable[["Employee", "Employee", datetime], "Mapping[str, Any] | None"]


@dataclass(frozen=True)
class Panel:
    """One card of the record. `load(viewer, employee, now)` gives what `template` draws as `panel`, within what
    the viewer may see and in a number of statements that does not grow; None leaves the card out.

    `order` sorts, tens: 10 work, 20 projects, 30 senior managers are the record's own.
    """

    key: str
    order: int
    template: str
    load: Load


_panels: dict[str, Panel] = {}


def add(panel: Panel) -> None:
    """Add a card to the record. Raises ValueError when another one has its key."""
    if _panels.get(panel.key, panel) != panel:
        raise ValueError(f"two panels of the record are called {panel.key}")
    _panels[panel.key] = panel


def of(viewer: Employee, employee: Employee, now: datetime) -> list[tuple[str, Mapping[str, Any]]]:
    """The cards of somebody's record that the viewer may see: template and what it draws."""
    loaded = (
        (panel.template, panel.load(viewer, employee, now))
        for panel in sorted(_panels.values(), key=lambda panel: (panel.order, panel.key))
    )
    return [(template, values) for template, values in loaded if values is not None]
