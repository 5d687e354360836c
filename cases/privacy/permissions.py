"""May this person? `check_…` raises with a sentence, `can_…` answers; `by=None` is the program itself, which may."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.privacy.models import BrokenGlass, ConsentRequest, Finding
from fregat.lib import rights
from fregat.lib.errors import NotAllowed
from fregat.lib.rights import Department, Role, Scope
from staff.employees import registry
from staff.employees import selectors as staff
from staff.employees.models import Employee, ProjectAssignment


def check_verify(by: Employee | None) -> None:
    """May have the chain of the log gone through. Raises NotAllowed."""
    if by is not None and not rights.lets(by, "log.verify"):
        raise NotAllowed(
            _(
                "The log is verified by the head of the contact centre, the data officer and the administrator."
            )
        )


def check_examine(by: Employee, finding: Finding) -> None:
    """May take a finding up and decide about it; never about one's own looks. Raises NotAllowed."""
    if not rights.lets(by, "finding.examine"):
        raise NotAllowed(_("Findings are examined by the data officer and the head of the contact centre."))
    if finding.employee_id == by.pk:
        raise NotAllowed(_("Nobody examines looks of their own."), code="own_act")


def can_examine(by: Employee, finding: Finding) -> bool:
    """`check_examine` as an answer."""
    try:
        check_examine(by, finding)
    except NotAllowed:
        return False
    return True


def check_explain(by: Employee, finding: Finding) -> None:
    """Only whoever looked explains it. Raises NotAllowed."""
    if finding.employee_id != by.pk:
        raise NotAllowed(_("Only the employee whose looks these are explains them."))


def examiners(*, but: Employee) -> QuerySet[Employee]:
    """Who is told of a finding about an employee: the data officers, else (it is their own) the heads."""
    found = officers().exclude(pk=but.pk)
    if found.exists():
        return found
    heads: QuerySet[Employee] = Employee.objects.heads().exclude(pk=but.pk)
    return heads


def reader_of(user: Employee) -> Employee | None:
    """For whom names in the log are looked up: None, all names, for whoever has the right to them."""
    return None if rights.lets(user, "log.names") else user


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


def check_break(by: Employee) -> None:
    """May break glass at all. Raises NotAllowed."""
    if not by.is_active or not rights.lets(by, "glass.open"):
        raise NotAllowed(code="no_right")


def works_on_shift_only(user: Employee) -> bool:
    """Persons and cases are open to this role while it is on shift only (B1)."""
    return user.role in {Role.OPERATOR, Role.DOCTOR}


def check_disclose(by: Employee, right: str = "disclosure.make") -> None:
    """May pass data on at all, or by `right`, the row of another room's paper; they see it. Raises NotAllowed."""
    if not by.is_active or not rights.lets(by, right):
        raise NotAllowed(code="no_right")


def check_consent(by: Employee, project: str) -> None:
    """May write down what the insurer of this project consented to. Raises NotAllowed."""
    scopes = rights.scopes_of(by, "consent.record")
    mine = Scope.PROJECT in scopes and by.assignments.filter(project=project).exists()
    if Scope.CENTRE not in scopes and not mine:
        raise NotAllowed(
            _(
                "Consents are written down by those who speak with the insurer: its senior and client managers."
            )
        )


def own_projects(by: Employee) -> list[tuple[str, str]]:
    """Codes and names of the projects whose consents the person may write down."""
    if Scope.CENTRE in rights.scopes_of(by, "consent.record"):
        codes = set(ProjectAssignment.objects.values_list("project", flat=True))
    else:
        codes = set(by.assignments.values_list("project", flat=True))
    return sorted(registry.project_names(codes).items(), key=lambda pair: pair[1])


def speak_with_insurer(project: str) -> QuerySet[Employee]:
    """Who is told that a consent is asked for: the senior and client managers of the project."""
    found: QuerySet[Employee] = Employee.objects.employed().filter(
        role__in=[Role.SENIOR, Role.CLIENT], assignments__project=project
    )
    return found


def check_review(by: Employee, row: BrokenGlass, now: datetime) -> None:
    """May judge this broken glass: the senior manager of whoever broke it, the head. Raises NotAllowed."""
    scopes = rights.scopes_of(by, "glass.review")
    if Scope.CENTRE in scopes:
        return
    if Scope.TEAM not in scopes or row.employee_id not in staff.team_ids(by, now) | {by.pk}:
        raise NotAllowed(
            _("Broken glass is judged by the senior manager of whoever broke it, or by the head.")
        )


def can_review(by: Employee, row: BrokenGlass, now: datetime) -> bool:
    """`check_review` as an answer; nobody judges their own."""
    try:
        check_review(by, row, now)
    except NotAllowed:
        return False
    return row.employee_id != by.pk


def glasses_open_to(reader: Employee, keys: Collection[int], now: datetime) -> Iterable[int]:
    """Of these broken glasses, those that the reader of a notice may see."""
    return BrokenGlass.objects.visible_to(reader, now).filter(pk__in=keys).values_list("pk", flat=True)


def requests_open_to(reader: Employee, keys: Collection[int], now: datetime) -> Iterable[int]:
    """Of these requests for a consent, those that the reader of a notice may see."""
    return ConsentRequest.objects.visible_to(reader, now).filter(pk__in=keys).values_list("pk", flat=True)
