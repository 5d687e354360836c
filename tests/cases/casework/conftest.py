"""What the tests of a case stand on: an operator on shift, her senior manager leading, a person with a policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.casework.models import Case
from cases.casework.rules import CaseFacts, ServiceFacts
from tests.cast import make_person, make_policy


@pytest.fixture
def person(project: Any) -> Any:
    return make_person()


@pytest.fixture
def policy(project: Any, person: Any) -> Any:
    return make_policy(project, person)


@pytest.fixture
def at_work(operator: Any, senior: Any, on_shift: Any) -> Any:
    """The operator, on a begun shift that her senior manager leads."""
    on_shift(senior, leads=True)
    on_shift(operator)
    return operator


@pytest.fixture
def facts(person: Any, policy: Any) -> Callable[..., CaseFacts]:
    """The facts of an ordinary call from Turkey; keywords change them."""

    def make(*, services: tuple[str | ServiceFacts, ...] = ("doctor_call",), **changes: Any) -> CaseFacts:
        rows = tuple(ServiceFacts(kind=row) if isinstance(row, str) else row for row in services)
        values: dict[str, Any] = {
            "person": person.pk,
            "policy": policy.pk,
            "caller_name": "Олена Ґалаґан",
            "caller_relation": "self",
            "caller_phone": "+380671234567",
            "country": "TR",
            "city": "Анталья",
            "address": "Rixos Downtown, 412",
            "description": "Гарячка 39, блювання",
            "services": rows,
        }
        return CaseFacts(**{**values, **changes})

    return make


@pytest.fixture
def register(at_work: Any, facts: Callable[..., CaseFacts]) -> Callable[..., Case]:
    """Registers a call by the operator at work, or by `by`."""
    from cases.casework.actions import register_case

    def make(*, by: Any = None, draft: bool = False, now: Any = None, **changes: Any) -> Case:
        return register_case(by=by or at_work, facts=facts(**changes), draft=draft, now=now)

    return make
