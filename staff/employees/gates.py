"""The gates to what the addresses of this room name (`OBJECTS` in `rights.py`)."""

from __future__ import annotations

from datetime import datetime

from fregat.lib.errors import NotFound
from staff.employees import selectors
from staff.employees.models import Employee
from staff.employees.rules import Part


def account(user: Employee, *, now: datetime, username: str) -> None:
    """Somebody of whom at least the account is seen."""
    selectors.get_employee(user, username, now=now)


def record(user: Employee, *, now: datetime, username: str) -> None:
    """Somebody whose work fields are seen."""
    _employee, parts = selectors.get_employee(user, username, now=now)
    if Part.WORK not in parts:
        raise NotFound()
