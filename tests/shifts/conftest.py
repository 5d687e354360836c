"""The people of the shifts' tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fregat.lib.rights import Role
from shifts.roster.actions import plan_shift
from staff.employees.models import Employee
from tests.cast import make_employee

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
T = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""The moment of most tests: noon in UTC, 14:00 in Kyiv."""


def person(username, role, last_name, senior=None, projects=()) -> Employee:
    """Somebody who has been with the centre for years: the tests' moment does not move with the clock."""
    return make_employee(
        username,
        role,
        last_name=last_name,
        first_name="Ґанна",
        senior=senior,
        projects=projects,
        now=LONG_AGO,
    )


def shift(employee, start=0.0, end=12.0, *, kind="day", at=T, **more):
    """A shift planned by the program, edges in hours from `at`."""
    return plan_shift(
        by=None, employee=employee, kind=kind, now=at,
        starts_at=at + timedelta(hours=start), ends_at=at + timedelta(hours=end), **more,
    )  # fmt: skip


@pytest.fixture
def head(db):
    return person("head", Role.HEAD, "Головатий")


@pytest.fixture
def senior(db):
    return person("senior", Role.SENIOR, "Старша")


@pytest.fixture
def senior2(db):
    return person("senior2", Role.SENIOR, "Інша")


@pytest.fixture
def operator(senior):
    return person("operator", Role.OPERATOR, "Єременко", senior)


@pytest.fixture
def operator2(senior):
    return person("operator2", Role.OPERATOR, "Їжакевич", senior)


@pytest.fixture
def stranger(senior2):
    return person("stranger", Role.OPERATOR, "Чужинець", senior2)


@pytest.fixture
def director(db):
    return person("director", Role.DIRECTOR, "Яременко")
