"""Employees of other departments share a role; the matrix may give one department more than the role has."""

from __future__ import annotations

from typing import Any

import pytest

from fregat.lib import rights
from fregat.lib.rights import Department, Role, Scope
from fregat.management.commands import rights_table
from staff.employees.models import Employee

OWN, CENTRE = frozenset({Scope.OWN}), frozenset({Scope.CENTRE})
ROW: dict[Any, frozenset[Scope]] = {Role.DEPARTMENT: OWN, Department.DATA: CENTRE}


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A matrix with one action that the data officer has more of than other departments."""
    monkeypatch.setitem(rights._actions, "test.read", dict(ROW))
    monkeypatch.setitem(rights._actions, "test.examine", {Department.DATA: CENTRE})


def test_a_department_has_what_its_role_has_and_its_own_besides() -> None:
    assert rights.scopes("department", "test.read", "data") == OWN | CENTRE
    assert rights.scopes("department", "test.read", "quality") == OWN
    assert rights.scopes("department", "test.read") == OWN


def test_a_right_of_one_department_is_no_others() -> None:
    assert rights.may("department", "test.examine", "data")
    assert not rights.may("department", "test.examine", "quality")
    assert not rights.may("department", "test.examine")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT])
def test_the_word_of_a_department_gives_another_role_nothing(role: Role) -> None:
    assert not rights.may(role, "test.examine", "data")


def test_doors_ask_about_the_person(officer: Employee, quality: Employee, operator: Employee) -> None:
    assert rights.lets(officer, "test.examine") and not rights.lets(quality, "test.examine")
    assert rights.scopes_of(operator, "test.read") == frozenset()
    assert not rights.lets(None, "test.examine") and not rights.lets(None, None)
    assert rights.lets(None, rights.PUBLIC)


def test_the_document_names_the_department() -> None:
    assert rights_table._cell(ROW, Role.DEPARTMENT) == "o; data: c"
    assert rights_table._cell({Department.DATA: CENTRE}, Role.DEPARTMENT) == "data: c"
    assert rights_table._cell({Department.DATA: CENTRE}, Role.ADMIN) == "–"
