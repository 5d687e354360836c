"""Drafts that another room has thought out, written in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Conflict
from fregat.lib.rights import Role
from shifts.roster import labels, permissions, rules
from shifts.roster.actions import parts
from shifts.roster.models import Shift
from shifts.roster.querysets import ShiftQuerySet
from staff.employees.models import Employee, Substitution


@action
def write_drafts(
    *, by: Employee, planned: Sequence[tuple[int, rules.Span, bool]], now: datetime | None = None
) -> list[Shift]:
    """Write these shifts (person's id, span, whether it leads) as drafts, as far as they can stand.

    Left out: what has begun, what overlaps what stands, and people whose shifts `by` does not plan or who work here
    no more. A shift at whose time somebody leads already, or of a person who may not lead it any more, is made and
    does not lead. Raises NotAllowed; Conflict when nothing is left. A stated number of statements.
    """
    permissions.check_plans_at_all(by)
    parts.lock_people(*{pk for pk, _span, _leads in planned})
    parts.lock_leaders()
    now = now or clock.now()
    editable = permissions.Editable(by, now)
    people = Employee.objects.employed().in_bulk({pk for pk, _span, _leads in planned if editable.person(pk)})
    standing, leaders = _standing(people, planned), _Leaders(people, planned)
    rows = []
    for pk, span, leads in sorted(planned, key=lambda one: (one[1].starts_at, one[0])):
        mine = standing.setdefault(pk, [])
        if pk not in people or span.starts_at <= now or _overlaps(span, mine):
            continue
        mine.append(span)
        rows.append(_draft(people[pk], span, by, now, leads=leads and leaders.takes(people[pk], span)))
    if not rows:
        raise Conflict(labels.FAULTS["nothing_to_make"], code="nothing_to_make")
    Shift.objects.bulk_create(rows, batch_size=1000)
    live.publish("board", "shift")
    return rows


def _standing(
    people: dict[int, Employee], planned: Sequence[tuple[int, rules.Span, bool]]
) -> dict[int, list[rules.Span]]:
    found: dict[int, list[rules.Span]] = {}
    there = _over(planned).filter(employee__in=people)
    for pk, starts_at, ends_at, kind in there.values_list("employee", "starts_at", "ends_at", "kind"):
        found.setdefault(pk, []).append(rules.Span(starts_at, ends_at, kind))
    return found


def _over(planned: Sequence[tuple[int, rules.Span, bool]]) -> ShiftQuerySet:
    if not planned:
        return Shift.objects.none()
    spans = [span for _pk, span, _leads in planned]
    return Shift.objects.planned_over(min(one.starts_at for one in spans), max(one.ends_at for one in spans))


class _Leaders:
    """Who leads when, read under the lock of the leaders: one at a moment, a senior manager or a substitute. At most
    two statements."""

    def __init__(self, people: dict[int, Employee], planned: Sequence[tuple[int, rules.Span, bool]]) -> None:
        wanted = [one for one in planned if one[2]]
        rows = _over(wanted).filter(leads=True).values_list("starts_at", "ends_at", "kind")
        self.led = [rules.Span(*row) for row in rows] if wanted else []
        others = {pk for pk, _span, _leads in wanted if pk in people and people[pk].role != Role.SENIOR}
        self.covering: dict[int, list[tuple[datetime, datetime]]] = {}
        if others:
            found = Substitution.objects.filter(substitute__in=others)
            for pk, since, until in found.values_list("substitute", "since", "until"):
                self.covering.setdefault(pk, []).append((since, until))

    def takes(self, employee: Employee, span: rules.Span) -> bool:
        """May this person lead it? Then nobody else does."""
        times = self.covering.get(employee.pk, ())
        may = employee.role == Role.SENIOR or any(a <= span.starts_at and span.ends_at <= b for a, b in times)
        if not may or _overlaps(span, self.led):
            return False
        self.led.append(span)
        return True


def _overlaps(span: rules.Span, others: list[rules.Span]) -> bool:
    return any(one.starts_at < span.ends_at and span.starts_at < one.ends_at for one in others)


def _draft(employee: Employee, span: rules.Span, by: Employee, now: datetime, *, leads: bool) -> Shift:
    row = Shift(employee=employee, kind=span.kind, leads=leads, created_by=by, created_at=now)
    row.starts_at, row.ends_at = span.starts_at, span.ends_at
    row.local_start, row.local_end = rules.wall(row.starts_at, row.zone), rules.wall(row.ends_at, row.zone)
    return row
