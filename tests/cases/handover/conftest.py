"""The centre at the end of a shift."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.casework.models import Case, Responsibility
from cases.handover import actions
from cases.handover.models import Handover
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cast import make_case, make_shift


@pytest.fixture
def now(db: None) -> datetime:
    """The moment at which the shifts of a test begin to end."""
    return clock.now()


@pytest.fixture
def works(now: datetime) -> Callable[..., Any]:
    """`works(employee, from_, to)`: a shift signed in to, in hours from now."""

    def plan(
        employee: Employee, from_: float = -8, to: float = 4, *, begun: bool = True, **values: Any
    ) -> Any:
        starts_at = now + timedelta(hours=from_)
        begun_at = starts_at if begun else None
        return make_shift(employee, starts_at, now + timedelta(hours=to), begun_at=begun_at, **values)

    return plan


@pytest.fixture
def ending(works: Callable[..., Any], operator: Employee) -> Any:
    """The operator's shift: it ends ten minutes from now, so its check should have begun."""
    return works(operator, -8, 1 / 6)


@pytest.fixture
def case(operator: Employee, project: Any, now: datetime) -> Case:
    """An open case of the operator's."""
    opened: Case = make_case(operator, insurer=project, now=now - timedelta(hours=1))
    return opened


def at_end_of(shift: Any, seconds: float = 1) -> datetime:
    """A moment after the end of the shift."""
    return shift.ends_at + timedelta(seconds=seconds)


def end(shift: Any, seconds: float = 1) -> int:
    """The program ends the shift."""
    return actions.end_shift(shift.pk, at_end_of(shift, seconds))


def responsible(case: Case) -> str:
    """Who answers for the case, by the case and by the chain alike."""
    case.refresh_from_db()
    rows = list(Responsibility.objects.filter(case=case).order_by("since"))
    assert [row.until for row in rows[:-1]] == [row.since for row in rows[1:]], "the chain has a gap"
    assert rows[-1].until is None
    assert rows[-1].employee_id == case.responsible_id
    return case.responsible.username


def handover_of(case: Case) -> Handover:
    """The one handover of the case that is not superseded."""
    return Handover.objects.get(case=case, superseded_at=None)
