"""Whose news a person may hear: the projects whose cases they may see."""

from __future__ import annotations

from cases.insurance.models import Insurer
from cases.insurance.querysets import on_shift
from fregat.lib import clock, rights
from staff.employees.models import Employee


def live_channels(user: Employee) -> list[str]:
    """`project:<code>` of each project open to the employee now (none off shift); at most one query."""
    if not rights.scopes(user.role, "policy.view"):
        return []
    codes = Insurer.objects.visible_to(user).filter(on_shift(user, clock.now()))
    return [f"project:{code}" for code in codes.values_list("code", flat=True)]
