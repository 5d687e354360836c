"""What is measured. The names of the rows are promises."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import django

from bench import recorder
from bench.http import Check, loop
from bench.table import LEAST, Row
from tests.day.client import Person

ROUNDS = 3
SECONDS = 4.0
"""Of each round."""


def _has(text: bytes, status: int, body: bytes) -> bool:
    return status == 200 and text in body


def _cases(person: Person, limit: int = 200) -> Iterator[str]:
    """Numbers of cases that this person sees, page after page."""
    url = "/cases/"
    while url and limit > 0:
        answer = person.api("GET", url).json
        for row in answer["results"]:
            yield row["number"]
        limit -= len(answer["results"])
        url = (answer["next"] or "").split("/api/v1", 1)[-1]


def looks(live: Any, owner: Any) -> Iterator[Row]:
    """How many looks a second the log takes, the sealer at work beside it; none of them is lost."""
    seconds = SECONDS * ROUNDS
    before = _written(owner, recorder.ROUTE)
    said = recorder.together(live.environment, seconds=seconds)
    lost = said - (_written(owner, recorder.ROUTE) - before - recorder.WRITERS)  # each tried one before
    yield Row("log.looks", said / seconds, "looks/s", 300, LEAST)
    yield Row("log.unrecorded", lost, "looks", 0)
    yield from _read(live, owner)


def _read(live: Any, owner: Any) -> Iterator[Row]:
    """Single cases read through the API by eight clients: each answer is a look, each look a row of the log."""
    people = [Person(live.base_url, name) for name in ("operator", "operator2", "senior", "doctor")] * 2
    numbers = list(_cases(people[0]))
    assert len(numbers) >= 100

    def paths() -> Iterator[tuple[str, Check]]:
        for number in itertools.cycle(numbers):
            yield f"/api/v1/cases/{number}/", partial(_has, json.dumps(number).encode())

    loop(people, paths, seconds=1)  # warm
    before = _written(owner, "api:case")
    found = loop(people, paths, seconds=SECONDS * ROUNDS)
    written = _written(owner, "api:case") - before
    yield Row("api.case.per_s", found.per_second, "answers/s")
    yield Row("api.case.p95", found.p95, "ms")
    yield Row("api.case.unrecorded", len(found.took) - written, "looks", 0)


def _written(owner: Any, route: str) -> int:
    with owner.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_accesslog WHERE route = %s", [route])
        (found,) = cursor.fetchone()
    owner.rollback()
    return int(found)


def verification(live: Any, rows: int, *, bar: float) -> Iterator[Row]:
    """`manage.py verify_access_log` over the sealed log."""
    began = time.monotonic()
    os.environ.update(live.environment)
    django.setup()
    from cases.privacy.actions import seal_log
    from cases.privacy.selectors import chain

    while chain.anything_to_seal():
        seal_log()
    yield Row("log.seal", rows / (time.monotonic() - began), "rows/s")
    began = time.monotonic()
    said = live.manage("verify_access_log")
    took = time.monotonic() - began
    found = int(said.split(" rows", 1)[0].split()[-1])
    assert found >= rows and "whole" in said, said
    yield Row("log.verify_rows", found, "rows")
    yield Row("log.verify_s", took * rows / found, "s", bar)
