"""The first step of an appointment: the person, their tie, their projects (JD I.4-5, A2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.rights import Role
from staff.employees import registry, rules
from staff.employees.actions.rows import check_fields, lock
from staff.employees.actions.ties import check_leads, end_tie, hand_team_over, tie
from staff.employees.models import Employee, ProjectAssignment
from staff.employees.permissions import check_manage

SENIOR_NEEDED = _("An operator always has a senior manager: name one.")


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


def check_password(employee: Employee, password: str | None, *, by: Employee | None) -> None:
    """Raises Invalid when a person gives a password that is too weak; the program's own (demonstration) pass."""
    if password is None or by is None:
        return
    try:
        validate_password(password, employee)
    except ValidationError as error:
        raise Invalid({"password": list(error.messages)}) from None


@db.action
def transfer(
    *,
    by: Employee | None,
    employee: Employee,
    role: Role | str,
    senior: Employee | None = None,
    department: str = "",
    successor: Employee | None = None,
    now: datetime | None = None,
) -> Employee:
    """Move somebody to another role, with the senior manager that the role demands (A3).

    Who leaves the role of a senior manager names the `successor` of their team. Rights of the new role hold
    from the very next request. Raises NotAllowed, Invalid, Conflict (the last head stays).
    """
    check_manage(by, "employee.transfer", employee)
    heads = list(Employee.objects.heads().select_for_update(no_key=True))
    (employee, *others) = lock(employee, *(person for person in (senior, successor) if person))
    if employee.dismissed_at is not None:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")
    if role != Role.HEAD and heads == [employee]:
        raise Conflict(
            _("The contact centre cannot be left without a head: appoint another one first."),
            code="last_head",
        )
    if rules.needs_senior(role) and senior is None:
        raise Invalid.field("senior", SENIOR_NEEDED)
    now = now or clock.now()
    if role not in rules.LEADS_A_TEAM:
        hand_team_over(employee, others[-1] if successor else None, now)
    employee.role, employee.department = Role(role) if role in set(Role) else role, department
    check_fields(employee, exclude=("password", "name_key", "first_name_key"))
    employee.save(update_fields=["role", "department"])
    if senior is not None:
        check_leads(others[0])
        tie(employee, others[0], now)
    else:
        end_tie(employee, now)
    return employee
