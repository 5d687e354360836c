"""A month of work: the clock stands at noon in Kyiv on the 20th of November 2026."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.casework.models import Case, Task
from fregat.lib.clock import KYIV
from tests.builders import make_case, make_shift

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=KYIV)
MINUTE = timedelta(minutes=1)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of that November on the centre's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KYIV)


@pytest.fixture
def case(operator: Any, project: Any) -> Case:
    return make_case(operator, insurer=project, now=at(2))


@pytest.fixture
def promise(case: Case, operator: Any) -> Any:
    """`promise(due, done)`: a task of the case."""

    def act(due: datetime, done: datetime | None = None, *, of: Case | None = None) -> Task:
        row: Task = Task.objects.create(
            case=of or case, at=due - timedelta(hours=1), by=operator, text="Передзвонити.", due_at=due,
            done_at=done, done_by=operator if done else None,
        )  # fmt: skip
        return row

    return act


@pytest.fixture
def worked() -> Any:
    """`worked(employee, day, late=…)`: a shift from 8 to 20 that somebody began so many minutes late; None: nobody."""

    def act(employee: Any, day: int, late: float | None = 0) -> Any:
        starts = at(day, 8)
        begun = {} if late is None else {"begun_at": starts + late * MINUTE}
        return make_shift(employee, starts, starts + timedelta(hours=12), **begun)

    return act
