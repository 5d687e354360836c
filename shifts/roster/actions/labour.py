"""The rules of working time, changed from a day on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from fregat.lib import clock, live
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.roster import labels, permissions, rules
from shifts.roster.models import RosterRule
from staff.employees.models import Employee


@action
def set_rule(
    *,
    by: Employee,
    kind: str,
    limit: Decimal,
    on: bool,
    since: date,
    reason: str,
    now: datetime | None = None,
) -> RosterRule:
    """Set the terms of a rule from a day on (today or later); the same day again corrects them.

    `limit` is in the unit of its kind (`rules.LAW`). What is planned already stays as it is. Raises NotAllowed;
    Invalid for a kind, a limit or a day that cannot be, and without a reason.
    """
    permissions.check_sets_rules(by)
    now = now or clock.now()
    faults = {}
    code = rules.fault_in_terms(kind, float(limit))
    if code:
        faults["kind" if code == "unknown_rule" else "limit"] = labels.FAULTS[code]
    if since < clock.local(now).date():
        faults["since"] = labels.FAULTS["rule_in_past"]
    if not reason.strip():
        faults["reason"] = labels.FAULTS["rule_reason"]
    if faults:
        raise Invalid(faults)
    values = {"limit": limit, "on": on, "reason": reason, "changed_by": by, "changed_at": now}
    row: RosterRule = RosterRule.objects.update_or_create(kind=kind, since=since, defaults=values)[0]
    live.publish("board", "shift")
    return row
