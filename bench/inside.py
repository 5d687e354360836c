"""Where the time of an answer goes: `python -m bench.inside [queue|case|lookup|register …]`, after a few minutes.

Answers requests in this process, through the whole program, on a few thousand rows: milliseconds of wall, of this
process and of the database; with STATEMENTS=1 each statement, with PROFILE=1 what the process was doing. It has no
bars: a profile explains, `make bench` judges.
"""

from __future__ import annotations

import cProfile
import gc
import io
import json
import os
import pstats
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from bench.__main__ import SETTINGS
from bench.generate import Scale, fill_cases, fill_persons

TIMES = int(os.environ.get("TIMES", "300"))
SMALL = Scale(persons=20_000, surnames=5_000, cases=5_000, open=700, looks=0, csv_rows=0, xlsx_rows=0)

Request = tuple[str, str, bytes]


def main(names: list[str]) -> None:
    """Print a line of each page, and its profile."""
    os.environ.update(SETTINGS)
    from tests.live import LiveServices

    live = LiveServices().start()
    try:
        import psycopg2

        with closing(psycopg2.connect(live.environment["DATABASE_OWNER_URL"])) as owner:
            fill_persons(owner, SMALL.persons, SMALL.surnames)
            fill_cases(owner, SMALL)
            _all(live, owner, names)
    finally:
        live.stop()


def _all(live: Any, owner: Any, names: list[str]) -> None:
    from tests.day.client import Person

    cookies = {one.name: one.value or "" for one in Person(live.base_url, "operator").cookies}
    os.environ.update(live.environment)
    from fregat.wsgi import application

    for name, requests in _requests(live, owner).items():
        if names and name not in names:
            continue
        for _n in range(20):
            _answered(application, cookies, *next(requests))
        gc.collect()
        _timed(name, lambda: _answered(application, cookies, *next(requests)))  # noqa: B023


def _requests(live: Any, owner: Any) -> dict[str, Iterator[Request]]:
    import random

    from bench import lookup, pages
    from tests.day.client import Person

    people = lookup.people_of(owner)
    policies = pages._policies(owner, people)
    page = Person(live.base_url, "operator").send("GET", "/cases/").body
    numbers = [one.decode() for one in re.findall(rb'class="row-link[^"]*" href="/cases/([^/]+)/', page)]
    dice = random.Random(1)

    def looked() -> Iterator[Request]:
        for one in people:
            [(_weight, asked)] = dice.choices(lookup.MIXED, [weight for weight, _ in lookup.MIXED])
            body = json.dumps({"q": asked(one, dice), "limit": 20}).encode()
            yield "POST", "/api/v1/insured/lookup/", body

    def registered() -> Iterator[Request]:
        for one in people:
            yield "POST", "/api/v1/cases/", json.dumps(pages._call(one, policies[one.pk])).encode()

    return {
        "floor": iter(lambda: ("GET", lookup.FLOOR, b""), None),
        "rows": iter(lambda: ("GET", pages.PLAINEST, b""), None),
        "lookup": looked(),
        "queue": iter(lambda: ("GET", "/cases/", b""), None),
        "case": (("GET", f"/cases/{number}/", b"") for _ in range(TIMES) for number in numbers),
        "register": registered(),
    }


def _answered(application: Any, cookies: dict[str, str], method: str, path: str, body: bytes) -> bytes:
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "HTTP_X_CSRFTOKEN": cookies.get("csrftoken", ""), "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "HTTP_USER_AGENT": "bench",
    }  # fmt: skip
    said: list[str] = []
    answer = application(environ, lambda status, _headers: said.append(status))
    try:
        text = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    assert said[0][:3] in ("200", "201"), (path, said, text[:300])
    return text


@contextmanager
def _asking(spent: list[tuple[str, float]]) -> Iterator[None]:
    """Statements, and the seconds between asking the database and its answer, into the list."""
    from django.db import connection

    def asked(execute: Callable[..., Any], *args: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            spent.append((str(args[0]), time.perf_counter() - began))

    with connection.execute_wrapper(asked):
        yield


def _timed(name: str, call: Callable[[], Any]) -> None:
    walls, mine, asking = list[float](), list[float](), list[tuple[str, float]]()
    for _n in range(TIMES):
        began, own = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - began)
        mine.append(time.process_time() - own)
    with _asking(asking):
        for _n in range(50):
            call()
    ms = [
        1000 * one
        for one in (statistics.median(walls), statistics.quantiles(walls, n=20)[18], statistics.median(mine))
    ]
    print(
        f"{name:10} wall {ms[0]:6.2f} p95 {ms[1]:6.2f} own {ms[2]:6.2f}"
        f" database {1000 * sum(took for _sql, took in asking) / 50:6.2f} in {len(asking) / 50:.1f}", flush=True,
    )  # fmt: skip
    if os.environ.get("STATEMENTS"):
        _said(asking)
    if os.environ.get("PROFILE"):
        profile = cProfile.Profile()
        profile.enable()
        for _n in range(TIMES):
            call()
        profile.disable()
        text = io.StringIO()
        found = pstats.Stats(profile, stream=text).sort_stats(os.environ.get("SORT", "tottime"))
        found.print_stats(int(os.environ.get("TOP", "45")))
        print(text.getvalue())
        if os.environ.get("DUMP"):
            profile.dump_stats(f"{os.environ['DUMP']}.{name}")


def _said(asking: list[tuple[str, float]]) -> None:
    """Each kind of statement: how often in an answer, its median."""
    kinds: dict[str, list[float]] = {}
    for sql, took in asking:
        kinds.setdefault(re.sub(r"\d+", "0", sql)[:200], []).append(took)
    for sql, times in kinds.items():
        print(f"  {len(times) / 50:4.1f} × {1000 * statistics.median(times):5.2f} ms  {sql}")


if __name__ == "__main__":
    main(sys.argv[1:])
