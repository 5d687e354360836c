"""An article of the project of `operator`, published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.knowledge.models import ArticleVersion
from shifts.roster.models import Shift
from staff.employees.models import Employee
from tests.builders import make_article


@pytest.fixture
def version(head: Employee, operator: Employee, project: Any) -> ArticleVersion:
    """The first version, which holds and which nobody has read yet."""
    made: ArticleVersion = make_article(head, project)
    return made


@pytest.fixture
def long_shift(on_shift: Callable[..., Any]) -> Callable[[Employee], None]:
    """`long_shift(operator)`: on shift from now on, however far the clock of the test goes."""

    def begin(who: Employee) -> None:
        shift = on_shift(who)
        Shift.objects.filter(pk=shift.pk).update(ends_at=shift.ends_at + timedelta(days=30))

    return begin
