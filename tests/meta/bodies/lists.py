"""Insurers' lists: the sample is checked and not written."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases.imports.kit import FIELDS_OF_WHOLE, as_csv, row
from tests.meta.bodies.body import Body, day


def _list() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("list.csv", as_csv([row("AU-77")]), "text/csv")}


PAGES: dict[str, Body] = {
    "imports:new": Body(
        lambda got: {"insurer": got["policy"].insurer.pk, "mode": "add", "list_date": day(0)}, "client", files=_list
    ),
    "imports:columns": Body(
        lambda got: {f"column_{index}": name for index, name in enumerate(FIELDS_OF_WHOLE)}, "client"
    ),
    "imports:apply": Body(who="client"),
    "imports:undo": Body(who="client", answers=(409,)),
    "imports:discard": Body(who="client"),
}  # fmt: skip

CALLS: dict[str, Body] = {
    "POST api:imports": Body(
        lambda got: {"insurer": got["policy"].insurer.pk, "mode": "add", "apply": "false"}, "client", files=_list
    ),
    "POST api:import-apply": Body(lambda got: {"mapping": {"Телефон": ""}}, "client"),
    "POST api:import-undo": Body(who="client", answers=(409,)),
}  # fmt: skip

QUESTIONS: dict[str, Body] = {
    "imports:lists": Body(
        lambda got: {"insurer": got["policy"].insurer.pk, "status": "preview", "before": "999"}, "client"
    ),
    "api:imports": Body(lambda got: {"cursor": "", "limit": "20"}, "client"),
    "api:import-faults": Body(lambda got: {"cursor": "", "limit": "20"}, "client"),
}
