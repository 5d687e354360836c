"""Lists of insurers for tests: files as insurers send them, and the work on them done."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cases.imports import actions
from cases.imports.models import Batch
from cases.insurance.models import Insurer, Programme, Territory
from fregat.lib import jobs
from staff.employees.models import Employee
from tests.builders import make_currency

HEADINGS = ("Номер поліса", "Прізвище", "Ім'я", "Дата народження", "Телефон", "Діє з", "Діє до")
FIELDS_OF_HEADINGS = ("number", "surname", "given_name", "birth_date", "phone", "valid_from", "valid_to")
WHOLE = (*HEADINGS, "Програма", "Територія", "Валюта", "Страхова сума")
"""With columns of everything that has to be known."""
FIELDS_OF_WHOLE = (*FIELDS_OF_HEADINGS, "programme", "territory", "currency", "insured_sum")
TERM = ("01.01.2026", "31.12.2026")


def row(
    number: str, surname: str = "Ґудзь", given: str = "Олена", born: str = "24.08.1991", **other: str
) -> list[str]:
    """A row under `HEADINGS`; `phone`, `since`, `until` besides."""
    return [
        number, surname, given, born, other.get("phone", "067 123 45 67"), other.get("since", TERM[0]),
        other.get("until", TERM[1]),
    ]  # fmt: skip


def ready(insurer: Insurer) -> None:
    """What holds for every row is known of this insurer: programme, territory, currency, sum."""
    from cases.imports.models import Layout

    programme, _made = Programme.objects.get_or_create(
        insurer=insurer, code="standard", defaults={"name_uk": "Стандарт", "name_en": "Standard"}
    )
    territory, _made = Territory.objects.get_or_create(
        code="world", defaults={"name_uk": "Світ", "name_en": "World", "countries": ["TR"]}
    )
    defaults = {
        "programme": programme.pk, "territory": territory.pk, "currency": make_currency("EUR").pk,
        "insured_sum": "30000.00",
    }  # fmt: skip
    Layout.objects.update_or_create(insurer=insurer, defaults={"defaults": defaults})


def as_csv(
    rows: Iterable[Sequence[str]],
    *,
    headings: Sequence[str] = HEADINGS,
    delimiter: str = ";",
    encoding: str = "utf-8",
) -> bytes:
    """A CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]], *, headings: Sequence[Any] = HEADINGS, merged: str = "") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    for cells in [headings, *rows]:
        sheet.append(list(cells))
    if merged:
        sheet.merge_cells(merged)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_sheets(**sheets: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of several sheets, by their names."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(list(cells))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_zip(**files: bytes) -> bytes:
    """An archive; two underscores in a name are a point."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def send(
    by: Employee, insurer: Insurer, content: bytes, *, mode: str = "add", name: str = "list.csv", at_once: bool = True,
    day: date | None = None, now: datetime | None = None,
) -> Batch:  # fmt: skip
    """Bring a list in, and do all the work on it that is due."""
    batch = actions.receive(
        by=by, insurer=insurer, mode=mode, upload=SimpleUploadedFile(name, content), list_date=day, at_once=at_once,
        now=now,
    )  # fmt: skip
    return worked(batch)


def worked(batch: Batch) -> Batch:
    """The list after all that is due."""
    jobs.sweep()
    batch.refresh_from_db()
    return batch
