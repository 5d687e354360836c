"""A case of `project`, and `stranger` of another one who has it on the line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from cases.privacy.actions import break_glass
from cases.privacy.models import BrokenGlass
from staff.employees.models import Employee
from tests.cast import PASSWORD, make_case, make_person, make_policy, with_password

WORDS = "Дзвонить лікарня: пацієнт без свідомості."
BORN = date(1984, 5, 17)


@pytest.fixture(autouse=True)
def nothing_tried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person() -> Any:
    return make_person(
        "Христенко", "Юхим", surname_latin="KHRYSTENKO", given_name_latin="YUKHYM", birth_date=BORN
    )


@pytest.fixture
def case(operator: Employee, project: Any, person: Any, on_shift: Callable[..., Any]) -> Any:
    on_shift(operator)
    policy = make_policy(project, person)
    return make_case(operator, policy=policy, person=person, description="Гарячка 39.")


@pytest.fixture
def breaker(stranger: Employee, on_shift: Callable[..., Any], head: Employee) -> Employee:
    """The operator of another project, on shift."""
    on_shift(stranger)
    return with_password(stranger)


@pytest.fixture
def broken(case: Any, breaker: Employee) -> Callable[..., BrokenGlass]:
    """`broken()`: glass broken over the case; any argument of the action may be another."""

    def act(**other: Any) -> BrokenGlass:
        values = {"by": breaker, "kind": "case", "number": case.number, "reason": "life", "words": WORDS}
        return break_glass(**{**values, "secret": PASSWORD, **other})

    return act
