"""Papers: PDF by Typst, from templates under `templates/pdf/`.

A template reads `#let d = json(bytes(sys.inputs.data))`: values never become source text, so nothing that
people typed is ever executed. The fonts lie in Typst's own wheel: a paper looks the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.http import HttpResponse

from fregat.lib.files import download

_NO_LETTER = "could not be displayed with font"
"""How Typst says that a letter is in none of its fonts."""
ROOT = Path(settings.BASE_DIR) / "templates" / "pdf"


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper of `templates/pdf/<template>` as PDF/A-2b.

    Where a letter is in no font (王, an emoji) it is plain PDF with a box in its place: the standard forbids that.

    `data` must be JSON (texts, numbers, lists, mappings; instants and amounts already in words).
    Raises FileNotFoundError, typst.TypstError (a fault of the template).
    """
    source = ROOT / template
    if not source.is_file():
        raise FileNotFoundError(source)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _drawn(source, inputs, "a-2b")
    except typst.TypstError as fault:
        if _NO_LETTER not in str(fault):
            raise
    return _drawn(source, inputs, "1.7")


def _drawn(source: Path, inputs: dict[str, str], standard: Literal["a-2b", "1.7"]) -> bytes:
    paper: bytes = typst.compile(
        source, root=ROOT, ignore_system_fonts=True, pdf_standards=standard, sys_inputs=inputs
    )
    return paper


def answer(name: str, paper: bytes) -> HttpResponse:
    """The paper for the browser to save under `name`."""
    return download(paper, "application/pdf", name)
