"""The head sets the service level (B3, F5)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock
from fregat.lib.db import action
from fregat.lib.errors import Invalid
from shifts.coverage.models import ServiceGoal
from shifts.coverage.permissions import check_goal
from shifts.coverage.rules import Goal
from staff.employees.models import Employee


@action
def set_goal(*, by: Employee, goal: Goal, since: date, now: datetime | None = None) -> ServiceGoal:
    """From the day `since` on this is expected; the days before stay as they were judged.

    Raises NotAllowed, Invalid (`since`), Conflict (impossible values, one from that day is set already).
    """
    check_goal(by)
    now = now or clock.now()
    if since < clock.local(now).date():
        raise Invalid.field(
            "since", _("The goal of a day that has passed stays: choose today or a later day.")
        )
    row: ServiceGoal = ServiceGoal.objects.create(since=since, set_by=by, set_at=now, **asdict(goal))
    return row
