"""A number that a workbook shows with noughts before it is read with them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from cases.insurance.models import Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, ready, row, send

pytestmark = pytest.mark.django_db

FORMATS = {
    "00000000": "00012345", "000-00000": "00012345", '000" "00000': "00012345", "00000000;@": "00012345",
    "000": "12345", "0": "12345", "General": "12345", "#,##0": "12345", "0000000.00": "12345",
}  # fmt: skip


def test_noughts_are_read_as_they_are_shown(client_manager: Employee, project: Any) -> None:
    ready(project)
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for _form in FORMATS:
        sheet.append([12345, *row("")[1:]])
    sheet.append(["123", *row("")[1:]])
    for at, form in enumerate([*FORMATS, "00000000"], 2):
        sheet.cell(at, 1).number_format = form
    saved = io.BytesIO()
    book.save(saved)
    batch = send(client_manager, project, saved.getvalue(), name="list.xlsx")
    assert {one.value for one in batch.faults.filter(code="again")} <= {"2", "6"}
    assert set(Policy.objects.values_list("number", flat=True)) == {"00012345", "12345", "123"}
