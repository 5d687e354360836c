"""A case of `operator` with help on the way, and what she wants to pass on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.casework.models import CaseService
from cases.privacy.actions import Passing
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cast import make_case, make_person, make_policy, make_service_kind


@pytest.fixture
def case(operator: Employee, project: Any, on_shift: Callable[..., Any], head: Employee) -> Any:
    on_shift(operator)
    person = make_person("Христенко", "Юхим")
    return make_case(operator, policy=make_policy(project, person), person=person, description="Гарячка 39.")


@pytest.fixture
def service(case: Any, operator: Employee) -> CaseService:
    kind = make_service_kind("visit")
    return CaseService.objects.create(
        case=case, kind=kind, state="needed", added_at=clock.now(), added_by=operator
    )


@pytest.fixture
def passing() -> Callable[..., Passing]:
    """`passing(kind)`: to a named recipient, the state of health among the rest."""

    def make(kind: str = "medical", recipient: str = "Клініка «Акдениз»", **other: Any) -> Passing:
        values = {"parts": ("identity", "medical"), "purpose": "Госпіталізація."} | other
        return Passing(recipient_kind=kind, recipient=recipient, **values)

    return make
