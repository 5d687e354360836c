"""Patterns written down and given to people; a month made from them in one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from fregat.lib import clock, live
from fregat.lib.db import action, lock
from fregat.lib.errors import Conflict, Invalid
from shifts.roster import labels, permissions, rules, selectors
from shifts.roster.actions import parts
from shifts.roster.models import Pattern, PatternUse, Shift
from staff.employees.models import Employee

_SIGNS = {"day": "D", "night": "N"}
"""How patterns are kept: in one alphabet."""


@action
def write_pattern(
    *,
    by: Employee | None,
    name: str,
    sequence: str,
    pattern_id: int | None = None,
    now: datetime | None = None,
) -> Pattern:
    """Write a pattern down, or another sequence or name for one that is there; months already made stay.

    Raises NotAllowed; Invalid for a sequence that cannot be read or a name that is taken; NotFound.
    """
    if by is not None:
        permissions.check_plans_at_all(by)
    now = now or clock.now()
    try:
        steps = rules.read_pattern(sequence)
    except ValueError as error:
        raise Invalid.field("sequence", labels.FAULTS[str(error)]) from None
    if Pattern.objects.filter(name=name).exclude(pk=pattern_id or 0).exists():
        raise Invalid.field("name", labels.CONSTRAINTS["roster_pattern_name_key"])
    row: Pattern = Pattern() if pattern_id is None else lock(Pattern.objects.all(), pk=pattern_id)
    row.name, row.sequence = name, rules.write_pattern(steps, _SIGNS)
    row.made_by, row.made_at = by, now
    row.save()
    return row


@action
def use_pattern(
    *,
    by: Employee | None,
    employee: Employee,
    pattern: Pattern | None,
    starts_on: date,
    now: datetime | None = None,
) -> PatternUse | None:
    """Say by which pattern somebody works and on which day its first step falls; None: by none any more.

    Raises NotAllowed for somebody whom `by` does not plan.
    """
    parts.lock_people(employee.pk)
    now = now or clock.now()
    if by is not None:
        permissions.check_plans_for(by, employee, now)
    if pattern is None:
        PatternUse.objects.filter(employee=employee).delete()
        return None
    values = {"pattern": pattern, "starts_on": starts_on, "set_by": by, "set_at": now}
    row: PatternUse = PatternUse.objects.update_or_create(employee=employee, defaults=values)[0]
    return row


@action
def make_month(
    *, by: Employee, month: date, people: Collection[int] | None = None, now: datetime | None = None
) -> list[Shift]:
    """Make the drafts of a month from the patterns of the people (all, when None) whom `by` plans.

    What stands already is left as it is, so a second time makes nothing; neither is anything made on a day that the
    person cannot work. Raises NotAllowed; Conflict when there is nothing to make. A stated number of statements.
    """
    permissions.check_plans_at_all(by)
    now = now or clock.now()
    parts.lock_people(*PatternUse.objects.plannable_by(by, now).values_list("employee", flat=True))
    parts.lock_leaders()
    found = selectors.previews(by, month, people, now=now)
    rows = [row for one in found for row in _drafts(one.use.employee, one.made.shifts, by, now)]
    if not rows:
        raise Conflict(labels.FAULTS["nothing_to_make"], code="nothing_to_make")
    Shift.objects.bulk_create(rows, batch_size=1000)
    live.publish("board", "shift")
    return rows


def _drafts(
    employee: Employee, planned: Iterable[rules.Planned], by: Employee, now: datetime
) -> Iterable[Shift]:
    for one in planned:
        row = Shift(employee=employee, kind=one.span.kind, leads=one.leads, created_by=by, created_at=now)
        row.starts_at, row.ends_at = one.span.starts_at, one.span.ends_at
        row.local_start, row.local_end = (
            rules.wall(row.starts_at, row.zone),
            rules.wall(row.ends_at, row.zone),
        )
        yield row
