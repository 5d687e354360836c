"""Rows of the log in which patterns are looked for. Reads sealed rows only: below a seal nothing appears any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from cases.privacy.models import AccessLog, SealMark
from cases.privacy.rules import patterns
from fregat.lib import clock
from shifts.roster.models import Shift
from staff.employees.models import Employee

ROWS = 2_000
"""Rows gone through at a time."""


@dataclass(frozen=True)
class Look:
    """What a pattern asks of a row."""

    id: int
    at: datetime
    employee: int
    kind: str
    persons: tuple[UUID, ...]
    single: bool
    """One object was opened, not a list."""
    expected: bool
    """On a ground that needs no case."""


def next_looks(after: int, *, before: datetime | None = None) -> tuple[list[Look], int]:
    """The next rows under a seal, and the number through which they were read; `before`: older ones only."""
    sealed = SealMark.objects.filter(pk=1).values_list("sealed_id", flat=True).first() or 0
    rows = AccessLog.objects.filter(id__gt=after, id__lte=sealed).order_by("id")
    found = list(rows[:ROWS])
    if before is not None:
        # Up to the first one that is too young: the others wait with it.
        young = next((place for place, row in enumerate(found) if row.at >= before), len(found))
        found = found[:young]
        return [_look(row) for row in found], found[-1].id if found else after
    return [_look(row) for row in found], found[-1].id if len(found) == ROWS else max(sealed, after)


def _look(row: AccessLog) -> Look:
    persons = row.objects_seen if row.kind == "person" else row.persons
    return Look(
        id=row.id, at=row.at, employee=row.employee, kind=row.kind, persons=tuple(persons),
        single=len(row.objects_seen) == 1 and row.action != "search" and row.part != "log",
        expected=row.ground in patterns.EXPECTED_GROUNDS,
    )  # fmt: skip


def looks_between(employee: int, since: datetime, until: datetime) -> list[Look]:
    """Everything that one employee looked at in `[since, until]`."""
    rows = AccessLog.objects.of(employee).filter(at__gte=since, at__lte=until).order_by("id")
    return [_look(row) for row in rows]


def day_of(at: datetime) -> tuple[datetime, datetime, str]:
    """The day of an instant on the centre's clock: its beginning, its end, a key."""
    day = clock.local(at).date()
    since = datetime.combine(day, time.min, clock.KYIV)
    return since, datetime.combine(day + timedelta(days=1), time.min, clock.KYIV), f"{day:%Y%m%d}"


def employees_by_what() -> dict[int, patterns.Who]:
    """By what employees are recognised among insured persons."""
    rows = Employee.objects.values_list("pk", "last_name", "first_name", "phone")
    return {pk: patterns.Who(last, first, phone) for pk, last, first, phone in rows}


def shifts_of(people: Collection[int], looks: Iterable[Look]) -> dict[int, list[tuple[datetime, datetime]]]:
    """Planned shifts of these employees around these looks."""
    times = [look.at for look in looks]
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    if times:
        margin = patterns.SHIFT_MARGIN
        rows = Shift.objects.standing().filter(
            employee__in=people, starts_at__lte=max(times) + margin, ends_at__gte=min(times) - margin
        )
        for pk, starts, ends in rows.values_list("employee", "starts_at", "ends_at"):
            found[pk].append((starts, ends))
    return found
