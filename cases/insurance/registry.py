"""What rooms above add: what is already promised against a policy's sum, and panels of a person's card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.insurance.models import InsuredPerson, Policy
    from staff.employees.models import Employee

Commitments = Callable[["Policy", "str | None"], Decimal]
"""`(policy, kind of help or None for all)` → what is committed, in the currency of the policy's sum, or of
the cover's limit when a kind is named."""


@dataclass(frozen=True)
class Panel:
    """A part of the person's card: a template and its values."""

    template: str
    context: dict[str, Any]


PanelOf = Callable[["InsuredPerson", "Employee", datetime], "Panel | None"]

_commitments: list[Commitments] = []
_panels: list[PanelOf] = []


def commitments(callback: Commitments) -> None:
    """Let a room say what it has promised to pay under a policy."""
    if callback not in _commitments:
        _commitments.append(callback)


def add_panel(panel: PanelOf) -> None:
    """Add a part to the person's card (their cases, say); the room shows only what the reader may see."""
    if panel not in _panels:
        _panels.append(panel)


def committed(policy: Policy, service: str | None) -> Decimal:
    """Everything promised so far."""
    return sum((callback(policy, service) for callback in _commitments), Decimal(0))


def panels(person: InsuredPerson, user: Employee, now: datetime) -> list[Panel]:
    """The parts that rooms add, in the order of their registration."""
    found = (panel(person, user, now) for panel in _panels)
    return [panel for panel in found if panel is not None]
