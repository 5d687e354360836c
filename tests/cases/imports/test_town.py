"""The town of a person comes with the list: it tells namesakes apart (issue: what to ask next, birth date and city)."""

from __future__ import annotations

from typing import Any

import pytest

from cases.imports import actions
from cases.insurance.models import InsuredPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def sent(by: Employee, project: Any, *towns: str, heading: str = "Місто") -> Any:
    rows = [[*row(f"AU-{place}"), town] for place, town in enumerate(towns, start=1)]
    return send(by, project, as_csv(rows, headings=(*HEADINGS, heading)))


def towns() -> list[str]:
    return list(InsuredPerson.objects.order_by("pk").values_list("city", flat=True))


@pytest.mark.parametrize("heading", ["Місто", "Населений пункт", "Город", "City"])
def test_it_is_read_changed_and_taken_back(client_manager: Employee, project: Any, heading: str) -> None:
    first = sent(client_manager, project, "Львів", "", heading=heading)
    assert (first.status, sorted(towns())) == ("done", ["", "Львів"])
    again = sent(client_manager, project, "Львів", "", heading=heading)
    assert (again.changed, again.added) == (0, 0)
    moved = sent(client_manager, project, "Стрий", "", heading=heading)
    assert (moved.changed, sorted(towns())) == (1, ["", "Стрий"])
    empty = sent(client_manager, project, "", "", heading=heading)
    assert sorted(towns()) == ["", "Стрий"], "an empty cell erases nothing"
    for batch in (empty, moved):
        actions.undo(by=client_manager, batch=batch)
        worked(batch)
    assert sorted(towns()) == ["", "Львів"]


def test_a_cell_that_is_too_long_is_told_and_left_out(client_manager: Employee, project: Any) -> None:
    batch = sent(client_manager, project, "Львів " * 30, "#N/A", "Тернопіль")
    faults = list(batch.faults.order_by("row").values_list("column", "code", "kept"))
    assert faults == [("city", "too_long", True), ("city", "error_cell", True)]
    assert sorted(towns()) == ["", "", "Тернопіль"]
