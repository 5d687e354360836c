"""On which projects (insurers) an employee works: what they see follows from it (E1)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db, live
from fregat.lib.errors import Conflict
from staff.employees import registry
from staff.employees.actions.rows import check_fields, lock
from staff.employees.models import Employee, ProjectAssignment
from staff.employees.permissions import check_manage


@db.action
def assign_project(
    *, by: Employee | None, employee: Employee, project: str, now: datetime | None = None
) -> ProjectAssignment:
    """Let the employee work on the project with this code. Doing it twice changes nothing.

    Raises NotAllowed, Invalid (no such project), Conflict (dismissed).
    """
    check_manage(by, "employee.projects", employee)
    (employee,) = lock(employee)
    if not employee.is_active:
        raise Conflict(_("This employee has been dismissed already."), code="already_dismissed")
    there = employee.assignments.filter(project=project).first()
    if there:
        return there
    row = ProjectAssignment(employee=employee, project=project, since=now or clock.now())
    check_fields(row)
    row.save()
    _changed(employee)
    return row


@db.action
def unassign_project(*, by: Employee | None, employee: Employee, project: str) -> None:
    """Take the project away; from the next request on its persons and cases do not exist for them."""
    check_manage(by, "employee.projects", employee)
    (employee,) = lock(employee)
    removed, _rows = employee.assignments.filter(project=project).delete()
    if removed:
        _changed(employee)


def _changed(employee: Employee) -> None:
    """The rooms above follow inside the transaction, open streams at once after it."""
    registry.projects_changed(employee)
    live.publish(f"employee:{employee.pk}", live.RIGHTS)
