"""Live channels of a person's own cases."""

from __future__ import annotations

from cases.casework.permissions import work_channel
from cases.casework.querysets import closed_to
from fregat.lib import clock, rights
from staff.employees.models import Employee


def live_channels(user: Employee) -> list[str]:
    """News of the cases that the employee answers for, by number; none while cases are closed to them (B1)."""
    if not rights.scopes(user.role, "case.view") or closed_to(user, clock.now()):
        return []
    return [work_channel(user.pk)]
