"""From the file to the written list on the pages and in the API; whose lists one sees; what the log keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from cases.imports import actions
from cases.imports.models import Batch
from cases.imports.selectors import fault_totals
from cases.insurance.models import Policy
from cases.privacy.models import AccessLog
from fregat.lib import jobs
from staff.employees.models import Employee
from tests.cases.imports.kit import WHOLE, as_csv, ready, row, send
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(client_manager: Employee) -> Client:
    return sign_in(Client(), client_manager)


def upload(content: bytes, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_list_is_brought_in_named_checked_written_and_taken_back(web: Client, project: Any) -> None:
    ready(project)
    from cases.imports.models import Layout

    held = Layout.objects.get().defaults
    Layout.objects.all().delete()
    sent = {
        "insurer": project.pk,
        "mode": "add",
        "file": upload(as_csv([row("AU-1"), row("AU-2", born="31.02.1990")])),
    }
    answer = web.post("/imports/new/", sent)
    address = answer["Location"]
    jobs.sweep()
    text = web.get(address).content.decode()
    assert "Не всі стовпці зрозуміло" in text
    names = ("number", "surname", "given_name", "birth_date", "phone", "valid_from", "valid_to")
    columns = {f"column_{index}": name for index, name in enumerate(names)}
    assert web.post(f"{address}columns/", columns).status_code == 400
    assert web.post(f"{address}columns/", {**columns, **held}).status_code == 302
    jobs.sweep()
    text = web.get(address).content.decode()
    assert "31.02.1990" in text and "Рядків" in text
    assert not Policy.objects.exists()
    assert web.post(f"{address}apply/").status_code == 302
    jobs.sweep()
    assert Policy.objects.get().number == "AU-1"
    assert web.post(f"{address}apply/").status_code == 409
    faults = web.get(f"{address}faults/").content.decode("utf-8-sig")
    assert "31.02.1990" in faults and "AU-2" in faults and "AU-1" not in faults
    assert web.post(f"{address}undo/").status_code == 302
    jobs.sweep()
    assert not Policy.objects.exists()
    assert Batch.objects.get().status == "undone"
    looks = AccessLog.objects.filter(kind="import", objects_seen=[Batch.objects.get().uuid])
    assert set(looks.values_list("action", "part")) == {("view", "list"), ("download", "list")}


def test_the_columns_are_known_the_next_time(client_manager: Employee, project: Any) -> None:
    ready(project)
    odd = ("А", "Б", "В", "Г", "Ґ", "Д", "Е")
    batch = send(client_manager, project, as_csv([row("AU-1")], headings=odd))
    assert (batch.status, batch.attention) == ("preview", "columns")
    names = ("number", "surname", "given_name", "birth_date", "phone", "valid_from", "valid_to")
    actions.apply(by=client_manager, batch=batch, mapping=dict(zip(odd, names, strict=True)))
    jobs.sweep()
    assert send(client_manager, project, as_csv([row("AU-2")], headings=odd)).status == "done"


def test_a_page_says_how_far_the_work_is(web: Client, client_manager: Employee, project: Any) -> None:
    ready(project)
    batch = actions.receive(
        by=client_manager, insurer=project, mode="add", upload=upload(as_csv([row("AU-1")]))
    )
    assert "hx-get" in web.get(f"/imports/{batch.pk}/progress/").content.decode()
    assert "<progress" in web.get(f"/imports/{batch.pk}/").content.decode()
    jobs.sweep()
    done = web.get(f"/imports/{batch.pk}/progress/", headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == f"/imports/{batch.pk}/"


def test_filters_are_in_the_address(web: Client, client_manager: Employee, project: Any) -> None:
    ready(project)
    send(client_manager, project, as_csv([row("AU-1")]), name="known.csv")
    assert "known.csv" in web.get("/imports/", {"status": "done"}).content.decode()
    assert (
        "known.csv" not in web.get("/imports/", {"status": "failed", "insurer": project.pk}).content.decode()
    )


def test_the_api_tells_the_same(client_manager: Employee, project: Any) -> None:
    ready(project)
    api = sign_in(APIClient(), client_manager)
    given = {"insurer": project.pk, "mode": "full", "apply": "true"}
    faulty = [row("AU-1"), row("AU-2", since="01.13.2026"), row("AU-3", phone="12")]
    made = api.post("/api/v1/imports/", {**given, "file": upload(as_csv(faulty))}, format="multipart")
    assert made.status_code == 201 and made.data["status"] == "reading"
    again = api.post("/api/v1/imports/", {**given, "file": upload(as_csv(faulty))}, format="multipart")
    assert again.status_code == 409
    jobs.sweep()
    told = api.get(f"/api/v1/imports/{made.data['id']}/").data
    counts = {
        name: told[name] for name in ("status", "rows", "added", "changed", "ended", "rejected", "progress")
    }
    assert counts == {
        "status": "done", "rows": 3, "added": 2, "changed": 0, "ended": 0, "rejected": 1, "progress": 100,
    }  # fmt: skip
    faults = api.get(f"/api/v1/imports/{made.data['id']}/faults/").data["results"]
    assert [(one["row"], one["column"], one["kept"]) for one in faults] == [
        (3, "Діє з", False),
        (4, "Телефон", True),
    ]
    assert "01.13.2026" in faults[0]["text"]
    assert api.post(f"/api/v1/imports/{made.data['id']}/undo/").status_code == 200


def test_the_head_has_somebody_else_write_what_they_brought_in(
    head: Employee, client_manager: Employee, project: Any
) -> None:
    ready(project)
    batch = send(head, project, as_csv([row("AU-1")]))
    assert (batch.status, batch.attention) == ("preview", "second_person")
    api = sign_in(APIClient(), head)
    assert api.post(f"/api/v1/imports/{batch.pk}/apply/", {}, format="json").status_code == 403
    assert sign_in(APIClient(), client_manager).post(f"/api/v1/imports/{batch.pk}/apply/").status_code == 200
    jobs.sweep()
    assert Policy.objects.get().number == "AU-1"


def test_a_name_of_no_territory_is_told_beside_those_that_there_are(
    web: Client, client_manager: Employee, project: Any
) -> None:
    ready(project)
    rows = [
        [*row("AU-1"), "Стандарт", "Антарктида", "EUR", "30000"],
        [*row("AU-2"), "Економ", "Світ", "EUR", "30000"],
    ]
    batch = send(client_manager, project, as_csv(rows, headings=WHOLE), at_once=False)
    totals = {text.partition(".")[0]: text for _heading, text, _times in fault_totals(batch)}
    assert all("Світ" in text for fault, text in totals.items() if "«Антарктида»" in fault)
    assert all("Стандарт" in text for fault, text in totals.items() if "«Економ»" in fault)
    assert len(totals) == 2


def test_of_a_refused_row_it_is_not_said_that_it_is_taken(
    web: Client, client_manager: Employee, project: Any
) -> None:
    """«Рядок прийнято без нього» stood beside «Прийнято: ні»."""
    ready(project)
    batch = send(
        client_manager,
        project,
        as_csv([row("AU-1"), row("AU-2", born="31.02.1990", phone="12")]),
        at_once=False,
    )
    assert (batch.added, batch.rejected) == (1, 1)
    told = web.get(f"/imports/{batch.pk}/faults/").content.decode("utf-8-sig")
    assert "«12»" in told and "Рядок прийнято" not in told


@pytest.mark.parametrize("spoilt", [1, 60])
def test_each_fault_stands_once_on_the_page(
    web: Client, client_manager: Employee, project: Any, spoilt: int
) -> None:
    """Beside the first rows by number their kinds are counted only where there are more than are shown."""
    ready(project)
    more = ["Стандарт", "Антарктида", "EUR", "30000"]
    rows = [[*row(f"AU-{n}", born=f"31.02.19{n + 10}"), *more] for n in range(spoilt)]
    batch = send(client_manager, project, as_csv(rows, headings=WHOLE), at_once=False)
    text = web.get(f"/imports/{batch.pk}/").content.decode()
    assert text.count("Світ.") == 1, "what the name could have been"
    assert text.count("«31.02.1910»") == (1 if spoilt == 1 else 2)
    assert ("Разів" in text) == (spoilt > 1)
