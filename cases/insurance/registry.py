"""What rooms above add: what is promised against a policy's sum, what relies on a policy, panels of a person's card."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cases.insurance.rules import Committed

if TYPE_CHECKING:
    from cases.insurance.models import InsuredPerson, Policy
    from staff.employees.models import Employee

Commitments = Callable[[Collection[int], "int | None"], Iterable[Committed]]
"""`(ids of policies, id of the person or None)` → what is promised, summed by policy, kind of help and currency; one
statement, however many there are. The insured sum is that of each person: with a person, without what is known to be
promised for another one."""


@dataclass(frozen=True)
class Panel:
    """A part of the person's card: a template and its values."""

    template: str
    context: dict[str, Any]


NamedBy = Callable[["Employee", str, datetime], Collection[int]]
"""`(who asks, what was typed, now)` → ids of the persons whom that names by a number of the room, as far as who asks
may see what has the number; no statement for what is no such number."""
PanelOf = Callable[["InsuredPerson", "Employee", datetime], "Panel | None"]


@dataclass(frozen=True)
class Relying:
    """Open work under a policy, as whoever ends the policy is shown it; `ground`: on what the look is written down."""

    number: str
    url: str
    status: str
    responsible: str
    username: str
    uuid: UUID
    ground: str


@dataclass(frozen=True)
class Reliance:
    """A room whose open work relies on policies; each is called inside the transaction that ends one."""

    hold: Callable[[Policy], None]
    """Lock that work, before the policy is locked."""
    seen: Callable[[Policy, Employee, datetime], list[Relying]]
    """What of it the employee may see; one statement."""
    ended: Callable[[Policy, Employee, date | None, datetime, Mapping[int, date]], None]
    """The policy covers nothing from this day on (None: it goes on), by whom, and for these persons from theirs: tell
    whoever answers for the work."""


@dataclass(frozen=True)
class Sale:
    """What is known of a policy that was sold."""

    at: datetime
    risks: frozenset[str] = frozenset()
    """Extra risks, by their names in the tariff."""


@dataclass(frozen=True)
class Sales:
    """A room in which policies are sold, so that they are there before the insurer's lists name them. Each one
    statement, however many policies there are."""

    of_insurer: Callable[[int, date], set[int]]
    """`(id of the insurer, day)` → ids of the policies that were sold and that cover the day."""
    entered: Callable[[Collection[int]], Mapping[int, Sale]]
    """Of these policies those that were sold, when (what had happened before is no risk any more), and with what."""
    annulled: Callable[[Collection[int]], Mapping[int, datetime]]
    """Of these policies those that were sold and annulled, and when."""
    risks: Callable[[int], Collection[str]]
    """`(id of the programme)` → names of the extra risks that can be, or could be, sold with it."""


_sales: list[Sales] = []
_reliances: list[Reliance] = []
_commitments: list[Commitments] = []
_panels: list[PanelOf] = []
_named: list[NamedBy] = []


def commitments(callback: Commitments) -> None:
    """Let a room say what it has promised to pay under a policy."""
    if callback not in _commitments:
        _commitments.append(callback)


def sell(sales: Sales) -> None:
    """Let a room say which policies it has sold."""
    if sales not in _sales:
        _sales.append(sales)


def sold_of(insurer: int, day: date) -> set[int]:
    """Policies of the insurer that were sold in the house and cover the day."""
    return set().union(*(one.of_insurer(insurer, day) for one in _sales))


def risks_of(programme: int) -> set[str]:
    """Names of the extra risks of a programme."""
    return {name for one in _sales for name in one.risks(programme)}


def entered(policies: Collection[int]) -> dict[int, Sale]:
    """Of these policies those that were sold in the house, when, and with which risks; no statement for none."""
    found: dict[int, Sale] = {}
    for one in _sales if policies else ():
        found |= one.entered(policies)
    return found


def annulled_among(policies: Collection[int]) -> dict[int, datetime]:
    """Of these policies those that were sold in the house and annulled, and when; no statement for none."""
    found: dict[int, datetime] = {}
    for one in _sales if policies else ():
        found |= one.annulled(policies)
    return found


def rely(reliance: Reliance) -> None:
    """Let a room say what of its work relies on a policy."""
    if reliance not in _reliances:
        _reliances.append(reliance)


def hold(policy: Policy) -> None:
    """Lock what relies on the policy."""
    for one in _reliances:
        one.hold(policy)


def relying(policy: Policy, user: Employee, now: datetime) -> list[Relying]:
    """What relies on the policy and the employee may see. A statement for each room."""
    return [row for one in _reliances for row in one.seen(policy, user, now)]


def ended(
    policy: Policy, by: Employee, since: date | None, now: datetime, *, left: Mapping[int, date] | None = None
) -> None:
    """Tell every room; `left`: persons who leave the policy, and when."""
    for one in _reliances:
        one.ended(policy, by, since, now, left or {})


def name_by(callback: NamedBy) -> None:
    """Let a room say whom its numbers name: a case its person."""
    if callback not in _named:
        _named.append(callback)


def named_by(user: Employee, text: str, now: datetime) -> set[int]:
    """Persons whom a number of another room names."""
    return {pk for one in _named for pk in one(user, text, now)}


def add_panel(panel: PanelOf) -> None:
    """Add a part to the person's card (their cases, say); the room shows only what the reader may see."""
    if panel not in _panels:
        _panels.append(panel)


def committed(policies: Collection[int], person: int | None) -> dict[int, list[Committed]]:
    """Everything promised so far, by policy; no statement when there is no policy that is saved."""
    found: dict[int, list[Committed]] = {}
    for callback in _commitments if policies else ():
        for one in callback(policies, person):
            found.setdefault(one.policy, []).append(one)
    return found


def panels(person: InsuredPerson, user: Employee, now: datetime) -> list[Panel]:
    """The parts that rooms add, in the order of their registration."""
    found = (panel(person, user, now) for panel in _panels)
    return [panel for panel in found if panel is not None]
