"""What rooms above do when a shift is planned, changed or cancelled (B6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fregat.lib.errors import Sentence

if TYPE_CHECKING:
    from shifts.roster.models import Shift
    from staff.employees.models import Employee

Effect = Callable[["Shift", "Employee | None", datetime], None]
Published = Callable[["Sequence[Shift]", "Employee | None", datetime], None]

Begun = Callable[["Sequence[Shift]"], set[int]]
OnShift = Callable[["Employee", datetime], bool]


@dataclass(frozen=True)
class ShiftLink:
    """Where somebody gets with one of the own shifts to come: a link beside it in their calendar."""

    label: Sentence
    url: str
    icon: str
    tone: str = ""
    """Of a badge, when something goes on already; else it is a button."""


Links = Callable[["Employee", "Sequence[Shift]", datetime], Mapping[int, ShiftLink]]

_links: list[Links] = []
_effects: list[Effect] = []
_published: dict[Effect, Published] = {}
_on_shift: list[OnShift] = []
_begun: list[Begun] = []


def on_shift_changed(effect: Effect, published: Published | None = None) -> None:
    """Have `effect(shift, by, now)` called in the transaction that writes the shift.

    Called for a new, a changed and a cancelled shift, after it is saved and while it is locked; never for a draft.
    `published(shifts, by, now)`: what it comes to for many drafts that become binding at once, in a stated number
    of statements; without it the effect is called for each.
    """
    if effect not in _effects:
        _effects.append(effect)
    if published is not None:
        _published[effect] = published


def nothing_yet(shifts: Sequence[Shift], by: Employee | None, now: datetime) -> None:
    """For rooms that keep nothing of a shift before it binds: what was a draft has nothing there to follow."""


def shift_changed(shift: Shift, by: Employee | None, now: datetime) -> None:
    """Call every effect, in the order of their registration (lower rooms first)."""
    for effect in _effects:
        effect(shift, by, now)


def shifts_published(shifts: Sequence[Shift], by: Employee | None, now: datetime) -> None:
    """The same for drafts that have become binding, all at once."""
    for effect in _effects:
        many = _published.get(effect)
        if many is not None:
            many(shifts, by, now)
        else:
            for shift in shifts:
                effect(shift, by, now)


def on_shift_said_by(on_shift: OnShift) -> None:
    """`on_shift(employee, now)` says who has begun a shift that is running: signing in is told above this room."""
    _on_shift[:] = [on_shift]


def is_on_shift(employee: Employee, now: datetime) -> bool:
    """Has this person begun a shift that is running?"""
    return any(on_shift(employee, now) for on_shift in _on_shift)


def begun_said_by(begun: Begun) -> None:
    """`begun(shifts)` says which of the shifts were begun by signing in: ids, in one statement."""
    _begun[:] = [begun]


def begun(shifts: Sequence[Shift]) -> set[int]:
    """Ids of those of the shifts that somebody really began."""
    return set().union(*(said(shifts) for said in _begun))


def link_shifts(links: Links) -> None:
    """`links(user, shifts, now)` → shift → where its owner gets with it; one statement for all of them."""
    if links not in _links:
        _links.append(links)


def links(user: Employee, shifts: Sequence[Shift], now: datetime) -> dict[int, list[ShiftLink]]:
    """What the rooms above let the owner do with these shifts to come."""
    found: dict[int, list[ShiftLink]] = {}
    for source in _links:
        for pk, link in source(user, shifts, now).items():
            found.setdefault(pk, []).append(link)
    return found
