"""The benchmark judges: a missed bar ends with 1, a wrong answer is never a fast one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from bench.__main__ import main
from bench.generate import SCALES
from bench.http import Wrong, loop
from bench.table import LEAST, Row, printed, write


class Pages(BaseHTTPRequestHandler):
    """`/good` is the page, at `/gone` nobody answers; every other address answers quickly, with something else."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/gone":
            self.close_connection = True
            return
        body = b"the page" if self.path == "/good" else b"sign in, please"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Not here."""


@pytest.fixture
def person() -> Iterator[Any]:
    """Somebody signed in at a server that answers at once."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield SimpleNamespace(base_url=f"http://127.0.0.1:{server.server_port}", cookies=[])
    server.shutdown()
    server.server_close()


def has_the_page(status: int, body: bytes) -> bool:
    return status == 200 and b"the page" in body


def asked(*paths: str) -> Any:
    return lambda: iter([(path, has_the_page) for path in paths])


def test_a_row_is_good_on_its_side_of_the_bar() -> None:
    assert Row("log.verify_s", 59.9, "s", 60).ok and not Row("log.verify_s", 60.1, "s", 60).ok
    assert (
        Row("log.looks", 300, "looks/s", 300, LEAST).ok
        and not Row("log.looks", 299, "looks/s", 300, LEAST).ok
    )
    assert Row("page.queue.bytes", 10**9, "bytes").ok, "what has no bar is only written down"


def test_the_file_holds_what_is_promised(tmp_path: Path) -> None:
    rows = [Row("log.looks", 299, "looks/s", 300, LEAST), Row("page.queue.p50", 12.5, "ms")]
    write(rows, tmp_path / "bench" / "latest.json")
    assert json.loads((tmp_path / "bench" / "latest.json").read_text()) == [
        {"name": "log.looks", "value": 299, "unit": "looks/s", "bar": 300, "ok": False},
        {"name": "page.queue.p50", "value": 12.5, "unit": "ms", "bar": None, "ok": True},
    ]
    assert "MISSED" in printed(rows).splitlines()[1] and "at least 300" in printed(rows)


def test_each_answer_is_checked_and_counted(person: Any) -> None:
    found = loop([person, person], asked("/good", "/good", "/good"), seconds=30)
    assert len(found.took) == 6
    assert found.per_second > 0 and found.p95 >= found.p50 > 0


def test_a_wrong_answer_ends_the_measurement(person: Any) -> None:
    with pytest.raises(Wrong, match="/login: 200"):
        loop([person], asked("/good", "/login", "/good"), seconds=30)


def test_a_connection_that_breaks_ends_the_measurement(person: Any) -> None:
    with pytest.raises(RemoteDisconnected):
        loop([person, person], asked("/good", "/gone", "/good"), seconds=30)


def test_the_measurement_ends_when_the_time_is_over(person: Any) -> None:
    def endless() -> Iterator[Any]:
        while True:
            yield "/good", has_the_page

    measured = loop([person], endless, seconds=0.2)
    assert measured.took and measured.seconds < 10


def test_an_unknown_scale_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCALE", "huge")
    assert main() == 2
    said = capsys.readouterr().out
    assert all(name in said for name in SCALES)
