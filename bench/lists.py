"""Insurers' lists through the API, as their client manager sends them: rows a second, memory, look-ups meanwhile."""

from __future__ import annotations

import csv
import http.client
import io
import json
import random
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from openpyxl import Workbook

from bench import lookup, names
from bench.http import Seat, Wrong
from bench.table import LEAST, Row
from tests.day.client import Person

HEADINGS = (
    "Номер поліса", "Прізвище", "Ім'я", "Дата народження", "Телефон", "Програма", "Територія", "Валюта",
    "Страхова сума", "Діє з", "Діє до",
)  # fmt: skip
CSV_BAR, XLSX_BAR = 18_000, 15_000
"""Rows a second on two cores."""
WORKBOOKS = 3
MEMORY_BAR = 300
"""MB, of one process of the worker."""
_BOUND = "fregat-bench"


def lists(live: Any, owner: Any, *, csv_rows: int, xlsx_rows: int, idle_p95: float) -> Iterator[Row]:
    """A new list, the same with 2 % changed, one of Excel; look-ups while another new one is written.

    The workbooks after it: the first list after a checkpoint pays for whole pages in the database's log, and of 100,000
    rows each would pay for half a page. One takes six seconds, in which the machine may be disturbed: of three the
    median counts.
    """
    client, insurer = Person(live.base_url, "client"), _insurer(owner)
    rows = _rows("A", csv_rows, insurer)
    first = _written(client, insurer["id"], "list.csv", _csv(rows))
    yield Row("import.csv", csv_rows / first, "rows/s", CSV_BAR, LEAST)
    for row in rows[::50]:
        row[-1] = "30.11.2027"
    again = _written(client, insurer["id"], "list.csv", _csv(rows))
    yield Row("import.csv.again", csv_rows / again, "rows/s", csv_rows / first, LEAST)
    books = (_xlsx(_rows(f"B{n}", xlsx_rows, insurer)) for n in range(WORKBOOKS))
    took = statistics.median(_written(client, insurer["id"], "list.xlsx", book) for book in books)
    yield Row("import.xlsx", xlsx_rows / took, "rows/s", XLSX_BAR, LEAST)
    other = _csv(_rows("C", csv_rows, insurer))
    thread = threading.Thread(target=_written, args=(client, insurer["id"], "list.csv", other))
    thread.start()
    meanwhile: list[float] = []
    people = lookup.people_of(owner)
    while thread.is_alive():
        meanwhile += lookup.measured(Seat(Person(live.base_url, "operator")), people, seconds=2.0, rounds=1)[
            1
        ]
    thread.join()
    yield Row("lookup.import", lookup.p95(meanwhile), "ms", 3 * idle_p95)
    yield Row("import.memory", _peak(live.pid("worker")), "MB", MEMORY_BAR)


def _insurer(owner: Any) -> dict[str, Any]:
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, p.code, t.code FROM insurance_insurer AS i"
            " JOIN insurance_programme AS p ON p.insurer_id = i.id"
            " JOIN insurance_insureruserobjectpermission AS g ON g.content_object_id = i.id"
            " JOIN employees_employee AS e ON e.id = g.user_id AND e.username = 'client',"
            " insurance_territory AS t ORDER BY i.id, p.id, t.id LIMIT 1"
        )
        ident, programme, territory = cursor.fetchone()
    owner.rollback()
    return {"id": ident, "programme": programme, "territory": territory}


def _rows(series: str, count: int, insurer: dict[str, Any]) -> list[list[str]]:
    dice = random.Random(f"{names.SEED} {series}")
    surnames, given = [one[0] for one in names.surnames(20_000)], [one[0] for one in names.given_names()]
    return [
        [
            f"BL{series}-{n:08}", dice.choice(surnames), dice.choice(given),
            f"{dice.randint(1, 28):02}.{dice.randint(1, 12):02}.{dice.randint(1940, 2015)}", f"+38067{n % 10**7:07}",
            insurer["programme"], insurer["territory"], "EUR", "30000", f"01.{dice.randint(1, 12):02}.2026",
            "31.12.2027",
        ]
        for n in range(count)
    ]  # fmt: skip


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, *rows])
    return text.getvalue().encode()


def _xlsx(rows: list[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("list")
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _written(client: Person, insurer: int, name: str, content: bytes) -> float:
    """Seconds from sending the file to the last row in its place."""
    began = time.monotonic()
    ident = _sent(client, insurer, name, content)
    while True:
        told = client.api("GET", f"/imports/{ident}/").json
        if told["status"] not in ("reading", "applying"):
            break
        time.sleep(0.25)  # more often would be work of its own, on the same two cores
    if told["status"] != "done" or told["rejected"]:
        raise Wrong(f"the list was not written: {told}")
    return time.monotonic() - began


def _sent(client: Person, insurer: int, name: str, content: bytes) -> int:
    at, parts = urlsplit(client.base_url), [("insurer", f"{insurer}"), ("mode", "add"), ("apply", "true")]
    fields = "".join(
        f'--{_BOUND}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in parts
    )
    file = f'--{_BOUND}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = f"{fields}{file}".encode() + content + f"\r\n--{_BOUND}--\r\n".encode()
    seat = Seat(client)
    with closing(http.client.HTTPConnection(at.hostname or "", at.port, timeout=600)) as link:
        headers = seat.headers | {
            "X-CSRFToken": seat.token,
            "Content-Type": f"multipart/form-data; boundary={_BOUND}",
        }
        link.request("POST", "/api/v1/imports/", body, headers)
        answer = link.getresponse()
        said = answer.read()
    if answer.status != 201:
        raise Wrong(f"{answer.status}: {said[:300]!r}")
    return int(json.loads(said)["id"])


def _peak(worker: int) -> float:
    """The most memory that one process of the worker's pool has held, in MB."""
    children = [
        worker,
        *(int(pid) for pid in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()),
    ]
    peaks = []
    for pid in children:
        status = Path(f"/proc/{pid}/status").read_text()
        peaks += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return max(peaks)
