"""The personal record: who it is, work, ties now and before, and what the rooms add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from fregat.lib import rights
from fregat.lib.errors import NotFound
from staff.employees import panels, permissions, registry
from staff.employees.labels import shown
from staff.employees.models import Employee, Photograph, Subordination
from staff.employees.registry import Mark
from staff.employees.rules import Part
from staff.employees.selectors.history import Act, changes_of
from staff.employees.selectors.people import acts_for, project_codes, subordination_history, substitute_of

LAST_ACTS = 8
"""So many of the last changes stand on the record itself."""


@dataclass(frozen=True)
class May:
    """What the viewer may do with this record."""

    edit: bool
    projects: bool
    account: bool


@dataclass(frozen=True)
class Record:
    """Somebody's record as the viewer may see it; what is not seen is empty."""

    employee: Employee
    parts: frozenset[Part]
    may: May
    has_account: bool
    has_second_factor: bool
    senior_now: Subordination | None
    seniors_before: list[Subordination]
    substitute: Employee | None
    acts_for: list[Employee]
    marks: list[Mark]
    team: int
    projects: list[str]
    languages: str
    photograph: str
    """The digest of the photograph; empty when there is none."""
    panels: list[tuple[str, Mapping[str, Any]]]
    acts: list[Act]
    more_acts: bool

    @property
    def sees_work(self) -> bool:
        """Position, phones, ties, photograph."""
        return Part.WORK in self.parts

    @property
    def sees_private(self) -> bool:
        """The private phone."""
        return Part.PRIVATE in self.parts

    @property
    def sees_file(self) -> bool:
        """Orders and every change."""
        return Part.FILE in self.parts


def get_employee(user: Employee, username: str, *, now: datetime) -> tuple[Employee, frozenset[Part]]:
    """The one gate to a record: the employee and what of them is seen. Raises NotFound."""
    found: Employee | None = Employee.objects.visible_to(user, now).filter(username=username).first()
    if found is None:
        raise NotFound()
    return found, permissions.check_view(user, found, now)


def personal_record(user: Employee, username: str, *, now: datetime) -> Record:
    """The record with this sign-in name, within what the user sees. Raises NotFound.

    A number of statements that does not grow: each card of the rooms states its own.
    """
    employee, parts = get_employee(user, username, now=now)
    sees = Part.WORK in parts
    ties = subordination_history(employee) if sees else []
    codes = sorted(project_codes(employee)) if sees else []
    names = registry.project_names(codes)
    acts = changes_of(employee, parts) if sees else []
    return Record(
        employee=employee,
        parts=parts,
        may=_may(user, employee, now),
        has_account=employee.has_usable_password(),
        has_second_factor=Authenticator.objects.filter(user=employee).exists(),
        senior_now=next((tie for tie in ties if tie.until is None), None),
        seniors_before=[tie for tie in ties if tie.until is not None],
        substitute=substitute_of(employee, now) if sees else None,
        acts_for=acts_for(employee, now) if sees else [],
        marks=registry.marks([employee], now).get(employee.pk, []) if sees else [],
        team=employee.team_history.filter(until=None).count() if sees else 0,
        projects=sorted(names[code] for code in codes),
        languages=shown("languages", employee.languages) if sees else "",
        photograph=_digest(employee) if sees else "",
        panels=panels.of(user, employee, now) if sees else [],
        acts=acts[:LAST_ACTS],
        more_acts=len(acts) > LAST_ACTS,
    )


def photograph_of(user: Employee, username: str, *, now: datetime) -> Photograph:
    """The picture, for who sees the work fields. Raises NotFound."""
    employee, parts = get_employee(user, username, now=now)
    if Part.WORK not in parts:
        raise NotFound()
    found: Photograph | None = Photograph.objects.filter(employee=employee).first()
    if found is None:
        raise NotFound()
    return found


def _may(user: Employee, employee: Employee, now: datetime) -> May:
    employed = employee.dismissed_at is None
    return May(
        edit=employed and permissions.can_edit(user, employee, now),
        projects=employed and permissions.can_manage(user, "employee.projects", employee),
        account=employed
        and employee.pk != user.pk
        and rights.may(user.role, "employee.account", user.department),
    )


def _digest(employee: Employee) -> str:
    return Photograph.objects.filter(employee=employee).values_list("digest", flat=True).first() or ""
