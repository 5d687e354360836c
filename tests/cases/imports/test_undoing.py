"""What a list has changed is taken back as far as it is still as the list has left it, and always to an end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from cases.imports import actions, registry
from cases.insurance.models import Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def test_what_cannot_begin_again_when_it_did_stays(
    client_manager: Employee, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client_manager, project, as_csv([row("AU-1")]))
    first = send(client_manager, project, as_csv([row("AU-1", since="01.07.2026")]))
    second = send(client_manager, project, as_csv([row("AU-1", since="01.01.2026", until="30.06.2026")]))
    assert (first.changed, second.added) == (1, 1)
    later = Policy.objects.get(valid_from=date(2026, 1, 1)).pk

    def used(policies: Collection[int], persons: Collection[int]) -> tuple[set[int], set[int]]:
        return {later} & set(policies), set()

    monkeypatch.setattr(registry, "used", used)
    actions.undo(by=client_manager, batch=second)
    second = worked(second)
    assert (second.status, second.kept) == ("undone", 1)
    actions.undo(by=client_manager, batch=first)
    first = worked(first)
    assert (first.status, first.kept) == ("undone", 1)
    assert sorted(Policy.objects.values_list("valid_from", flat=True)) == [date(2026, 1, 1), date(2026, 7, 1)]
    assert send(client_manager, project, as_csv([row("AU-2")])).status == "done"
