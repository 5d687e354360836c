"""The gates to what the addresses of this room name (`OBJECTS` in `rights.py`)."""

from __future__ import annotations

from datetime import datetime

from cases.privacy import selectors
from cases.privacy.selectors import findings, looks
from fregat.lib import gates
from fregat.lib.gates import row_id
from staff.employees.models import Employee


def broken_glass(user: Employee, *, now: datetime, pk: str | int) -> None:
    """A broken glass that the person may know of."""
    selectors.get_glass(user, row_id(pk), now=now)


def consent_request(user: Employee, *, now: datetime, pk: str | int) -> None:
    """A request of one's projects."""
    selectors.get_request(user, row_id(pk), now=now)


def consent(user: Employee, *, now: datetime, pk: str | int) -> None:
    """A consent of one's projects."""
    selectors.get_consent(user, row_id(pk), now=now)


def register() -> None:
    """Hand them over."""
    gates.register(
        broken_glass=broken_glass,
        consent=consent,
        consent_request=consent_request,
        finding=findings.gate,
        look=looks.gate,
        looked_at=looks.subject,
    )
