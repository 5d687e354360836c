"""A program that talks to Fregat over HTTP as another system would: signs in, keeps cookies, sends JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

T = TypeVar("T")
PASSWORD = "fregat-demo"


class Answer:
    """Status, headers and JSON of one answer."""

    asked = ""
    """Method and path of the request."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def etag(self) -> str:
        return str(self.headers["ETag"])


class Person:
    """One signed-in employee at one running Fregat."""

    def __init__(self, base_url: str, username: str) -> None:
        self.base_url, self.username = base_url, username
        self.cookies = CookieJar()
        self._open = build_opener(HTTPCookieProcessor(self.cookies)).open
        self.send("GET", "/accounts/login/")
        form = urlencode({"login": username, "password": PASSWORD, "csrfmiddlewaretoken": self._csrf()})
        self.send("POST", "/accounts/login/", form.encode(), "application/x-www-form-urlencoded")

    def _csrf(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")

    def send(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", **headers: str
    ) -> Answer:
        """One request; a refusal is an answer too."""
        request = Request(self.base_url + path, data=body, method=method)
        request.add_header("Referer", self.base_url + path)
        request.add_header("X-CSRFToken", self._csrf())
        if kind:
            request.add_header("Content-Type", kind)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with self._open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())

    def api(self, method: str, path: str, data: Any = None, **headers: str) -> Answer:
        """One call of the REST API."""
        body = None if data is None else json.dumps(data).encode()
        return self.send(method, "/api/v1" + path, body, "application/json" if body else "", **headers)

    def post(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """What a page's form sends, as htmx does."""
        typed = urlencode({**fields, "csrfmiddlewaretoken": self._csrf()}, doseq=True).encode()
        return self.send("POST", path, typed, "application/x-www-form-urlencoded", HX_Request="true")


def wait_for(condition: Callable[[], T | None], *, seconds: float = 60, what: str = "") -> T:
    """Ask until there is an answer. Fails with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"waited {seconds} s in vain: {what}")
