"""A list of endings whose only day stands in «Діє до»: does each row end then, or the term? Asked once."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from cases.imports import actions
from cases.imports.models import Batch
from cases.insurance.models import Policy
from fregat.lib import jobs
from fregat.lib.errors import Invalid
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, ready, row, send, worked
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 28)
"""Of the lists."""
COLUMNS = ("Номер поліса", "Прізвище")


@pytest.fixture(autouse=True)
def _known(client_manager: Employee, project: Any) -> None:
    ready(project)
    send(client_manager, project, as_csv([row("AU-1"), row("AU-2", until="20.12.2026"), row("AU-3")]))


def endings(number: str, day: str, heading: str = "Діє до", more: dict[str, str] | None = None) -> bytes:
    cells = [number, "Ґудзь", day, *(more or {}).values()]
    return as_csv([cells], headings=(*COLUMNS, heading, *(more or {})))


def end_of(number: str) -> date | None:
    return Policy.objects.get(number=number).ended_on


@pytest.mark.parametrize("heading", ["Діє до", "Дата закінчення", "valid until"])
@pytest.mark.parametrize(
    ("field", "ended"),
    [("ended_on", (date(2026, 12, 20), date(2026, 12, 15))), ("valid_to", (DAY, DAY))],
)
def test_it_is_asked_once(
    client_manager: Employee, project: Any, heading: str, field: str, ended: tuple[date, date]
) -> None:
    def sent(number: str, day: str) -> Batch:
        return send(client_manager, project, endings(number, day, heading), mode="end", day=DAY)

    batch = sent("AU-2", "20.12.2026")
    assert (batch.status, batch.attention) == ("preview", "last_day")
    assert end_of("AU-2") is None
    with pytest.raises(Invalid):
        actions.apply(by=client_manager, batch=batch)
    actions.apply(by=client_manager, batch=batch, mapping={heading: field})
    assert (worked(batch).status, batch.ended) == ("done", 1)
    assert end_of("AU-2") == ended[0]
    batch = sent("AU-3", "15.12.2026")
    assert (batch.status, batch.attention, batch.ended) == ("done", "", 1)
    assert end_of("AU-3") == ended[1]
    added = send(client_manager, project, as_csv([row("AU-9", until="30.12.2026")]))
    assert added.status == "done", "in other lists the column holds what it held"
    assert Policy.objects.get(number="AU-9").valid_to == date(2026, 12, 30)


def test_where_another_column_tells_the_day_nothing_is_asked(client_manager: Employee, project: Any) -> None:
    more = {"Припинено": "15.12.2026"}
    batch = send(client_manager, project, endings("AU-1", "31.12.2026", more=more), mode="end", day=DAY)
    assert batch.status == "done" and end_of("AU-1") == date(2026, 12, 15)
    batch = send(client_manager, project, endings("AU-3", "31.12.2026"), mode="end", day=DAY)
    assert batch.attention == "last_day", "that was not said of «Діє до»"
    actions.apply(by=client_manager, batch=batch, mapping={"Діє до": "ended_on"})
    worked(batch)
    more = {"Припинено": "16.12.2026"}
    batch = send(client_manager, project, endings("AU-2", "20.12.2026", more=more), mode="end", day=DAY)
    assert batch.status == "done" and end_of("AU-2") == date(2026, 12, 16)


def test_it_is_asked_on_the_page(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, endings("AU-1", "15.12.2026"), mode="end", day=DAY, at_once=False)
    web = sign_in(Client(), client_manager)
    address = f"/imports/{batch.pk}/"
    text = web.get(address).content.decode()
    assert "«Діє до»" in text and "ended_on" in text and "apply/" not in text
    assert web.post(f"{address}apply/").status_code == 400
    said = {"column_0": "number", "column_1": "surname", "column_2": ""}
    assert web.post(f"{address}columns/", said).status_code == 400
    assert web.post(f"{address}columns/", {**said, "column_2": "ended_on"}).status_code == 302
    jobs.sweep()
    assert web.post(f"{address}apply/").status_code == 302
    jobs.sweep()
    assert end_of("AU-1") == date(2026, 12, 15)


def test_it_is_asked_in_the_api(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, endings("AU-1", "15.12.2026"), mode="end", day=DAY)
    api = sign_in(APIClient(), client_manager)
    address = f"/api/v1/imports/{batch.pk}/"
    assert "«Діє до»" in api.get(address).data["attention"]
    refused = api.post(f"{address}apply/", {}, format="json")
    assert refused.status_code == 400 and "mapping" in refused.data["errors"]
    answer = api.post(f"{address}apply/", {"mapping": {"Діє до": "ended_on"}}, format="json")
    assert answer.status_code == 200
    jobs.sweep()
    assert end_of("AU-1") == date(2026, 12, 15)


def test_the_command_asks_and_is_answered(client_manager: Employee, project: Any, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(endings("AU-1", "15.12.2026"))
    asked = [
        str(file),
        "--insurer",
        project.code,
        "--mode",
        "end",
        "--by",
        client_manager.username,
        "--apply",
    ]
    with pytest.raises(CommandError, match="--column 'Діє до=ended_on'"):
        call_command("import_list", *asked, stdout=StringIO())
    Batch.objects.get(status="preview").delete()
    for wrong in ("Діє до", "Діє до=end"):
        with pytest.raises(CommandError):
            call_command("import_list", *asked, "--column", wrong, stdout=StringIO())
    call_command(
        "import_list", *asked, "--column", "Діє до=ended_on", "--date", "2026-11-28", stdout=StringIO()
    )
    assert end_of("AU-1") == date(2026, 12, 15)


def test_a_strange_column_is_asked_about_where_no_column_tells_the_day(
    client_manager: Employee, project: Any
) -> None:
    def sent(number: str) -> Batch:
        content = endings(number, "15.12.2026", "Вибув", {"Примітка": "продаж авто"})
        return send(client_manager, project, content, mode="end", day=DAY)

    batch = sent("AU-1")
    assert (batch.status, batch.attention) == ("preview", "columns") and end_of("AU-1") is None
    actions.apply(by=client_manager, batch=batch, mapping={"Вибув": "ended_on"})
    assert worked(batch).status == "done" and end_of("AU-1") == date(2026, 12, 15)
    assert sent("AU-3").status == "done" and end_of("AU-3") == date(2026, 12, 15)


def test_what_a_strange_column_holds_in_endings_is_not_what_it_holds_elsewhere(
    client_manager: Employee, project: Any
) -> None:
    """«Дата» may be the day of an ending in one list, and that of the contract in another."""

    def sent(number: str, day: str) -> Batch:
        return send(client_manager, project, endings(number, day, "Дата"), mode="end", day=DAY)

    batch = sent("AU-1", "15.12.2026")
    assert batch.attention == "columns"
    actions.apply(by=client_manager, batch=batch, mapping={"Дата": "ended_on"})
    assert worked(batch).status == "done" and end_of("AU-1") == date(2026, 12, 15)
    new = [*row("AU-9", since="30.11.2026"), "28.11.2026"]
    added = send(client_manager, project, as_csv([new], headings=(*HEADINGS, "Дата")), day=DAY)
    assert (added.status, added.added) == ("done", 1) and end_of("AU-9") is None
    assert sent("AU-3", "14.12.2026").status == "done" and end_of("AU-3") == date(2026, 12, 14)
    batch = send(
        client_manager, project, endings("AU-2", "14.12.2026", "Дата"), mode="end", day=DAY, at_once=False
    )
    actions.apply(by=client_manager, batch=batch, mapping={"Дата": ""})
    assert worked(batch).status == "done" and end_of("AU-2") == DAY
    assert sent("AU-9", "14.12.2026").status == "done" and end_of("AU-9") == DAY, "it was said anew"
