"""Two columns that may hold the same: nothing is guessed of a list that is new."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.imports import actions
from cases.imports.models import Batch
from cases.insurance.models import InsuredPerson, Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def holder_and_insured(number: str) -> bytes:
    """Whoever pays stands before whoever is insured, each with a date of birth."""
    headings = (
        "Поліс",
        "Страхувальник",
        "Дата народження",
        "Застрахований",
        "Дата народження",
        *HEADINGS[5:],
    )
    cells = [number, "Коваль Іван", "01.02.1960", "Ґудзь Олена", "24.08.1991", *row(number)[5:]]
    return as_csv([cells], headings=headings)


def test_of_two_columns_of_one_name_it_is_asked_once_which_is_taken(
    client_manager: Employee, project: Any
) -> None:
    batch = send(client_manager, project, holder_and_insured("AU-1"))
    assert (batch.status, batch.attention) == ("preview", "twice")
    mapping = {"Дата народження": "", "Дата народження (5)": "birth_date"}
    actions.apply(by=client_manager, batch=batch, mapping=mapping)
    assert worked(batch).status == "done"
    assert send(client_manager, project, holder_and_insured("AU-2")).status == "done"
    assert set(InsuredPerson.objects.values_list("birth_date", flat=True)) == {date(1991, 8, 24)}


@pytest.mark.parametrize(
    ("heading", "cell", "asked"),
    [
        ("Номер", "1", True),
        ("Ліміт", "450", False),
        ("Мобільний", "067 123 45 68", False),
        ("Примітка", "1", False),
    ],
)
def test_of_two_names_of_one_thing_too(
    client_manager: Employee, project: Any, heading: str, cell: str, asked: bool
) -> None:
    def sent(number: str) -> Batch:
        return send(client_manager, project, as_csv([[cell, *row(number)]], headings=(heading, *HEADINGS)))

    batch = sent("AU-1")
    assert (batch.status, batch.attention) == (("preview", "twice") if asked else ("done", ""))
    if asked:
        actions.apply(by=client_manager, batch=batch, mapping={heading: "", "Номер поліса": "number"})
        assert worked(batch).status == "done" and sent("AU-2").status == "done"
        assert set(Policy.objects.values_list("number", flat=True)) == {"AU-1", "AU-2"}
