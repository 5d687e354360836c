"""Papers: PDF by Typst, from templates under `templates/pdf/`.

A template reads `#let d = json(bytes(sys.inputs.data))`: values never become source text, so nothing that
people typed is ever executed. The fonts lie in Typst's own wheel: a paper looks the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse

from fregat.lib.files import download

ROOT = Path(settings.BASE_DIR) / "templates" / "pdf"


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper of `templates/pdf/<template>` as PDF/A-2b.

    `data` must be JSON (texts, numbers, lists, mappings; instants and amounts already in words).
    Raises FileNotFoundError, typst.TypstError (a fault of the template).
    """
    source = ROOT / template
    if not source.is_file():
        raise FileNotFoundError(source)
    paper: bytes = typst.compile(
        source,
        root=ROOT,
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return paper


def answer(name: str, paper: bytes) -> HttpResponse:
    """The paper for the browser to save under `name`."""
    return download(paper, "application/pdf", name)
