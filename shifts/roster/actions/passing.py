"""Shifts that go to other people, all at once: an exchange, a shift given away (B3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Conflict, Invalid
from shifts.roster import labels, permissions
from shifts.roster.actions import parts
from shifts.roster.models import Shift
from shifts.roster.selectors.passing import Rosters, changes_of
from staff.employees.models import Employee


@dataclass(frozen=True)
class Passing:
    """A shift, and to whom it goes."""

    shift_id: int
    to: Employee


@action
def pass_shifts(
    *, by: Employee, passing: Sequence[Passing], reason: str, why: str = "", now: datetime | None = None
) -> list[Shift]:
    """Each shift is cancelled, and one like it stands for the other person: published, with nothing to confirm.

    Whoever calls this has the agreement of those concerned. `reason` stands with every shift; `why` overrides the
    rules of working time, which are asked of each person's whole roster with all the changes in it. Returns the new
    shifts in the order of `passing`. Raises NotAllowed, Invalid (`reason`), Conflict: nothing is passed on then.
    """
    ids = [one.shift_id for one in passing]
    owners = Shift.objects.filter(pk__in=ids).values_list("employee", flat=True)
    parts.lock_people(*owners, *(one.to.pk for one in passing))
    rows = Shift.objects.filter(pk__in=ids).select_for_update(of=("self",)).select_related("employee")
    found = {row.pk: row for row in rows.order_by("pk")}
    now = now or clock.now()
    pairs = [(found[one.shift_id], one.to) for one in passing]
    for shift, to in pairs:
        _check(by, shift, to, now)
    broken = _broken(pairs, why)
    text = f"{reason} {why}".strip()
    for shift, _to in pairs:
        shift.cancelled_at, shift.cancelled_by, shift.reason = now, by, text
        shift.version += 1
        shift.save()
    made = [_like(shift, to, by, text, broken[to.pk] if why.strip() else [], now) for shift, to in pairs]
    for shift in [*(shift for shift, _to in pairs), *made]:
        parts.announce(shift, by, now)
    return made


def _check(by: Employee, shift: Shift, to: Employee, now: datetime) -> None:
    for person in (shift.employee, to):
        permissions.check_plan(by, person, shift.starts_at, shift.ends_at, now)
    to.refresh_from_db(fields=["is_active", "dismissed_at", "role"])
    if not to.is_active:
        raise Invalid.field("employee", labels.FAULTS["not_employed"])
    if shift.is_cancelled or shift.is_draft:
        raise Conflict(labels.FAULTS["cancelled"], code="cancelled")
    if shift.starts_at <= now:
        raise Conflict(labels.FAULTS["has_begun"], code="has_begun")


def _broken(pairs: Sequence[tuple[Shift, Employee]], why: str) -> dict[int, list[str]]:
    """Kinds of the rules that each person's roster breaks then. Raises Invalid when nobody says why."""
    changes = changes_of(pairs)
    rosters = Rosters([person.pk for person, _change in changes], [shift for shift, _to in pairs])
    said: list[str] = []
    kinds: dict[int, list[str]] = {}
    for person, change in changes:
        faults = rosters.broken(change)
        said += [labels.broken_of(person.full_name, fault) for fault in faults]
        kinds[person.pk] = sorted({fault.kind for fault in faults})
    if said and not why.strip():
        raise Invalid({"reason": [*said, labels.FAULTS["write_why"]]})
    return kinds


def _like(
    shift: Shift, to: Employee, by: Employee, reason: str, overridden: list[str], now: datetime
) -> Shift:
    """The same time for somebody else."""
    plan = parts.plan_of(shift)
    made = Shift(
        employee=to, created_by=by, created_at=now, published_at=now, reason=reason, overridden=overridden,
        zone=shift.zone,
    )  # fmt: skip
    parts.refuse_in_the_way(made, plan)
    parts.write(made, plan)
    return made
