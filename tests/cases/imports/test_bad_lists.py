"""Whatever is sent gets a sentence: the whole file, or the row in it; good rows are kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from cases.imports import selectors
from cases.imports.labels import failure_text
from cases.imports.models import Layout
from cases.insurance.models import InsuredPerson, Policy, Programme
from fregat.lib import clock
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, WHOLE, as_csv, as_xlsx, as_zip, ready, row, send

pytestmark = pytest.mark.django_db

GOOD = row("AU-1")


@pytest.fixture(autouse=True)
def _known(project: Any) -> None:
    ready(project)


def encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )


def bomb() -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package,
        package.open("list.csv", "w", force_zip64=True) as file,
    ):
        for _megabyte in range(610):
            file.write(bytes(1_000_000))
    return packed.getvalue()


def far_corner() -> bytes:
    """A workbook of two cells, one of them in the last corner: as a rectangle it would be seventeen milliards."""
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return repacked(as_xlsx([GOOD]), "sheet1.xml", b"</sheetData>", corner)


def repacked(book: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The workbook with this replaced in its member."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as package, zipfile.ZipFile(packed, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            other.writestr(name, content.replace(old, new) if name.endswith(member) else content)
    return packed.getvalue()


def long_cell(size: int) -> bytes:
    """A workbook with a cell longer than any program lets people write."""
    return repacked(as_xlsx([GOOD]), "sheet1.xml", b"067 123 45 67", b"7" * size)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"%PDF-1.7 not a table", "kind"),
        (lambda: bytes(range(256)) * 20, "kind"),
        (lambda: "<table><tr><td>Номер поліса</td><td>Прізвище</td></tr></table>".encode(), "kind"),
        (lambda: '<?xml version="1.0"?>\n<Workbook><Worksheet/></Workbook>'.encode("utf-8-sig"), "kind"),
        (lambda: as_xlsx([GOOD])[:-400], "damaged"),
        (lambda: as_zip(list__xlsx=as_xlsx([GOOD])[:-400]), "damaged"),
        (encrypted, "password"),
        (lambda: as_xlsx([], headings=()), "empty"),
        (lambda: as_csv([]), "empty"),
        (lambda: as_zip(inner__zip=as_zip(list__csv=as_csv([GOOD]))), "nested"),
        (bomb, "bomb"),
        (lambda: as_csv([row("AU-1", "А" * 131_073)]), "quotes"),
        (lambda: as_csv([row("AU-1", '"' * 131_073)]), "quotes"),
        (lambda: long_cell(131_073), "damaged"),
        (lambda: as_csv([GOOD]) + b'"AU-2;\xd0\x86;1;2\n', "quotes"),
        (lambda: "Номер;Ім'я\nAU-1;\x98\n".encode("cp1251", "replace") + b"\x98\xff\x98", "encoding"),
        (
            lambda: as_zip(a__csv=as_csv([GOOD]), b__csv=as_csv([["1", "2"]], headings=("X", "Y"))),
            "columns_differ",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_told_why_and_nothing_is_written(
    client_manager: Employee, project: Any, content: Any, code: str
) -> None:
    batch = send(client_manager, project, content())
    assert (batch.status, batch.failure) == ("failed", code)
    assert len(failure_text(batch.failure, batch.failure_place)) > 20
    assert not batch.pieces.exists() and not batch.chunks.exists() and not InsuredPerson.objects.exists()


def test_a_cell_in_the_far_corner_chokes_nobody(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, far_corner(), name="list.xlsx")
    assert batch.status == "failed" and batch.failure in ("bomb", "too_wide", "damaged")


TOMORROW = f"{clock.now().date() + timedelta(days=2):%d.%m.%Y}"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (row(""), "missing"),
        (row("Ґудзь Олена"), "number"),
        (row("AU-2", "12345"), "name"),
        (row("AU-2", born="29.02.2023"), "birth_date"),
        (row("AU-2", born=TOMORROW), "birth_ahead"),
        (row("AU-2", born="01.01.1890"), "too_old"),
        (row("AU-2", born="13/24/1990"), "birth_date"),
        (row("AU-2", since="", until="31.12.2026"), "missing"),
        (row("AU-2", since="31.12.2026", until="01.01.2026"), "term_backwards"),
        (row("AU-2", until="31.12.2206"), "term_far"),
        (row("#REF!"), "error_cell"),
        (row("AU-2", "А" * 101), "too_long"),
        (row("AU-1"), "again"),
        (row("AU-1", given="Марко", until="30.11.2026"), "terms_differ"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_row_is_told_by_its_number_and_good_ones_are_written(
    client_manager: Employee, project: Any, cells: Sequence[str], code: str
) -> None:
    batch = send(client_manager, project, as_csv([GOOD, cells, row("AU-3", "Щур")]))
    assert (batch.status, batch.added, batch.rejected) == ("done", 2, 1)
    (fault,) = selectors.faults(batch, limit=5)
    assert fault.row_there == 3 and not fault.kept and fault.text
    assert batch.faults.get().code == code
    assert sorted(Policy.objects.values_list("number", flat=True)) == ["AU-1", "AU-3"]


def test_every_fault_of_a_row_is_told_and_each_cell_once(client_manager: Employee, project: Any) -> None:
    bad = row("", "12345", born="29.02.2023", since="31.12.2026", until="01.01.2026", phone="так")
    batch = send(client_manager, project, as_csv([GOOD, bad, row("AU-2", until="ніколи")]))
    assert (batch.added, batch.rejected) == (1, 2)
    told = [(one.row, one.column, one.code) for one in batch.faults.order_by("row", "id")]
    assert sorted(told) == [
        (3, "birth_date", "birth_date"), (3, "number", "missing"), (3, "phone", "phone"), (3, "surname", "name"),
        (3, "valid_to", "term_backwards"), (4, "valid_to", "valid_to"),
    ]  # fmt: skip


def test_a_name_that_is_lacking_is_an_empty_cell(client_manager: Employee, project: Any) -> None:
    batch = send(client_manager, project, as_csv([GOOD, row("AU-2", "")]))
    (fault,) = selectors.faults(batch, limit=5)
    assert (fault.row_there, fault.text) == (3, "Клітинка порожня.")


def test_a_nought_byte_is_a_fault_of_its_row(client_manager: Employee, project: Any) -> None:
    bad = [row("AU-\0X"), row("AU-2", "Щ\0ур"), row("AU-3", born="\0"), row("AU-4", phone="\0")]
    content = as_csv([row(f"AU-1{n:03}") for n in range(100)] + bad)
    batch = send(client_manager, project, content)
    assert (batch.status, batch.added, batch.rejected) == ("done", 101, 3)
    assert set(batch.faults.values_list("code", flat=True)) == {"control"}
    spoilt = [(*HEADINGS, "При\0мітка"), GOOD]
    batch = send(client_manager, project, as_csv(spoilt, headings=[], encoding="utf-16"))
    assert (batch.failure, batch.headings) == ("", [*HEADINGS, "Примітка"])


@pytest.mark.parametrize(
    "said",
    [
        "24.08.1991", "24/08/1991", "1991-08-24", "19910824", "24.08.91", "24 серпня 1991", "24-Aug-1991", "33474",
        "1991-08-24 00:00:00", "24.8.1991 р.",
    ],
)  # fmt: skip
def test_a_date_is_understood_in_every_usual_form(client_manager: Employee, project: Any, said: str) -> None:
    send(client_manager, project, as_csv([row("AU-1", born=said.removesuffix(" р."))]))
    assert InsuredPerson.objects.get().birth_date == date(1991, 8, 24)


def test_a_workbook_has_dates_numbers_and_formulas(client_manager: Employee, project: Any) -> None:
    cells = ["AU-1", "Ґудзь", "Олена", date(1991, 8, 24), 671234567, date(2026, 1, 1), 46387]
    formula = ['="AU-"&2', "Щур", "Леся", date(1991, 8, 24), "", date(2026, 1, 1), date(2026, 12, 31)]
    batch = send(client_manager, project, as_xlsx([cells, formula]), name="list.xlsx")
    assert (batch.added, batch.rejected) == (1, 1)
    person = InsuredPerson.objects.get()
    assert (person.birth_date, person.phone) == (date(1991, 8, 24), "+380671234567")
    assert Policy.objects.get().valid_to == date(2026, 12, 31)
    (fault,) = selectors.faults(batch, limit=5)
    assert fault.row_there == 3 and "формула" in fault.text.lower()


def test_an_error_of_the_spreadsheet_is_no_empty_cell(client_manager: Employee, project: Any) -> None:
    rows = [row("AU-1", born="#N/A"), row("AU-2", phone="#DIV/0!"), row("#REF!")]
    content = as_xlsx(rows)
    content = repacked(content, "sheet1.xml", b"<v>#DIV/0!</v>", b"<f>1/0</f><v>#DIV/0!</v>")
    batch = send(client_manager, project, content, name="list.xlsx")
    assert (batch.added, batch.rejected) == (1, 2)
    told = [(one.row, one.column, one.code, one.value, one.kept) for one in batch.faults.order_by("row")]
    assert told == [
        (2, "birth_date", "error_cell", "#N/A", False), (3, "phone", "error_cell", "#DIV/0!", True),
        (4, "number", "error_cell", "#REF!", False),
    ]  # fmt: skip


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_none(
    client_manager: Employee, project: Any
) -> None:
    numbers = (447_182_300_000, 999_999_999_999_999, 1_234_567_890_123_456, 12_345_678_901_234_567)
    content = as_xlsx([[number, *row("")[1:]] for number in numbers])
    batch = send(client_manager, project, content, name="list.xlsx")
    assert (batch.added, batch.rejected) == (2, 2)
    assert set(Policy.objects.values_list("number", flat=True)) == {"447182300000", "999999999999999"}
    told = batch.faults.order_by("row").values_list("code", "value")
    assert list(told) == [("shortened", "1.23456789012346E+15"), ("shortened", "1.23456789012346E+16")]


def test_a_merged_cell_is_nobodys(client_manager: Employee, project: Any) -> None:
    rows = [row("AU-1"), row("AU-2"), row("AU-3")]
    batch = send(client_manager, project, as_xlsx(rows, merged="A3:A4"), name="list.xlsx")
    assert (batch.added, batch.rejected) == (2, 1)
    assert batch.faults.get().code == "merged"


def test_a_title_above_the_headings_is_no_heading_and_rows_keep_their_numbers(
    client_manager: Employee, project: Any
) -> None:
    rows = [["ТОВ «Аврора»"], [], list(HEADINGS), GOOD, [], row("AU-2", born="сорок")]
    batch = send(client_manager, project, as_xlsx(rows, headings=("Список застрахованих",)), name="list.xlsx")
    assert (batch.added, batch.rejected) == (1, 1)
    assert selectors.faults(batch, limit=5)[0].row_there == 7


def test_shifted_columns_write_nothing(client_manager: Employee, project: Any) -> None:
    shifted = [["1", *row(f"AU-{n}")[:-1]] for n in range(5)]
    batch = send(client_manager, project, as_csv(shifted))
    assert (batch.status, batch.attention, batch.rejected) == ("preview", "nothing", 5)
    assert not Policy.objects.exists()


def test_a_list_with_half_of_the_insured_waits_for_a_person(
    client_manager: Employee, project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.imports.actions.checking.MANY", 10)
    whole = [row(f"AU-{n}") for n in range(10)]
    send(client_manager, project, as_csv(whole), mode="full")
    batch = send(client_manager, project, as_csv(whole[:5]), mode="full")
    assert (batch.status, batch.attention, batch.ended) == ("preview", "many_end", 5)
    assert not Policy.objects.filter(ended_on__isnull=False).exists()


@pytest.mark.parametrize("born", ["24.08.1991", "1991-08-24 00:00:00", "33474"])
def test_a_table_without_headings_does_not_lose_its_first_person(
    client_manager: Employee, project: Any, born: str
) -> None:
    batch = send(client_manager, project, as_csv([row("AU-2")], headings=row("AU-1", born=born)), mode="full")
    assert (batch.status, batch.failure) == ("failed", "no_headings")


def test_an_empty_cell_changes_no_programme(client_manager: Employee, project: Any) -> None:
    """What holds for every row was remembered of a list without that column."""
    plus = Programme.objects.create(insurer=project, code="plus", name_uk="Плюс", name_en="Plus")
    terms = ["Плюс", "Світ", "EUR", "50000"]
    send(client_manager, project, as_csv([[*GOOD, *terms]], headings=WHOLE))
    batch = send(client_manager, project, as_csv([[*GOOD, "", *terms[1:]]], headings=WHOLE), mode="full")
    assert (batch.changed, batch.rejected, batch.ended) == (0, 1, 0)
    assert Policy.objects.get().programme == plus


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("spoilt", [b"AU-9;\xd0;\n", b'AU-9;"\xd0\x86;\n'])
def test_a_file_that_is_spoilt_in_one_row_is_told_which(
    client_manager: Employee, project: Any, spoilt: bytes, packed: bool
) -> None:
    content = as_csv([row(f"AU-1{n:02}") for n in range(20)]) + spoilt
    batch = send(client_manager, project, as_zip(липень__csv=content) if packed else content)
    assert batch.status == "failed"
    said = failure_text(batch.failure, batch.failure_place)
    assert "22" in said and "#" not in said and said.startswith("липень.csv: ") == packed


def test_what_held_for_every_row_and_is_there_no_more_is_asked_anew(
    client_manager: Employee, project: Any
) -> None:
    gone = Programme.objects.create(insurer=project, code="gone", name_uk="Колишня", name_en="Former")
    Layout.objects.update(defaults={**Layout.objects.get().defaults, "programme": gone.pk})
    gone.delete()
    batch = send(client_manager, project, as_csv([GOOD]))
    assert (batch.status, batch.attention, batch.failure) == ("preview", "columns", "")
    assert set(batch.defaults) == {"territory", "currency", "insured_sum"}
