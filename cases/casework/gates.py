"""The gates to what the addresses of this room name (`OBJECTS` in `rights.py`)."""

from __future__ import annotations

from datetime import datetime

from cases.casework import selectors
from fregat.lib import gates
from fregat.lib.gates import row_id
from staff.employees.models import Employee

Id = str | int


def task(
    user: Employee, *, now: datetime, number: str, task_id: Id | None = None, pk: Id | None = None
) -> None:
    """A task of a case; pages say `task_id`, the API `pk`."""
    selectors.get_task(user, number, row_id(task_id or pk or ""), now=now)


def service(
    user: Employee, *, now: datetime, number: str, service_id: Id | None = None, pk: Id | None = None
) -> None:
    """A kind of help in a case; pages say `service_id`, the API `pk`."""
    selectors.get_service(user, number, row_id(service_id or pk or ""), now=now)


def escalation(
    user: Employee, *, now: datetime, number: str = "", escalation_id: Id | None = None, pk: Id | None = None
) -> None:
    """An escalation; on the page of a case, of that case."""
    selectors.get_escalation(user, row_id(escalation_id or pk or ""), now, number=number)


def case(user: Employee, *, now: datetime, number: str, **_more: object) -> None:
    """A case; what else the address says (where to move it) is no object."""
    selectors.get_case(user, number, now=now)


def register() -> None:
    """Hand them over."""
    gates.register(case=case, task=task, service=service, escalation=escalation)
