"""Several tables in one list: sheets of a workbook, files of an archive."""

from __future__ import annotations

from typing import Any

import pytest

from cases.imports import selectors
from cases.imports.labels import failure_text
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


@pytest.mark.parametrize(
    "second",
    [
        [[*HEADINGS, "Примітка"], [*row("AU-20"), ""]],
        [[HEADINGS[1], HEADINGS[0], *HEADINGS[2:]], ["Щур", "AU-20", *row("")[2:]]],
    ],
    ids=["one more", "another order"],
)
def test_a_sheet_that_is_a_list_with_other_columns_is_not_left_out(
    client_manager: Employee, project: Any, second: Any
) -> None:
    batch = send(client_manager, project, as_csv([row("AU-10"), row("AU-20", "Щур")]))
    content = as_sheets(Січень=[list(HEADINGS), row("AU-10")], Лютий=second)
    batch = send(client_manager, project, content, mode="full")
    assert (batch.status, batch.failure, batch.failure_place) == ("failed", "columns_differ", "Лютий")
    assert failure_text(batch.failure, batch.failure_place).startswith("Лютий: ")
    assert not Policy.objects.filter(ended_on__isnull=False).exists()


def test_a_sheet_that_goes_on_without_headings_is_not_left_out(
    client_manager: Employee, project: Any
) -> None:
    rows = [row(f"AU-{n}") for n in range(9)]
    send(client_manager, project, as_csv(rows))
    content = as_sheets(Січень=[list(HEADINGS), *rows[:6]], Лютий=[["Продовження"], *rows[6:]])
    batch = send(client_manager, project, content, mode="full")
    assert (batch.status, batch.failure, batch.failure_place) == ("failed", "no_headings", "Лютий")
    assert not Policy.objects.filter(ended_on__isnull=False).exists()
    cover = [["Станом на", "29.11.2026"], ["1", "Список", "29.11.2026"], ["3", "29.11.2026"]]
    for page in ([one] for one in cover):
        content = as_sheets(Обкладинка=page, Січень=[list(HEADINGS), *rows])
        batch = send(client_manager, project, content, mode="full")
        assert (batch.status, batch.same, batch.left_out) == ("done", 9, ["Обкладинка"])


@pytest.mark.parametrize("mode", ["end", "full"])
def test_a_sheet_of_endings_beside_a_list_is_not_left_out(
    client_manager: Employee, project: Any, mode: str
) -> None:
    send(client_manager, project, as_csv([row("AU-1"), row("AU-2")]))
    first = [[*HEADINGS, "Припинено"], [*row("AU-1"), "15.11.2026"]]
    content = as_sheets(Вибули=first, Розірвані=[["Номер поліса", "Припинено"], ["AU-2", "15.11.2026"]])
    batch = send(client_manager, project, content, mode=mode)
    assert (batch.status, batch.failure, batch.failure_place) == ("failed", "columns_differ", "Розірвані")
    assert not Policy.objects.filter(ended_on__isnull=False).exists()


def test_files_of_the_system_are_no_lists(client_manager: Employee, project: Any) -> None:
    list_ = as_csv([row("AU-1")])
    content = as_zip(
        **{".DS_Store": b"\0\0\0\1Bud1", "__MACOSX/._a.csv": b"\0", "папка/.a.csv": b"\0", "a.csv": list_}
    )
    batch = send(client_manager, project, content)
    assert (batch.status, batch.added) == ("done", 1)


def test_a_name_in_an_archive_of_windows_is_read(client_manager: Employee, project: Any) -> None:
    """Explorer packs names in the code page of DOS, and says so nowhere."""
    content = as_zip(**{"#" * 6 + ".csv": as_csv([row("AU-1", born="сорок")])})
    content = content.replace(b"#" * 6, "список".encode("cp866"))
    batch = send(client_manager, project, content)
    assert [one.source for one in selectors.faults(batch, limit=5)] == ["список.csv"]


def test_a_table_in_a_file_of_a_long_name_has_a_place(client_manager: Employee, project: Any) -> None:
    sheets = {
        name: [list(HEADINGS), row(number)] for name, number in (("С" * 31, "AU-1"), ("Л" * 31, "AU-2"))
    }
    batch = send(client_manager, project, as_zip(**{"а" * 195 + ".xlsx": as_sheets(**sheets)}))
    assert (batch.status, batch.added) == ("done", 2)
