"""The cast of the tests: named people.

`operator`, `operator2` and `night` report to `senior` and work on `project`; `stranger` reports to
`senior2` and works on `other_project`. Nobody is on shift until `on_shift(…)` says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.test import Client
from rest_framework.test import APIClient

from fregat.lib import clock
from fregat.lib.rights import Role
from staff.employees.models import Employee
from tests.builders import (
    PASSWORD,
    give_order,
    grant_project,
    make_case,
    make_country,
    make_currency,
    make_employee,
    make_pause,
    make_person,
    make_policy,
    make_project,
    make_service_kind,
    make_shift,
    with_password,
)

__all__ = [
    "PASSWORD",
    "give_order",
    "grant_project",
    "make_case",
    "make_country",
    "make_currency",
    "make_employee",
    "make_pause",
    "make_person",
    "make_policy",
    "make_project",
    "make_service_kind",
    "make_shift",
    "with_password",
]

AnyClient = TypeVar("AnyClient", bound=Client)


# --- People -----------------------------------------------------------------------------------------
@pytest.fixture
def project(db: None) -> Any:
    """The insurer on whose project `operator` and her colleagues work."""
    return make_project("aurora", "СК «Аврора»")


@pytest.fixture
def other_project(db: None) -> Any:
    """The insurer of `stranger`."""
    return make_project("borey", "СК «Борей»")


@pytest.fixture
def head(db: None) -> Employee:
    """The head of the contact centre."""
    return make_employee("head", Role.HEAD, last_name="Їжакевич", first_name="Богдан")


@pytest.fixture
def director(db: None) -> Employee:
    """The director."""
    return make_employee("director", Role.DIRECTOR, last_name="Яременко", first_name="Ірина")


@pytest.fixture
def senior(head: Employee, project: Any) -> Employee:
    """The senior manager of `operator`, `operator2`, `night`."""
    return make_employee("senior", Role.SENIOR, last_name="Євтушенко", first_name="Марко", projects=[project])


@pytest.fixture
def senior2(head: Employee, other_project: Any) -> Employee:
    """The senior manager of `stranger`."""
    return make_employee(
        "senior2", Role.SENIOR, last_name="Щербак", first_name="Лідія", projects=[other_project]
    )


@pytest.fixture
def operator(senior: Employee, project: Any) -> Employee:
    """The operator whose day the tests follow."""
    return make_employee("operator", senior=senior, projects=[project])


@pytest.fixture
def operator2(senior: Employee, project: Any) -> Employee:
    """Her colleague on the same project."""
    return make_employee(
        "operator2", last_name="Зінченко", first_name="Тарас", senior=senior, projects=[project]
    )


@pytest.fixture
def night(senior: Employee, project: Any) -> Employee:
    """The operator of the night shift on the same project."""
    return make_employee("night", last_name="Мельник", first_name="Софія", senior=senior, projects=[project])


@pytest.fixture
def stranger(senior2: Employee, other_project: Any) -> Employee:
    """An operator of another project."""
    return make_employee(
        "stranger", last_name="Бойко", first_name="Ганна", senior=senior2, projects=[other_project]
    )


@pytest.fixture
def doctor(senior: Employee, project: Any) -> Employee:
    """The doctor-consultant of the project."""
    return make_employee("doctor", Role.DOCTOR, last_name="Лисенко", first_name="Орест", projects=[project])


@pytest.fixture
def client_manager(db: None, project: Any) -> Employee:
    """The client manager of the project."""
    return make_employee("client", Role.CLIENT, last_name="Кравець", first_name="Юлія", projects=[project])


@pytest.fixture
def client(client_manager: Employee) -> Employee:
    """The client manager by her demonstration name (browsers come from `page`, not from pytest-django)."""
    return client_manager


@pytest.fixture
def officer(db: None) -> Employee:
    """The data officer."""
    return make_employee(
        "officer", Role.DEPARTMENT, last_name="Руденко", first_name="Ніна", department="data"
    )


@pytest.fixture
def quality(db: None) -> Employee:
    """Quality control."""
    return make_employee(
        "quality", Role.DEPARTMENT, last_name="Ткач", first_name="Павло", department="quality"
    )


@pytest.fixture
def admin_(db: None) -> Employee:
    """The system administrator."""
    return make_employee("admin", Role.ADMIN, last_name="Чорний", first_name="Гліб")


@pytest.fixture
def on_shift() -> Callable[..., Any]:
    """`on_shift(employee, hours=8)`: a shift that began an hour ago and ends `hours` from now, signed in to."""

    def begin(employee: Employee, hours: float = 8, *, began: float = 1, **values: Any) -> Any:
        now = clock.now()
        starts_at = now - timedelta(hours=began)
        return make_shift(
            employee,
            starts_at,
            now + timedelta(hours=hours),
            begun_at=values.pop("begun_at", starts_at),
            **values,
        )

    return begin


# --- Their browsers and programs -----------------------------------------------------------------------
def sign_in(client: AnyClient, employee: Employee) -> AnyClient:
    """Sign in without the form: no password is hashed, the rest is as after it."""
    from allauth.usersessions.models import UserSession

    client.force_login(employee, backend="allauth.account.auth_backends.AuthenticationBackend")
    UserSession.objects.create(
        user=employee, session_key=client.session.session_key, ip="127.0.0.1", user_agent="the cast"
    )
    return client


@pytest.fixture
def page() -> Callable[[Employee], Client]:
    """`page(employee)`: the browser of somebody signed in."""

    def browser(employee: Employee) -> Client:
        return sign_in(Client(), employee)

    return browser


@pytest.fixture
def api() -> Callable[[Employee], APIClient]:
    """`api(employee)`: a client of the REST API, signed in by session."""

    def program(employee: Employee) -> APIClient:
        return sign_in(APIClient(), employee)

    return program
