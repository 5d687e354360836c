"""The gate to programmes, which the addresses of their rules name (`OBJECTS` in `rights.py`)."""

from __future__ import annotations

from datetime import datetime

from cases.insurance.selectors.rulebook import get_programme
from fregat.lib.gates import row_id
from staff.employees.models import Employee


def rulebook(user: Employee, *, now: datetime, pk: str | int, example_id: str | int | None = None) -> None:
    """A programme whose rules may be read; which example of it is asked when it is thrown away."""
    get_programme(user, row_id(pk), now=now)
