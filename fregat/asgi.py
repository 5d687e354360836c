"""The live server: `/live/`, an event stream, and nothing else. Pages are served by WSGI.

It is dispatched before Django's own handler, which would keep a thread and a database connection for
every open page. Sessions are read in one thread with one connection, and asked again every 15 seconds, or at
once when a right was taken or given: who is dismissed or signs out hears nothing more, who lost a project does
not hear of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fregat.settings")
django.setup()

from asgiref.sync import sync_to_async  # noqa: E402  the settings must be loaded first
from django.conf import settings  # noqa: E402
from django.db import Error as DatabaseError  # noqa: E402
from django.http import parse_cookie  # noqa: E402
from django.http.request import split_domain_port, validate_host  # noqa: E402

from fregat.lib import live  # noqa: E402
from fregat.lib.hub import END, Hub, Listener  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = "/live/"
RECHECK_SECONDS = 15
PING_SECONDS = 20
RETRY_MS = 3000
_DIGITS = 16
"""Milliseconds of the epoch have 13."""
UNCHECKED_ROUNDS = 4
"""With the database away a stream goes on for so many rounds, then it ends."""

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI entry."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _http(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _http(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
    if scope["path"] != PATH or scope["method"] != "GET" or not _host_is_ours(headers.get("host", "")):
        await _refuse(send, 404)
        return
    cors = _cors(headers)
    if cors is None:
        await _refuse(send, 403)
        return
    session_key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    try:
        channels = await _channels(session_key)
    except DatabaseError:
        await _refuse(send, 503, cors)
        return
    if channels is None:
        await _refuse(send, 401, cors)
        return
    with hub.open(channels, since=_since(scope, headers)) as listener:
        await _stream(listener, session_key, receive, send, cors)


def _since(scope: Scope, headers: dict[str, str]) -> float | None:
    """When the page last knew how things stand, in seconds of the epoch: the last event that a browser which
    comes back has heard, else when the page was drawn; None when it says nothing that can be understood."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin1")).get("since", [""])
    said = headers.get("last-event-id", "") or asked[0]
    return int(said) / 1000 if said.isascii() and said.isdigit() and len(said) < _DIGITS else None


def _host_is_ours(host: str) -> bool:
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _cors(headers: dict[str, str]) -> list[tuple[bytes, bytes]] | None:
    """The headers that let exactly the page's origin read the stream; None for a foreign origin.

    In the folder's own program pages and stream have two ports of one host; in production they share
    one origin behind the proxy, and the browser sends no `Origin`.
    """
    origin = headers.get("origin")
    if origin is None:
        return []
    parts = urlsplit(origin)
    same = parts.netloc == headers.get("host")
    host = split_domain_port(headers.get("host", ""))[0]
    if not same and not (origin in settings.PAGE_ORIGINS and parts.hostname == host):
        return None
    return [
        (b"access-control-allow-origin", origin.encode("latin1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


@sync_to_async
def _channels(session_key: str) -> frozenset[str] | None:
    """What the session may hear, or None when nobody is signed in with it."""
    user = live.user_of_session(session_key) if session_key else None
    return live.channels_of(user) if user else None


async def _refuse(send: Send, status: int, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers or []})
    await send({"type": "http.response.body", "body": b""})


async def _stream(
    listener: Listener, session_key: str, receive: Receive, send: Send, cors: list[tuple[bytes, bytes]]
) -> None:
    """Send what the page may hear until it leaves, or its session ends."""
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *cors,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _write(send, f"retry: {RETRY_MS}\n\n")
    tasks = [
        asyncio.create_task(_pump(listener, send)),
        asyncio.create_task(_recheck(listener, session_key)),
        asyncio.create_task(_gone(receive)),
    ]
    left = tasks[2]
    try:
        await asyncio.wait([tasks[0], left], return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        pass  # the server stops: the answer is ended in good order, the page comes back by itself
    finally:
        over = not left.done()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if over:
        await send({"type": "http.response.body", "body": b""})


async def _pump(listener: Listener, send: Send) -> None:
    while True:
        try:
            async with asyncio.timeout(
                PING_SECONDS
            ):  # `wait_for` of Python 3.11 may swallow the end of the stream
                event = await listener.get()
        except TimeoutError:
            await _write(send, f": ping\nid: {_milliseconds()}\n\n")
            continue
        await _write(send, f"event: {event[0]}\nid: {_milliseconds()}\ndata: {event[1]}\n\n")
        if event == END:
            return


def _milliseconds() -> int:
    """The number of what is sent now: a browser that comes back says the last one it heard."""
    return int(time.time() * 1000)


async def _recheck(listener: Listener, session_key: str) -> None:
    """Ask every 15 seconds, and at once when rights have changed, whether the session lives and what it may hear."""
    unchecked = 0
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RECHECK_SECONDS):
                await listener.asked.wait()
        silent = listener.asked.is_set()
        listener.asked.clear()
        try:
            channels = await _channels(session_key)
        except DatabaseError:
            unchecked += 1
            if unchecked < UNCHECKED_ROUNDS:
                if silent:
                    await asyncio.sleep(1)
                    listener.ask_anew()
                continue
            channels = None
        if channels is None:
            listener.put(END)
            return
        unchecked = 0
        listener.answered(channels, after_silence=silent)


async def _gone(receive: Receive) -> None:
    """Returns when the page has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
