"""Workbooks in and out: hostile files get a sentence, texts stay texts."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest

from fregat.lib import sheets
from fregat.lib.errors import Invalid

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], state: str = "visible", before: str = "") -> bytes:
    """A workbook as Excel saves it."""
    book = openpyxl.Workbook()
    if before:
        hidden = book.active
        hidden.title, hidden.sheet_state = before, "hidden"
        hidden.append(["hidden"])
    sheet = book.create_sheet("Працівники") if before else book.active
    sheet.sheet_state = state
    for row in rows:
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    source, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, change(body) if name == part else body)
    return made.getvalue()


def read(content: bytes) -> list[sheets.Row]:
    return sheets.read(content, rows=50, columns=10)


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read(content)
    (sentence,) = refused.value.errors["file"]
    return str(sentence)


def test_rows_keep_their_numbers_and_cells_come_as_people_see_them() -> None:
    content = workbook(
        ["Прізвище", "Телефон", "З", "Частка"],
        [],
        ["Ґалаган", "0671234567", date(2026, 12, 1), 1.5],
        [" Їжак ", 671234567, datetime(2026, 12, 1, 9, 30), True],
    )
    rows = read(content)
    assert [(row.number, row.cells[:4]) for row in rows] == [
        (1, ["Прізвище", "Телефон", "З", "Частка"]),
        (3, ["Ґалаган", "0671234567", "01.12.2026", "1.5"]),
        (4, ["Їжак", "671234567", "01.12.2026 09:30", "TRUE"]),
    ]


def test_the_first_visible_sheet_is_read() -> None:
    assert read(workbook(["seen"], before="secret"))[0].cells == ["seen"]
    hidden = changed(
        workbook(["a"]), "xl/workbook.xml", lambda xml: xml.replace(b'state="visible"', b'state="hidden"')
    )
    assert "видимого" in refusal(hidden)


def test_formulas_are_named_by_their_place() -> None:
    (heading, row) = read(workbook(["a", "b"], ["=1+1", '=HYPERLINK("http://x")']))
    assert (heading.formulas, row.number, row.formulas) == (frozenset(), 2, frozenset({0, 1}))


def test_letters_typed_as_two_code_points_become_one() -> None:
    assert read(workbook(["Ії́й".replace("й", "й")]))[0].cells[0].endswith("й")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "не книга Excel"),
        (b"name;role\nA;B", "не книга Excel"),
        (b"%PDF-1.7", "не книга Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "парол"),
        (b"PK\x03\x04", "пошкоджен"),
        (b"PK\x03\x04" + b"\xff" * 500, "пошкоджен"),
        (b"\0" * (sheets.FILE_MAX + 1), "завеликий"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content: bytes, word: str) -> None:
    assert word in refusal(content)


def test_a_workbook_cut_short_is_refused_wherever_it_is_cut() -> None:
    whole = workbook(*([["x" * 20, n] for n in range(40)]))
    for share in (0.05, 0.3, 0.6, 0.95):
        assert refusal(whole[: int(len(whole) * share)])


def test_another_package_of_the_same_kind_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    assert "не книга Excel" in refusal(made.getvalue())


def test_an_encrypted_package_is_refused() -> None:
    whole = bytearray(workbook(["a"]))
    for at in [m.start() for m in re.finditer(b"PK\x01\x02", bytes(whole))]:
        whole[at + 8] |= 1  # the general purpose flag of the central directory
    assert "парол" in refusal(bytes(whole))


def test_a_bomb_is_counted_while_it_unpacks() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/media/big.bin", b"\0" * (sheets.UNPACKED_MAX + 1))
    assert made.tell() < sheets.FILE_MAX and "розпаковується" in refusal(made.getvalue())


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"\0" * 20_000_000)
    lying = made.getvalue().replace((20_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal(lying)


def test_a_package_of_very_many_parts_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for number in range(sheets.PARTS_MAX + 1):
            package.writestr(f"{number}", b"")
    assert "розпаковується" in refusal(made.getvalue())


@pytest.mark.parametrize(
    ("cell", "word"),
    [(b"XFD1048576", "задовг"), (b"A1048576", "задовг"), (b"XFD1", "завширок"), (b"K1", "завширок")],
)
def test_one_cell_in_a_far_corner_is_refused_before_the_sheet_is_laid_out(cell: bytes, word: str) -> None:
    far = changed(workbook(["a"]), SHEET, lambda xml: xml.replace(b'r="A1"', b'r="' + cell + b'"'))
    assert word in refusal(far)


def test_a_row_far_down_whose_cells_name_no_place_is_refused() -> None:
    far = changed(
        workbook(["a"]),
        SHEET,
        lambda xml: xml.replace(b'<row r="1"', b'<row r="900000"').replace(b' r="A1"', b""),
    )
    assert "задовг" in refusal(far)


@pytest.mark.parametrize("junk", [b"<worksheet>", b"\xff\xfe\x00", b"", b"<a/><b/>"])
def test_a_sheet_that_is_no_xml_is_refused(junk: bytes) -> None:
    assert "пошкоджен" in refusal(changed(workbook(["a"]), SHEET, lambda _xml: junk))


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "не книга Excel" in refusal(changed(workbook(["a"]), SHEET, lambda _xml: laughs))


@pytest.mark.parametrize("cell", [b"", b"A", b"1", b"A0", b"A-1", b"@@"])
def test_a_cell_with_an_impossible_place_is_refused(cell: bytes) -> None:
    odd = changed(workbook(["a", "b"]), SHEET, lambda xml: xml.replace(b'r="B1"', b'r="' + cell + b'"'))
    assert "пошкоджен" in refusal(odd)


def test_an_empty_sheet_is_refused() -> None:
    assert "порожній" in refusal(workbook())


def test_junk_in_any_part_is_answered_with_rows_or_with_a_sentence() -> None:
    chance, whole = random.Random(7), workbook(["a", "b"], ["в", 2], ["=A1", date(2026, 1, 1)])
    for part in zipfile.ZipFile(io.BytesIO(whole)).namelist():
        for _attempt in range(20):

            def spoil(body: bytes) -> bytes:
                at = chance.randrange(len(body))
                return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 + chance.randrange(3) :]

            with suppress(Invalid):
                assert all(
                    isinstance(cell, str) for row in read(changed(whole, part, spoil)) for cell in row.cells
                )


def test_a_text_that_begins_like_a_formula_is_written_as_a_text() -> None:
    texts = ["=1+1", "+380671234567", "-5", "@SUM(A1)", "Ґалаган", "\x00bell\x07"]
    written = sheets.write([("Аркуш", ["=cmd()"], [[text] for text in texts])])
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(written)).active.iter_rows()]
    assert [cell.value for cell in cells] == ["=cmd()", *texts[:-1], "bell"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, True, False, False]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(written)).read(SHEET)


def test_what_is_written_can_be_read_again() -> None:
    written = sheets.write([("Аркуш", ["Прізвище", "З"], [["Ґалаган", date(2026, 12, 1)], ["Їжак", None]])])
    assert [row.cells for row in read(written)] == [
        ["Прізвище", "З"],
        ["Ґалаган", "01.12.2026"],
        ["Їжак", ""],
    ]


def test_a_csv_opens_in_excel_as_a_table_and_its_texts_stay_texts() -> None:
    content = sheets.write_csv(
        [["Хто", "Скільки"], ["=1+1", 12.5], ["\t@x", None], ["Ґудзь", date(2026, 11, 5)]]
    )
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines == ["Хто;Скільки", "'=1+1;12,5", "'\t@x;", "Ґудзь;05.11.2026", ""]
