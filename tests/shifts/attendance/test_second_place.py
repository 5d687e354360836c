"""A second place at once while somebody is on duty is noticed: told to who leads, on record (B1, JD IV.9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fregat.lib.models import Notice
from staff.employees.models import Employee, SecurityEvent
from tests.cast import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def signed_in(employee: Employee, address: str) -> Client:
    client = Client(REMOTE_ADDR=address)
    assert (
        client.post("/accounts/login/", {"login": employee.username, "password": PASSWORD}).status_code == 302
    )
    return client


def told(employee: Employee) -> list[str]:
    return list(
        Notice.objects.filter(employee=employee, kind__startswith="second_place").values_list(
            "kind", flat=True
        )
    )


@pytest.fixture
def two_places(stranger: Employee, senior: Employee, on_shift: Any) -> Employee:
    """`senior` leads; `stranger`, of the team of `senior2`, signs in at two places."""
    on_shift(senior, leads=True)
    return with_password(stranger)


def test_on_shift_who_leads_learns_of_it_besides_the_own_senior_manager_and_it_is_on_record(
    two_places: Employee, senior: Employee, senior2: Employee, operator: Employee, on_shift: Any
) -> None:
    on_shift(two_places)
    signed_in(two_places, "10.0.0.5")
    assert told(senior) == told(senior2) == []
    signed_in(two_places, "203.0.113.9")
    assert told(two_places) == ["second_place"]
    assert told(senior) == told(senior2) == ["second_place_of"]
    assert told(operator) == []
    [event] = SecurityEvent.objects.filter(kind="second_place")
    assert (event.account, event.address) == (two_places, "203.0.113.9")


def test_off_shift_it_concerns_the_own_senior_manager_alone(
    two_places: Employee, senior: Employee, senior2: Employee
) -> None:
    for address in ("10.0.0.5", "203.0.113.9"):
        signed_in(two_places, address)
    assert (told(senior), told(senior2)) == ([], ["second_place_of"])


def test_who_leads_the_own_team_is_told_once(operator: Employee, senior: Employee, on_shift: Any) -> None:
    on_shift(senior, leads=True)
    on_shift(with_password(operator))
    for address in ("10.0.0.5", "203.0.113.9"):
        signed_in(operator, address)
    assert told(senior) == ["second_place_of"]
