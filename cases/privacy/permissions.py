"""May this person? `check_…` raises with a sentence, `can_…` answers; `by=None` is the program itself, which may."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Department, Role
from staff.employees.models import Employee


def check_verify(by: Employee | None) -> None:
    """May have the chain of the log gone through. Raises NotAllowed."""
    if by is not None and not rights.lets(by, "log.verify"):
        raise NotAllowed(
            _(
                "The log is verified by the head of the contact centre, the data officer and the administrator."
            )
        )


def officers() -> QuerySet[Employee]:
    """The data officers: employees of the department of personal data protection."""
    found: QuerySet[Employee] = Employee.objects.employed().filter(
        role=Role.DEPARTMENT, department=Department.DATA
    )
    return found


def guardians() -> QuerySet[Employee]:
    """Who is told when the log was tampered with: those who may verify it."""
    found: QuerySet[Employee] = Employee.objects.employed().filter(
        Q(role__in=[Role.HEAD, Role.ADMIN]) | Q(role=Role.DEPARTMENT, department=Department.DATA)
    )
    return found
