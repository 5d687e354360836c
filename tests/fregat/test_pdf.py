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


@pytest.mark.parametrize("text", ["王小明", "Олена 🙂", "ᠮᠣᠩᠭᠣᠯ"])
def test_a_letter_that_no_font_has_leaves_the_rest_of_the_paper(text: str) -> None:
    paper = PdfReader(BytesIO(pdf.render("lib/sample.typ", DATA | {"text": text})))
    assert "Ірина Яременко" in paper.pages[0].extract_text()


def test_a_fault_of_a_template_is_told(tmp_path: Any, monkeypatch: Any) -> None:
    (tmp_path / "broken.typ").write_text("#nobody-knows")
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    with pytest.raises(pdf.typst.TypstError):
        pdf.render("broken.typ", {})


def test_a_template_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(FileNotFoundError):
        pdf.render("nobody/knows.typ", {})


def test_the_browser_saves_it_and_nobody_keeps_a_copy() -> None:
    answer = pdf.answer("Наказ 12.pdf", b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9D")
