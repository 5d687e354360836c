"""What is forgotten is closed, and the walk over all addresses would say so."""

from collections.abc import Callable

import pytest
from django.test import Client

from fregat.lib import rights
from staff.employees.models import Employee
from tests.meta.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.meta.forgotten")]
FORGOTTEN = ("/forgotten/", "/nameless/", "/api/v2/forgotten/")


@pytest.mark.parametrize("address", FORGOTTEN)
def test_a_forgotten_address_is_closed_to_everybody(
    head: Employee, director: Employee, admin_: Employee, page: Callable[..., Client], address: str
) -> None:
    for person in (head, director, admin_):
        answer = page(person).get(address)
        assert answer.status_code == 403
        assert b"secret" not in answer.content
    assert Client().get(address).status_code in {302, 403}


def test_the_walk_finds_forgotten_addresses() -> None:
    without = [route.name for route in routes() if not route.has_row]
    assert {"forgotten", "api:forgotten"} < set(without)
    assert any("RoutePattern" in name for name in without)


def test_two_rooms_cannot_name_one_thing_differently() -> None:
    with pytest.raises(ValueError, match="two rooms"):
        rights.register({}, {"employees:me": rights.PUBLIC})
    assert rights.action_of("employees:me", "GET") == rights.SIGNED_IN


@pytest.mark.parametrize(
    ("method", "action"), [("GET", "case.view"), ("HEAD", "case.view"), ("DELETE", None)]
)
def test_a_method_that_has_no_row_is_nobodys(method: str, action: str | None) -> None:
    assert rights.action_of("api:case", method) == action
    assert not any(rights.may(role, None) for role in rights.Role)
