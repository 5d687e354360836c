"""A closed-loop client: each of N people sends the next request when the answer to the last one has been checked.

A failed request never counts as a fast one: the first wrong answer ends the measurement.
"""

from __future__ import annotations

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bench.counting import HEADER
from tests.day.client import Person

Check = Callable[[int, bytes], bool]
"""Status and body → is it the answer that was asked for?"""


@dataclass(frozen=True)
class Measured:
    """What a measurement has seen."""

    seconds: float
    took: list[float]
    """Seconds of each answer."""

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    @property
    def p50(self) -> float:
        """The median, in milliseconds."""
        return statistics.median(self.took) * 1000

    @property
    def p95(self) -> float:
        """In milliseconds."""
        return statistics.quantiles(self.took, n=20)[18] * 1000


class Wrong(AssertionError):
    """An answer that is not the one asked for."""


class Seat:
    """One signed-in person with one connection that stays open."""

    def __init__(self, person: Person) -> None:
        at = urlsplit(person.base_url)
        self.connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)
        cookies = {cookie.name: cookie.value or "" for cookie in person.cookies}
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self.token = cookies.get("csrftoken", "")
        self.statements = 0
        """What the last answer asked of the database; nought where nobody counts (`bench.counting`)."""

    def get(self, path: str) -> tuple[int, bytes]:
        """One request."""
        return self._sent("GET", path, None, self.headers)

    def post(self, path: str, data: Any) -> tuple[int, bytes]:
        """One request of the API."""
        headers = self.headers | {"Content-Type": "application/json", "X-CSRFToken": self.token}
        return self._sent("POST", path, json.dumps(data).encode(), headers)

    def _sent(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.statements = int(answer.headers.get(HEADER, 0))
        return answer.status, answer.read()


def loop(
    people: list[Person], paths: Callable[[], Iterator[tuple[str, Check]]], *, seconds: float
) -> Measured:
    """Everybody asks for their next path and checks the answer, until the time is over.

    Raises Wrong, and whatever else befell one of them: the others stop.
    """
    over = time.monotonic() + seconds
    failed = threading.Event()

    def work(person: Person) -> list[float]:
        seat, took = Seat(person), []
        try:
            for path, check in paths():
                began = time.monotonic()
                if began >= over or failed.is_set():
                    break
                status, body = seat.get(path)
                took.append(time.monotonic() - began)
                if not check(status, body):
                    raise Wrong(f"{path}: {status}")
        except BaseException:
            failed.set()
            raise
        return took

    began = time.monotonic()
    with ThreadPoolExecutor(len(people)) as pool:
        took = [one for mine in pool.map(work, people) for one in mine]
    return Measured(time.monotonic() - began, took)
