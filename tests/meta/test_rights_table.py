"""docs/rights.md is what the tables say."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fregat.lib.rights import Role, Scope
from fregat.management.commands import rights_table


def test_the_document_is_up_to_date() -> None:
    call_command("rights_table", "--check", stdout=StringIO())


def test_a_changed_right_makes_the_check_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    from staff.employees import rights

    monkeypatch.setitem(rights.RIGHTS, "employee.dismiss", {Role.SENIOR: frozenset({Scope.TEAM})})
    with pytest.raises(CommandError, match="rights_table"):
        call_command("rights_table", "--check", stdout=StringIO())


def test_every_role_and_scope_has_its_letters() -> None:
    assert set(rights_table.SHORT) == set(Role)
    assert set(rights_table.LETTERS) == set(Scope)
