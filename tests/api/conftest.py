"""What the walk through the REST API stands on: the centre at work, and one call from Turkey."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from fregat.lib import clock
from staff.employees.models import Employee
from tests.cast import make_person, make_policy

ROOT = "/api/v1"


class Caller:
    """A program that calls the API as one person: `me.get("/cases/")`, `me.patch(…, tag=…)`."""

    def __init__(self, client: APIClient) -> None:
        self.client = client

    def __call__(self, method: str, path: str, data: Any = None, *, tag: str = "", **extra: Any) -> Any:
        headers = {**extra, **({"If-Match": tag} if tag else {})}
        address = path if path.startswith("http") else ROOT + path
        return self.client.generic(
            method, address, data=self._body(data), content_type="application/json", headers=headers
        )

    @staticmethod
    def _body(data: Any) -> Any:
        import json

        return data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()

    def get(self, path: str, **extra: Any) -> Any:
        return self("GET", path, **extra)

    def post(self, path: str, data: Any = None, **extra: Any) -> Any:
        return self("POST", path, data, **extra)

    def patch(self, path: str, data: Any = None, **extra: Any) -> Any:
        return self("PATCH", path, data, **extra)


@pytest.fixture
def calls(api: Callable[[Employee], APIClient]) -> Callable[[Employee], Caller]:
    return lambda employee: Caller(api(employee))


@pytest.fixture
def policy(project: Any) -> Any:
    return make_policy(project, make_person(), number="VZR-4471823")


@pytest.fixture
def shift(operator: Employee, senior: Employee, on_shift: Any) -> Any:
    """The operator's, which the senior manager leads; it ends in two hours."""
    on_shift(senior, leads=True)
    return on_shift(operator, 2)


@pytest.fixture
def me(shift: Any, operator: Employee, calls: Any) -> Caller:
    """The operator at work."""
    return calls(operator)


@pytest.fixture
def boss(shift: Any, senior: Employee, calls: Any) -> Caller:
    """Her senior manager."""
    return calls(senior)


@pytest.fixture
def outsider(stranger: Employee, on_shift: Any, calls: Any) -> Caller:
    """The operator of another project, at work."""
    on_shift(stranger)
    return calls(stranger)


@pytest.fixture
def body(policy: Any) -> dict[str, Any]:
    """A call as the interface document says it."""
    return {
        "person": policy.persons.get().pk,
        "policy": policy.pk,
        "caller": {"name": "Олена Ґалаґан", "relation": "self", "phone": "+380671234567"},
        "place": {"country": "TR", "city": "Анталья", "address": "Rixos Downtown, 412"},
        "occurred_at": (clock.now() - timedelta(hours=3)).isoformat(),
        "description": "Гарячка 39, блювання",
        "services": [{"kind": "doctor_call", "expected_cost": "120.00", "currency": "EUR"}],
        "displeased": False,
        "unusual": "",
    }


@pytest.fixture
def case(me: Caller, body: dict[str, Any]) -> dict[str, Any]:
    """A registered case, with its address and tag."""
    answer = me.post("/cases/", body)
    assert answer.status_code == 201, answer.json()
    return {**answer.json(), "at": f"/cases/{answer.json()['number']}/", "tag": answer["ETag"]}


@pytest.fixture
def client_with_token(operator: Employee) -> APIClient:
    """A program with a token of the operator's."""
    from staff.employees import actions

    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {actions.issue_token(by=operator)}")
    return client
