"""A day of a wrong year, and lists by which most would end: told or asked before anybody loses their insurance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from cases.imports import actions, selectors
from cases.imports.models import Batch
from cases.insurance.models import Policy
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
ENDING = (*HEADINGS, "Припинено")


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def end_of(number: str) -> date | None:
    return Policy.objects.get(number=number).ended_on


@pytest.mark.parametrize("who", [["", ""], ["Ґудзь", "Олена"]])
@pytest.mark.parametrize(
    ("day", "ended"),
    [
        ("15.11.2025", None),
        ("15.11.1996", None),
        ("31.12.2025", None),
        ("01.01.2026", date(2026, 1, 1)),
        ("02.01.2026", date(2026, 1, 2)),
    ],
)
def test_an_ending_before_a_term_that_has_begun_is_a_fault(
    client_manager: Employee, project: Any, who: list[str], day: str, ended: date | None
) -> None:
    send(client_manager, project, as_csv([row("AU-1"), row("AU-2")]))
    content = as_csv([["AU-1", *who, day]], headings=("Номер поліса", "Прізвище", "Ім'я", "Припинено"))
    batch = send(client_manager, project, content, mode="end", day=DAY)
    assert (batch.ended, batch.rejected) == (bool(ended), not ended) and end_of("AU-1") == ended
    if not ended:
        (told,) = selectors.faults(batch, limit=9)
        assert told.heading == "Припинено" and "01.01.2026" in told.text


@pytest.mark.parametrize(("day", "ended"), [("10.11.2026", True), ("15.01.2026", False)])
def test_what_has_not_begun_is_cancelled_by_a_day_near_the_list(
    client_manager: Employee, project: Any, day: str, ended: bool
) -> None:
    send(client_manager, project, as_csv([row("AU-1", since="01.01.2027", until="31.12.2027")]))
    content = as_csv([["AU-1", day]], headings=("Номер поліса", "Припинено"))
    batch = send(client_manager, project, content, mode="end", day=DAY)
    assert (batch.ended, batch.rejected) == (ended, not ended)


@pytest.mark.parametrize("mode", ["add", "full"])
@pytest.mark.parametrize("stored", [False, True])
def test_a_row_that_ends_before_its_own_term_is_a_fault(
    client_manager: Employee, project: Any, mode: str, stored: bool
) -> None:
    if stored:
        send(client_manager, project, as_csv([row("AU-1")]))
    rows = [[*row("AU-1"), "15.11.2025"], [*row("AU-2"), "15.11.2026"]]
    batch = send(client_manager, project, as_csv(rows, headings=ENDING), mode=mode, day=DAY)
    assert (batch.status, batch.rejected, batch.ended) == ("done", 1, 0)
    (told,) = selectors.faults(batch, limit=9)
    assert told.heading == "Припинено" and "01.01.2026" in told.text
    assert set(Policy.objects.values_list("number", "ended_on")) == {
        *([("AU-1", None)] if stored else []), ("AU-2", date(2026, 11, 15)),
    }  # fmt: skip


def test_what_was_cancelled_before_it_began_stays_so_in_later_lists(
    client_manager: Employee, project: Any
) -> None:
    rows = [[*row("AU-1", since="01.11.2026", until="31.12.2027"), "20.10.2026"]]
    content = as_csv(rows, headings=ENDING)
    assert send(client_manager, project, content, day=date(2026, 10, 21)).added == 1
    again = send(client_manager, project, content, mode="full", day=DAY)
    assert (again.status, again.same, again.rejected) == ("done", 1, 0)
    assert end_of("AU-1") == date(2026, 10, 20)


@pytest.mark.parametrize("days", [-365, -200, 200, 366, 3650])
def test_a_list_of_another_year_is_not_taken(client_manager: Employee, project: Any, days: int) -> None:
    day = clock.local(clock.now()).date() + timedelta(days=days)
    for browser, address, how in (
        (Client(), "/imports/new/", {}),
        (APIClient(), "/api/v1/imports/", {"format": "multipart"}),
    ):
        sign_in(browser, client_manager)
        sent = {"insurer": project.pk, "mode": "full", "list_date": f"{day:%Y-%m-%d}"}
        content = as_csv([row("AU-1")])
        answer = browser.post(address, {**sent, "file": SimpleUploadedFile("list.csv", content)}, **how)
        assert answer.status_code == 400
        assert "list_date" in answer.content.decode() and not Batch.objects.exists()


@pytest.mark.parametrize("mode", ["full", "end"])
@pytest.mark.parametrize(
    ("policies", "gone", "asked"), [(9, 8, False), (10, 5, False), (10, 6, True), (30, 16, True)]
)
def test_a_list_that_ends_most_of_a_small_insurer_is_looked_at(
    client_manager: Employee, project: Any, mode: str, policies: int, gone: int, asked: bool
) -> None:
    rows = [row(f"AU-{n}") for n in range(policies)]
    send(client_manager, project, as_csv(rows))
    named = rows[gone:] if mode == "full" else rows[:gone]
    content = as_csv([[*one, ""] for one in named], headings=ENDING)
    batch = send(client_manager, project, content, mode=mode, day=DAY)
    assert batch.ended == gone
    assert (batch.status, batch.attention) == (("preview", "most_end") if asked else ("done", ""))
    if asked:
        actions.apply(by=client_manager, batch=batch)
        assert (worked(batch).status, batch.ended) == ("done", gone)


def test_an_older_full_list_after_a_later_one_is_looked_at(client_manager: Employee, project: Any) -> None:
    def sent(day: int, *numbers: str, **options: Any) -> Batch:
        content = as_csv([row(number) for number in numbers])
        return send(client_manager, project, content, mode="full", day=date(2026, 11, day), **options)

    sent(19, "AU-1")
    assert sent(25, "AU-1", "AU-2").status == "done"
    batch = sent(20, "AU-1")
    assert (batch.status, batch.attention, batch.ended) == ("preview", "older", 1) and end_of("AU-2") is None
    assert sent(20, "AU-1", "AU-2").status == "done", "nobody ends"
    batch = sent(20, "AU-1")
    actions.apply(by=client_manager, batch=batch)
    assert worked(batch).status == "done"
    assert sent(25, "AU-1", "AU-2").status == "done"
    assert sent(25, "AU-1").status == "done", "the same day"
