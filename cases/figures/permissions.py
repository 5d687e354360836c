"""May this person? Whose work do they see in the figures, against whose targets?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import NotAllowed, NotFound
from fregat.lib.rights import Role, Scope
from staff.employees import selectors as staff
from staff.employees.models import Employee


@dataclass(frozen=True)
class Reading:
    """What one reader sees: whose work is counted, whose targets hold before the centre's."""

    people: frozenset[int] | None
    """Ids of the employees; None: everybody's."""
    team: Employee | None
    """The senior manager whose team it is."""


def reading(user: Employee, now: datetime, team: str = "") -> Reading:
    """Of a senior manager the own team; whoever sees the centre sees all of it, or the team that they name.

    `team`: the sign-in name of a senior manager. Raises NotFound for a name that is none.
    """
    scopes = rights.scopes_of(user, "figure.view")
    if Scope.CENTRE in scopes:
        chosen = _senior(team) if team else None
        return Reading(_of(chosen, now) if chosen else None, chosen)
    if Scope.TEAM not in scopes:
        return Reading(frozenset(), None)
    if team and team != user.username:
        raise NotFound()
    return Reading(_of(user, now), user)


def can_choose_team(user: Employee) -> bool:
    """Do they see the centre, of which a team can be chosen?"""
    return Scope.CENTRE in rights.scopes_of(user, "figure.view")


def can_set_target(user: Employee, team: Employee | None) -> bool:
    """As `check_target`."""
    try:
        check_target(user, team)
    except NotAllowed:
        return False
    return True


def _of(senior: Employee, now: datetime) -> frozenset[int]:
    return frozenset(staff.team_ids(senior, now))


def _senior(username: str) -> Employee:
    found: Employee | None = Employee.objects.filter(role=Role.SENIOR, username=username).first()
    if found is None:
        raise NotFound()
    return found


def check_target(by: Employee, team: Employee | None) -> None:
    """May set targets: the head for the centre and any team, a senior manager for the own team. Raises NotAllowed."""
    scopes = rights.scopes_of(by, "figure.target")
    if Scope.CENTRE in scopes or (Scope.TEAM in scopes and team == by):
        return
    raise NotAllowed(
        _("The head of the contact centre sets targets, a senior manager those of the own team.")
    )
