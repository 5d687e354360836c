"""Papers: letters of the alphabet, and nothing that people typed is executed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from fregat.lib import pdf

DATA: dict[str, Any] = {
    "title": "Наказ ґ’є", "house": "ТОВ «Фрегат Асистанс»", "page": "Сторінка {0} з {1}",
    "text": "Ґанок", "role": "Директор", "name": "Ірина Яременко",
}  # fmt: skip


def test_a_paper_has_its_title_its_letters_and_its_fonts() -> None:
    paper = PdfReader(BytesIO(pdf.render("lib/sample.typ", DATA)))
    assert paper.metadata and paper.metadata.title == "Наказ ґ’є"
    text = paper.pages[0].extract_text()
    assert all(
        word in text for word in ("Ґанок", "ТОВ «Фрегат Асистанс»", "Сторінка 1 з 1", "Ірина Яременко")
    )


@pytest.mark.parametrize(
    "text", ['#panic("no")', '#read("/etc/passwd")', '"; #import "x"', "$ x $ \\ <b> *a*"]
)
def test_what_people_typed_is_text_and_never_source(text: str) -> None:
    assert pdf.render("lib/sample.typ", DATA | {"text": text}).startswith(b"%PDF-")


def test_a_template_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(FileNotFoundError):
        pdf.render("nobody/knows.typ", {})


def test_the_browser_saves_it_and_nobody_keeps_a_copy() -> None:
    answer = pdf.answer("Наказ 12.pdf", b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9D")
