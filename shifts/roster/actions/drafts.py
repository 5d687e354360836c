"""Drafts that another room has thought out, written in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict
from shifts.roster import labels, permissions, rules
from shifts.roster.actions import parts
from shifts.roster.models import Shift
from staff.employees.models import Employee


@action
def write_drafts(
    *, by: Employee, planned: Sequence[tuple[int, rules.Span]], now: datetime | None = None
) -> list[Shift]:
    """Write these shifts (person's id, span) as drafts, as far as they can stand.

    Left out: what has begun, what overlaps what stands, and people whose shifts `by` does not plan or who work here
    no more. Raises NotAllowed; Conflict when nothing is left. A stated number of statements.
    """
    permissions.check_plans_at_all(by)
    parts.lock_people(*{pk for pk, _span in planned})
    now = now or clock.now()
    editable = permissions.Editable(by, now)
    people = Employee.objects.employed().in_bulk({pk for pk, _span in planned if editable.person(pk)})
    standing = _standing(people, planned)
    rows = []
    for pk, span in sorted(planned, key=lambda one: (one[1].starts_at, one[0])):
        mine = standing.setdefault(pk, [])
        if pk not in people or span.starts_at <= now or _overlaps(span, mine):
            continue
        mine.append(span)
        rows.append(_draft(people[pk], span, by, now))
    if not rows:
        raise Conflict(labels.FAULTS["nothing_to_make"], code="nothing_to_make")
    Shift.objects.bulk_create(rows, batch_size=1000)
    live.publish("board", "shift")
    return rows


def _standing(
    people: dict[int, Employee], planned: Sequence[tuple[int, rules.Span]]
) -> dict[int, list[rules.Span]]:
    since = min((span.starts_at for _pk, span in planned), default=None)
    until = max((span.ends_at for _pk, span in planned), default=None)
    found: dict[int, list[rules.Span]] = {}
    if since is None or until is None:
        return found
    there = Shift.objects.planned_over(since, until).filter(employee__in=people)
    for pk, starts_at, ends_at, kind in there.values_list("employee", "starts_at", "ends_at", "kind"):
        found.setdefault(pk, []).append(rules.Span(starts_at, ends_at, kind))
    return found


def _overlaps(span: rules.Span, others: list[rules.Span]) -> bool:
    return any(one.starts_at < span.ends_at and span.starts_at < one.ends_at for one in others)


def _draft(employee: Employee, span: rules.Span, by: Employee, now: datetime) -> Shift:
    row = Shift(employee=employee, kind=span.kind, created_by=by, created_at=now)
    row.starts_at, row.ends_at = span.starts_at, span.ends_at
    row.local_start, row.local_end = rules.wall(row.starts_at, row.zone), rules.wall(row.ends_at, row.zone)
    return row
