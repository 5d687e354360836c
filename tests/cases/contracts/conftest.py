"""What contracts are entered by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from staff.employees.models import Employee
from tests.cases.contracts.tables import make_programme, make_series, make_tariff


@pytest.fixture
def programme(project: Any, operator: Employee, on_shift: Callable[..., Any]) -> Any:
    """It is sold today, under numbers of a series, by the operator, who is on shift."""
    on_shift(operator)
    make_tariff(project)
    make_series(project)
    return make_programme(project)
