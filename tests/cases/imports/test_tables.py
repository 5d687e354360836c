"""Several tables in one list: sheets of a workbook, files of an archive."""

from __future__ import annotations

from typing import Any

import pytest

from cases.imports import selectors
from cases.insurance.models import Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, as_sheets, as_zip, ready, row, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def two_sheets() -> bytes:
    return as_sheets(
        Січень=[list(HEADINGS), row("AU-10"), [], row("AU-12")],
        Лютий=[list(HEADINGS), row("AU-20"), row("AU-21", born="сорок")],
    )


def two_files() -> bytes:
    first = [[], ["Список"], list(HEADINGS), row("AU-10"), [], row("AU-12")]
    second = [row("AU-20"), row("AU-21", born="сорок")]
    return as_zip(a__csv=as_csv(first, headings=()), Лютий=as_csv(second))


@pytest.mark.parametrize("content", [two_sheets, two_files])
def test_rows_of_several_tables_have_numbers_of_their_own(
    client_manager: Employee, project: Any, content: Any
) -> None:
    batch = send(client_manager, project, content(), name="list.zip")
    assert (batch.status, batch.rows, batch.added, batch.rejected) == ("done", 4, 3, 1)
    (fault,) = selectors.faults(batch, limit=5)
    assert (fault.source, fault.row_there) == ("Лютий", 3)
    assert sorted(Policy.objects.values_list("number", flat=True)) == ["AU-10", "AU-12", "AU-20"]
