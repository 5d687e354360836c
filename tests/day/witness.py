"""A witness of a whole run: everything that passes the broker, the event stream, every answer over HTTP.

Canaries are words that stand nowhere else. `where` finds them in whatever form they travel: plain, in an address,
in JSON, in the base64 of Celery's messages, in the escapes of the broker's monitor.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from urllib.request import Request, build_opener

import redis

from cases.insurance.rules import name_key
from tests.day.client import Answer, Person

_BASE64 = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")
_ADDRESS = re.compile(r"""(?:href|action|src|hx-[a-z]+)\s*=\s*("[^"]*"|'[^']*')""")


def forms(word: str) -> set[bytes]:
    """How the word may be written, in lower case."""
    written = {word, quote(word), json.dumps(word)[1:-1]}
    if word.isalpha():
        written.add(name_key(word))
    return {form.lower().encode() for form in written}


def where(canaries: Iterable[str], found_in: bytes) -> list[str]:
    """Which of the canaries stand in it."""
    text = found_in.decode(errors="replace").lower().encode()
    return [word for word in canaries if any(form in text for form in forms(word))]


def unpacked(message: bytes) -> bytes:
    """A message of the broker with what its base64 holds beside it."""
    parts = [message]
    for piece in _BASE64.findall(message):
        try:
            parts.append(base64.b64decode(piece + b"=" * (-len(piece) % 4)))
        except binascii.Error:
            continue
    return b"\n".join(parts)


class Broker(threading.Thread):
    """Everything that anybody says to Valkey, by its MONITOR."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.client = redis.Redis.from_url(url)
        self.heard: list[bytes] = []
        self.listening = threading.Event()

    def run(self) -> None:
        with self.client.monitor() as monitor:
            self.listening.set()
            try:
                while True:
                    command = monitor.next_command()["command"]
                    self.heard.append(codecs.escape_decode(command.encode())[0])  # type: ignore[arg-type]
            except (redis.RedisError, OSError):
                return  # the server has stopped

    def kept(self) -> bytes:
        """Every key that is there, with its value."""
        found = []
        for key in self.client.scan_iter(count=1000):
            kind = self.client.type(key)
            read: Any = {
                b"string": self.client.get, b"hash": self.client.hgetall, b"set": self.client.smembers,
                b"list": lambda name: self.client.lrange(name, 0, -1),
                b"zset": lambda name: self.client.zrange(name, 0, -1, withscores=True),
            }.get(kind)  # fmt: skip
            found += [key, repr(read(key)).encode() if read else b""]
        return b"\n".join(found)


class Stream(threading.Thread):
    """The event stream as a browser of this person hears it."""

    def __init__(self, person: Person, live_url: str) -> None:
        super().__init__(daemon=True)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.cookies)
        headers = {"Cookie": cookies, "Origin": person.base_url}
        self.request = Request(live_url + "/live/", headers=headers)
        self.heard = b""

    def run(self) -> None:
        try:
            with build_opener().open(self.request, timeout=600) as answer:
                while line := answer.readline():
                    self.heard += line
        except OSError:
            return  # it ended with the program


@dataclass
class Recorded:
    """One answer: who asked for what, and what came."""

    who: str
    method: str
    path: str
    answer: Answer


@dataclass
class Archive:
    """All answers of a run."""

    answers: list[Recorded] = field(default_factory=list)

    def person(self, base_url: str, username: str) -> Witnessed:
        """Somebody whose every answer is kept."""
        return Witnessed(self, base_url, username)

    def addresses(self) -> bytes:
        """Every address that was asked for, was answered with, or stands in a page."""
        found = []
        for row in self.answers:
            found += [
                row.path,
                row.answer.headers.get("Location") or "",
                row.answer.headers.get("HX-Redirect") or "",
            ]
            found += _ADDRESS.findall(row.answer.body.decode(errors="replace"))
        return "\n".join(found).encode()

    def refusals(self, *but: int) -> list[Recorded]:
        """Answers from 400 on, except those of the statuses that hand back what was typed."""
        return [row for row in self.answers if row.answer.status >= 400 and row.answer.status not in but]


class Witnessed(Person):
    """A person whose answers go to the archive."""

    def __init__(self, archive: Archive, base_url: str, username: str) -> None:
        self.archive = archive
        super().__init__(base_url, username)

    def send(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", **headers: str
    ) -> Answer:
        answer = super().send(method, path, body, kind, **headers)
        answer.asked = f"{method} {path}"
        self.archive.answers.append(Recorded(self.username, method, path, answer))
        return answer
