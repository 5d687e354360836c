"""Looks as people read them: who, what, whose, why, with the names that the reader may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from cases.privacy import registry
from cases.privacy.labels import ACTION_LABELS, GROUND_LABELS, KIND_LABELS, PART_LABELS
from cases.privacy.models import AccessLog
from cases.privacy.permissions import reader_of
from cases.privacy.querysets import AccessLogQuerySet
from cases.privacy.registry import Named
from cases.privacy.rules.log import KINDS
from fregat.lib import clock, rights
from fregat.lib.errors import NotFound
from fregat.lib.gates import row_id
from fregat.lib.rights import Scope
from staff.employees import selectors as staff
from staff.employees.models import Employee

PAGE = 50
NAMED = 3
"""Objects named in a line; the page of the look names the others."""
PRINTED = 2_000
"""Lines on paper: who asks for more gives a period."""
SHORT = 8
"""Characters of a UUID by which an object without a name is called."""


@dataclass(frozen=True)
class Thing:
    """An object of a look as the reader may know it."""

    kind: str
    uuid: UUID
    label: str
    url: str
    named: bool


@dataclass(frozen=True)
class Line:
    """One look."""

    row: AccessLog
    who: str
    things: list[Thing]
    more: int
    """Objects beyond those in `things`."""

    @property
    def action(self) -> Any:
        """What was done."""
        return ACTION_LABELS.get(self.row.action, self.row.action)

    @property
    def part(self) -> Any:
        """Which part."""
        return PART_LABELS.get(self.row.part, self.row.part)

    @property
    def ground(self) -> Any:
        """Why."""
        return GROUND_LABELS.get(self.row.ground, self.row.ground)


@dataclass(frozen=True)
class Page:
    """Lines, and the number from which the next ones go on."""

    lines: list[Line]
    before: int | None


Filters = Mapping[str, Any]
"""`employee` (pk), `action`, `kind`, `part`, `ground`, `address`, `since`, `until` (days), `before` (number)."""

_PLAIN = ("employee", "action", "kind", "part", "ground", "address")


def filtered(rows: AccessLogQuerySet, filters: Filters) -> AccessLogQuerySet:
    """Those that the filters leave; days are the centre's, `until` included."""
    rows = rows.filter(**{name: filters[name] for name in _PLAIN if filters.get(name)})
    if filters.get("since"):
        rows = rows.filter(at__gte=datetime.combine(filters["since"], time.min, clock.KYIV))
    if filters.get("until"):
        rows = rows.filter(
            at__lt=datetime.combine(filters["until"] + timedelta(days=1), time.min, clock.KYIV)
        )
    if filters.get("before"):
        rows = rows.filter(id__lt=filters["before"])
    return rows


def own_looks(user: Employee, filters: Filters, *, now: datetime) -> Page:
    """What I looked at; cases by number, persons by the number of their record. Four statements."""
    return _page(filtered(AccessLog.objects.of(user.pk), filters), user, now=now, persons=False)


def looks(user: Employee, filters: Filters, *, now: datetime) -> Page:
    """Looks that the person may read about, the latest first. Six statements at most, whatever the filters."""
    return _page(filtered(AccessLog.objects.visible_to(user, now), filters), user, now=now)


def looks_at(user: Employee, uuid: UUID, filters: Filters, *, now: datetime, size: int = PAGE) -> Page:
    """Who looked at this person, case or policy."""
    rows = AccessLog.objects.visible_to(user, now).at_any_of([uuid])
    return _page(filtered(rows, filters), user, now=now, size=size, only=uuid)


def _page(
    rows: AccessLogQuerySet, user: Employee, *, now: datetime, size: int = PAGE, persons: bool = True,
    only: UUID | None = None,
) -> Page:  # fmt: skip
    found = list(rows.order_by("-id")[: size + 1])
    lines = lines_of(found[:size], user, now=now, persons=persons, only=only)
    return Page(lines, found[size - 1].pk if len(found) > size else None)


def gate(user: Employee, *, now: datetime, pk: str | int) -> None:
    """The gate to one look."""
    get_look(user, row_id(pk), now=now)


def get_look(user: Employee, pk: int, *, now: datetime) -> tuple[AccessLog, Line]:
    """One look with all that it saw. Raises NotFound for one that may not be read about."""
    row = AccessLog.objects.visible_to(user, now).filter(pk=pk).first() if 0 < pk < 2**63 else None
    if row is None:
        raise NotFound()
    return row, lines_of([row], user, now=now, persons=True, most=None)[0]


def lines_of(
    rows: list[AccessLog], user: Employee, *, now: datetime, persons: bool, only: UUID | None = None,
    most: int | None = NAMED,
) -> list[Line]:  # fmt: skip
    """Rows as the reader may know them; `persons`: by name, where the reader may know the name."""
    shown = {row.pk: _shown(row, only, most) for row in rows}
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for pairs in shown.values():
        for kind, uuid in pairs:
            if persons or kind != "person":
                wanted[kind].add(uuid)
    known = names(user, wanted, now=now)
    people = Employee.objects.in_bulk({row.employee for row in rows})
    return [
        Line(
            row=row,
            who=people[row.employee].full_name if row.employee in people else row.username,
            things=[thing(kind, uuid, known) for kind, uuid in shown[row.pk]],
            more=len(_seen(row)) - len(shown[row.pk]) if only is None else 0,
        )
        for row in rows
    ]


def _seen(row: AccessLog) -> list[tuple[str, UUID]]:
    """Everything that a look saw, as kind and UUID: its objects, then whose they are."""
    return [*((row.kind, uuid) for uuid in row.objects_seen), *(("person", uuid) for uuid in row.persons)]


def _shown(row: AccessLog, only: UUID | None, most: int | None) -> list[tuple[str, UUID]]:
    """What stands in the line. On the page about one object the others are nobody's business there."""
    if only is None:
        return _seen(row)[:most]
    first = (row.kind, row.objects_seen[0]) if len(row.objects_seen) == 1 else None
    return [first] if first and first[1] != only and row.kind != "person" else []


def names(
    user: Employee, wanted: Mapping[str, Iterable[UUID]], *, now: datetime
) -> dict[tuple[str, UUID], Named]:
    """Names of objects that the reader may know. One statement for each kind."""
    reader = reader_of(user)
    return {
        (kind, uuid): named
        for kind, uuids in wanted.items()
        for uuid, named in registry.names(kind, set(uuids), reader, now).items()
    }


def thing(kind: str, uuid: UUID, known: Mapping[tuple[str, UUID], Named]) -> Thing:
    """An object by its name; without one by its kind and the beginning of its UUID."""
    named = known.get((kind, uuid))
    if named is not None:
        return Thing(kind, uuid, named.label, named.url, named=True)
    label = f"{KIND_LABELS.get(kind, kind)} {uuid.hex[:SHORT]}"
    return Thing(kind, uuid, label, "", named=False)


def subject(user: Employee, kind: str, uuid: UUID, *, now: datetime) -> Thing:
    """What a page "who looked at it" is about. Raises NotFound for what the reader may not know of.

    Whoever reads the log of the whole centre may ask about anything that was ever looked at, by its number alone.
    """
    if kind not in KINDS:
        raise NotFound()
    found = thing(kind, uuid, names(user, {kind: [uuid]}, now=now))
    if found.named:
        return found
    if not AccessLog.objects.visible_to(user, now).at_any_of([uuid]).exists() or not reads_all(user):
        raise NotFound()
    return found


def reads_all(user: Employee) -> bool:
    """Does the reader see everybody's looks?"""
    return Scope.CENTRE in rights.scopes_of(user, "log.view")


def readers(user: Employee, *, now: datetime) -> list[Employee]:
    """Whose looks the reader may choose among, in the order of the alphabet."""
    rows = Employee.objects.order_by("name_key", "first_name", "pk")
    if reads_all(user):
        return list(rows)
    return list(rows.filter(pk__in={user.pk, *staff.team_ids(user, now)}))
