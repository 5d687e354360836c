"""What the tests of guarantee letters stand on: a case of a person with a policy for 30,000 euros."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cases.assistance.actions import give_letter
from tests.cases.casework.conftest import at_work, facts, person, policy, register  # noqa: F401 - fixtures
from tests.cast import make_case


@pytest.fixture
def case(at_work: Any, policy: Any, person: Any) -> Any:  # noqa: F811
    return make_case(at_work, policy=policy, person=person)


@pytest.fixture
def give(at_work: Any, case: Any) -> Callable[..., Any]:  # noqa: F811
    """A letter of so many euros by the operator at work, or by `by`, on her case or on `on`."""

    def make(limit: int | str = 1000, *, by: Any = None, on: Any = None, **more: Any) -> Any:
        values = {"kind": "visit", "provider": "Міська лікарня", **more}
        return give_letter(by=by or at_work, number=(on or case).number, limit=Decimal(limit), **values)

    return make
