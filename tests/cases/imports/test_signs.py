"""Numbers that differ only in the places of their signs are one where the person is one, and else nobody guesses."""

from __future__ import annotations

from typing import Any

import pytest

from cases.imports import selectors
from cases.insurance.models import InsuredPerson, Policy
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send

pytestmark = pytest.mark.django_db

ALIKE = ("12345", "12 345", "12/345", "-12-345-", "12-3-45", "12–345")
UNLIKE = ("123-45", "1-2345", "1234.5")


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize(("number", "taken"), [(one, one in ALIKE) for one in ALIKE + UNLIKE])
def test_another_person_under_a_number_with_other_signs_is_refused(
    client_manager: Employee, project: Any, mode: str, stored: bool, number: str, taken: bool
) -> None:
    first, second = row("12-345"), row(number, "Щур", "Юрій", "01.02.1980")
    if stored:
        send(client_manager, project, as_csv([first]))
    rows = [second] if stored and mode == "add" else [first, second]
    batch = send(client_manager, project, as_csv(rows), mode=mode)
    assert (batch.status, batch.rejected, batch.ended) == (
        "preview" if batch.attention else "done",
        not taken,
        0,
    )
    assert Policy.objects.count() == 1 and InsuredPerson.objects.count() == 1 + taken
    if not taken:
        (told,) = selectors.faults(batch, limit=9)
        assert number in told.text and "12-345" in told.text and not told.kept


@pytest.mark.parametrize("since", ["01.01.2026", "01.01.2027"])
def test_the_same_person_may_write_it_otherwise(client_manager: Employee, project: Any, since: str) -> None:
    send(client_manager, project, as_csv([row("12-345")]))
    batch = send(client_manager, project, as_csv([row("123-45", since=since, until="31.12.2027")]))
    assert (batch.status, batch.rejected) == ("done", 0) and InsuredPerson.objects.count() == 1
    family = [row("77-1"), row("77-1", "Щур"), row("7-71", "Щур", since="01.01.2027", until="31.12.2027")]
    assert send(client_manager, project, as_csv(family)).rejected == 0


def test_a_number_with_other_signs_alone_ends_no_policy(client_manager: Employee, project: Any) -> None:
    send(client_manager, project, as_csv([row("12-345")]))
    headings = (*HEADINGS[:3], "Припинено")
    for number, ended in (("123-45", 0), ("12345", 1)):
        batch = send(
            client_manager, project, as_csv([[number, "", "", "15.11.2026"]], headings=headings), mode="end"
        )
        assert (batch.ended, batch.rejected) == (ended, 1 - ended)
        assert Policy.objects.filter(ended_on=None).count() == 1 - ended
