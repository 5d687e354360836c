"""What every action on a case stands on: the locked row, the version, the time line, the live news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pghistory
from django.db import connection

from cases.casework.labels import FIELD_LABELS, shown
from cases.casework.models import Case, TimelineEntry
from cases.casework.permissions import work_channel
from cases.casework.rules import NUMBER
from fregat.lib import clock, live
from fregat.lib.db import lock
from fregat.lib.errors import NotFound, Sentence, Stale
from staff.employees.models import Employee


@contextmanager
def signed(by: Employee | None) -> Iterator[None]:
    """Rows of the history written inside say who: the employee's id, nothing else."""
    if by is None:
        yield
        return
    with pghistory.context(user=by.pk):
        yield


def locked_case(by: Employee | None, number: str) -> Case:
    """The case with this number, locked, when `by` may see it. Raises NotFound."""
    if not NUMBER.fullmatch(number):
        raise NotFound()
    rows = Case.objects.all() if by is None else Case.objects.visible_to(by, clock.now())
    return lock(rows.for_reading(), number=number)


def check_version(case: Case, version: int | None, changes: Mapping[str, Any] | None = None) -> None:
    """Raise Stale when the case is not the one that the person saw; both versions go along."""
    if version is None or version == case.version:
        return
    mine = {name: value for name, value in (changes or {}).items() if name in FIELD_LABELS}
    raise Stale(
        mine={str(FIELD_LABELS[name]): shown(value) for name, value in mine.items()},
        theirs={str(FIELD_LABELS[name]): shown(getattr(case, name)) for name in mine},
    )


def tell_time_line(
    case: Case,
    kind: str,
    *,
    by: Employee | None,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    text: Sentence = "",
) -> TimelineEntry:
    """One line of what happened; `labels.timeline_text` words it when it is read."""
    entry = line_of(case, kind, by=by, now=now, values=values, text=text)
    entry.save(force_insert=True)
    return entry


def line_of(
    case: Case,
    kind: str,
    *,
    by: Employee | None,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    text: Sentence = "",
) -> TimelineEntry:
    """The same, not yet written."""
    return TimelineEntry(case=case, at=now, by=by, kind=kind, values=dict(values or {}), text=str(text))


def save_change(case: Case, *fields: str) -> None:
    """Write these columns of the locked case; its version counts."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])


def announce(case: Case) -> None:
    """After the commit: pages that show the case, its list, or its person's desk fetch it again."""
    whose = work_channel(case.responsible_id)
    project = [f"project:{case.insurer.code}"] if case.insurer_id and case.insurer else []
    cases = [(channel, "case", case.number) for channel in (*project, whose)]
    live.publish_all([*cases, (whose, "desk", case.number), ("board", "board", "")])


def next_number(now: datetime) -> tuple[int, int]:
    """The year (in Kyiv) and the next number of it. The counter's row stays locked until the commit."""
    year = clock.local(now).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_casecounter AS c (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last",
            [year],
        )
        (counter,) = cursor.fetchone()
    return year, int(counter)
