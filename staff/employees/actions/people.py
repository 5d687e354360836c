"""Who somebody is here: what an appointment and a transfer do (JD I.4-5, A2, A3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, live
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.rights import Role
from staff.employees import registry, rules
from staff.employees.actions.rows import check_fields, lock
from staff.employees.actions.substitutions import end_substitutions
from staff.employees.actions.ties import (
    check_leads,
    end_tie,
    hand_team_over,
    tie,
)
from staff.employees.models import Employee, ProjectAssignment

SENIOR_NEEDED = _("An operator always has a senior manager: name one.")
LAST_HEAD = _("The contact centre cannot be left without a head: appoint another one first.")


@db.action
def create_employee(
    *,
    username: str,
    last_name: str,
    first_name: str,
    role: Role | str,
    senior: Employee | None = None,
    patronymic: str = "",
    department: str = "",
    email: str = "",
    phone: str = "",
    languages: Iterable[str] = (),
    projects: Iterable[str] = (),
    password: str | None = None,
    is_demo: bool = False,
    now: datetime | None = None,
) -> Employee:
    """A new employee; an operator gets a senior manager at the same moment (JD I.4-5, A2).

    Nobody signs this: people come in by an order of appointment, whose effect it is, and demonstration
    data and tests build with it. `projects`: codes of insurers. A person appointed without `password`
    cannot sign in until the administrator opens the account. Raises Invalid (fields as the arguments).
    """
    if rules.needs_senior(role) and senior is None:
        raise Invalid.field("senior", SENIOR_NEEDED)
    employee = Employee(
        username=username, last_name=last_name, first_name=first_name, patronymic=patronymic, role=role,
        department=department, email=email, phone=phone, languages=list(languages), is_demo=is_demo,
    )  # fmt: skip
    check_fields(employee, exclude=("password", "name_key", "first_name_key"))
    employee.set_password(password)
    employee.save()
    now = now or clock.now()
    if senior is not None:
        (senior,) = lock(senior)
        check_leads(senior)
        tie(employee, senior, now)
    codes = sorted(set(projects))
    ProjectAssignment.objects.bulk_create(
        ProjectAssignment(employee=employee, project=code, since=now) for code in codes
    )
    if codes:
        registry.projects_changed(employee)
    return employee


def check_password(employee: Employee, password: str) -> None:
    """Raises Invalid (`password`) when a person gives a password that is too weak."""
    try:
        validate_password(password, employee)
    except ValidationError as error:
        raise Invalid({"password": list(error.messages)}) from None


def change_role(
    employee: Employee,
    *,
    role: Role | str,
    senior: Employee | None,
    department: str,
    successor: Employee | None,
    by: Employee | None,
    now: datetime,
) -> dict[str, Any]:
    """The effect of a transfer, in the order's transaction (A3). Returns what was before.

    Who leaves the role of a senior manager names the `successor` of their team. Rights of the new role hold
    from the very next request; what it may not do any more is passed on by the rooms above. Raises Invalid,
    Conflict (the last head stays).
    """
    heads = list(Employee.objects.heads().select_for_update(no_key=True))
    (employee, *others) = lock(employee, *(person for person in (senior, successor) if person))
    if employee.dismissed_at is not None:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")
    if role != Role.HEAD and heads == [employee]:
        raise Conflict(LAST_HEAD, code="last_head")
    if rules.needs_senior(role) and senior is None:
        raise Invalid.field("senior", SENIOR_NEEDED)
    before: dict[str, Any] = {"role": str(employee.role), "department": employee.department}
    before |= _tie_of(employee)
    if role not in rules.LEADS_A_TEAM:
        before["team"] = hand_team_over(employee, others[-1] if successor else None, now)
    employee.role, employee.department = Role(role) if role in set(Role) else role, department
    check_fields(employee, exclude=("password", "name_key", "first_name_key"))
    employee.save(update_fields=["role", "department"])
    registry.role_changed(employee, before["role"], by, now)
    if senior is not None:
        check_leads(others[0])
        tie(employee, others[0], now)
    else:
        end_tie(employee, now)
    end_substitutions(employee, now, but_fit=True)
    live.publish(f"employee:{employee.pk}", live.RIGHTS)
    return before


def _tie_of(employee: Employee) -> dict[str, str]:
    current = employee.subordinations.filter(until=None).select_related("senior").first()
    return {"senior": current.senior.username if current else ""}
