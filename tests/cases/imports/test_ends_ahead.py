"""An end that lies ahead was told in advance: lists that say nothing of ends leave it as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.imports import actions
from cases.imports.models import Batch
from cases.insurance.models import Policy, PolicyPerson
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked

pytestmark = pytest.mark.django_db

EVERYBODY = [row("AU-1"), row("AU-2"), row("AU-2", given="Іван", born="02.03.1989")]
AHEAD = date(2026, 12, 15)
TOLD = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _told(client_manager: Employee, project: Any) -> None:
    """Of the first policy it was told that it ends, of the second that one of two leaves it."""
    ready(project)
    send(client_manager, project, as_csv(EVERYBODY))
    rows = [["AU-1", "", "15.12.2026"], ["AU-2", "Іван", "15.12.2026"]]
    batch = send(
        client_manager, project, as_csv(rows, headings=("Поліс", "Ім'я", "Припинено")), mode="end", day=TOLD
    )
    assert batch.ended == 2 and ends() == (AHEAD, None, {"Олена": None, "Іван": AHEAD})


def ends() -> tuple[date | None, date | None, dict[str, date | None]]:
    """Of both policies, and of who is insured by the second."""
    first, second = Policy.objects.order_by("number").values_list("ended_on", flat=True)
    links = PolicyPerson.objects.filter(policy__number="AU-2").values_list("person__given_name", "ended_on")
    return first, second, dict(links)


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_list_that_says_nothing_of_ends_leaves_them(
    client_manager: Employee, project: Any, mode: str, at_once: bool
) -> None:
    rows = [[*one[:4], "099 111 22 33", *one[5:]] for one in EVERYBODY]
    day = date(2026, 12, 14)
    batch = send(client_manager, project, as_csv(rows), mode=mode, day=day, at_once=at_once)
    assert (batch.changed, batch.ended, batch.rejected) == (3, 0, 0), "telephones"
    if not at_once:
        actions.apply(by=client_manager, batch=batch)
        batch = worked(batch)
    assert (batch.status, batch.changed) == ("done", 3)
    assert ends() == (AHEAD, None, {"Олена": None, "Іван": AHEAD})
    again = send(client_manager, project, as_csv(rows), mode=mode, day=day)
    assert (again.changed, again.same, again.ended) == (0, 3, 0)
    for later in (again, batch):
        actions.undo(by=client_manager, batch=later)
        worked(later)
    assert ends() == (AHEAD, None, {"Олена": None, "Іван": AHEAD})


def test_who_joins_is_insured_until_then(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, as_csv([row("AU-1", given="Леся")]), day=TOLD)
    assert batch.added == 1 and ends()[0] == AHEAD


@pytest.mark.parametrize("mode", ["add", "full"])
def test_whom_a_list_names_when_it_has_come_is_insured_again(
    client_manager: Employee, project: Any, mode: str
) -> None:
    batch = send(client_manager, project, as_csv(EVERYBODY), mode=mode, day=AHEAD)
    assert batch.changed == 2 and ends() == (None, None, {"Олена": None, "Іван": None})


def _said(client_manager: Employee, project: Any, content: bytes) -> Batch:
    return send(client_manager, project, content, day=date(2026, 11, 21))


def test_a_column_of_ends_or_another_term_says_it_anew(client_manager: Employee, project: Any) -> None:
    rows = [[*one, ""] for one in EVERYBODY]
    assert _said(client_manager, project, as_csv(rows, headings=(*HEADINGS, "Припинено"))).changed == 2
    assert ends() == (None, None, {"Олена": None, "Іван": None})
    Policy.objects.filter(number="AU-1").update(ended_on=AHEAD)
    longer = [row("AU-1", until="31.12.2027")]
    assert _said(client_manager, project, as_csv(longer)).changed == 1
    assert ends()[0] is None


def test_who_is_missing_ends_on_the_date_of_the_list(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, as_csv([EVERYBODY[1]]), mode="full", day=date(2026, 11, 21))
    assert batch.ended == 2
    assert ends() == (date(2026, 11, 21), None, {"Олена": None, "Іван": date(2026, 11, 21)})
