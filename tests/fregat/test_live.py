"""News reach the pages that may hear them, by id, after the work is saved."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
import redis
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import connections, transaction
from django.test import Client, override_settings

from fregat import asgi
from fregat.lib import live
from fregat.lib.hub import QUEUE, Listener
from staff.employees.models import Employee

Browser = Callable[[Employee], Client]
ORIGIN = "http://localhost:8000"


class Stream:
    """One open page as the live server sees it."""

    def __init__(self, cookie: str = "", *, path: str = "/live/", query: str = "", **headers: str) -> None:
        sent = {"host": "localhost:8001", "cookie": f"sessionid={cookie}", **headers}
        self.app = ApplicationCommunicator(
            asgi.application,
            {
                "type": "http",
                "method": "GET",
                "path": path,
                "query_string": query.encode(),
                "headers": [
                    (name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()
                ],
            },
        )
        self.headers: dict[str, str] = {}

    async def open(self) -> int:
        """The status of the answer."""
        await self.app.send_input({"type": "http.request", "body": b""})
        start = await self.app.receive_output(5)
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return int(start["status"])

    async def event(self, kind: str = "live", seconds: float = 5) -> Any:
        """The data of the next event of a kind; raises TimeoutError when none comes."""
        async with asyncio.timeout(seconds):
            while True:
                text = (await self.app.receive_output(seconds))["body"].decode()
                if text.startswith(f"event: {kind}\n"):
                    data = text.split("data: ", 1)[1].strip()
                    return json.loads(data) if data.startswith("{") else data

    async def close(self) -> None:
        await self.app.send_input({"type": "http.disconnect"})
        with suppress(TimeoutError, asyncio.CancelledError):
            await self.app.wait(2)


def on_its_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """In a thread: Playwright's loop may be running in this one since an earlier browser test."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run a scenario on a live server of its own."""

    async def whole() -> None:
        asgi.hub = asgi.Hub()
        try:
            await scenario()
        finally:
            await asgi.hub.stop()
            await sync_to_async(connections.close_all)()

    on_its_own_loop(whole())


def session_of(browser: Client) -> str:
    return str(browser.session.session_key)


async def connected() -> None:
    """The live server hears the broker."""
    asgi.hub.start()
    while not asgi.hub.connected:
        await asyncio.sleep(0.01)


async def tell(channel: str, kind: str, ident: str) -> None:
    await sync_to_async(live.publish)(channel, kind, ident)


@pytest.mark.django_db(transaction=True)
class TestStream:
    """The event stream itself."""

    def test_a_person_hears_their_own_news(self, page: Browser, operator: Employee) -> None:
        session = session_of(page(operator))

        async def scenario() -> None:
            stream = Stream(session)
            assert await stream.open() == 200
            assert await stream.event("state", 5) in {"open", "away"}
            while not asgi.hub.connected:
                await asyncio.sleep(0.01)
            await tell(f"employee:{operator.pk}", "message", "7")
            assert await stream.event() == {"kind": "message", "id": "7"}
            await stream.close()

        run(scenario)

    def test_nobody_hears_anothers_news(self, page: Browser, operator: Employee, stranger: Employee) -> None:
        session = session_of(page(stranger))

        async def scenario() -> None:
            stream = Stream(session)
            await stream.open()
            while not asgi.hub.connected:
                await asyncio.sleep(0.01)
            await tell(f"employee:{operator.pk}", "message", "7")
            await tell("project:aurora", "case", "26-000123")
            await tell("board", "board", "")
            await tell(f"employee:{stranger.pk}", "message", "8")
            assert await stream.event() == {"kind": "message", "id": "8"}
            await stream.close()

        run(scenario)

    @pytest.mark.parametrize("how", ["query", "last_event_id"])
    def test_what_happened_between_the_page_and_its_stream_is_told(
        self, page: Browser, operator: Employee, how: str
    ) -> None:
        session = session_of(page(operator))

        async def scenario() -> None:
            await connected()
            drawn = int(time.time() * 1000)
            await tell(f"employee:{operator.pk}", "handover", "7")
            await tell("employee:0", "handover", "8")
            await asyncio.sleep(0.3)
            said = {"query": f"since={drawn}"} if how == "query" else {"last_event_id": str(drawn)}
            stream = Stream(session, **said)
            await stream.open()
            assert await stream.event() == {"kind": "handover", "id": "7"}
            with pytest.raises(TimeoutError):
                await stream.event(seconds=0.3)
            await stream.close()

        run(scenario)

    @pytest.mark.parametrize("since", ["1", "1780000000000"])
    def test_who_was_away_too_long_fetches_everything(
        self, page: Browser, operator: Employee, since: str
    ) -> None:
        session = session_of(page(operator))

        async def scenario() -> None:
            await connected()
            stream = Stream(session, query=f"since={since}")
            await stream.open()
            assert await stream.event() == {"kind": "poll", "id": ""}
            await stream.close()

        run(scenario)

    @pytest.mark.parametrize("since", ["", "soon", "-5", "9" * 40, "٣"])
    def test_nonsense_about_the_time_is_no_fault(self, page: Browser, operator: Employee, since: str) -> None:
        session = session_of(page(operator))

        async def scenario() -> None:
            stream = Stream(session, query=f"since={since}")
            assert await stream.open() == 200
            await stream.close()

        run(scenario)

    def test_without_signing_in_there_is_no_stream(self, db: None) -> None:
        async def scenario() -> None:
            assert await Stream("").open() == 401
            assert await Stream("0123456789abcdef0123456789abcdef").open() == 401

        run(scenario)

    def test_the_stream_ends_with_the_session(
        self, page: Browser, operator: Employee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asgi, "RECHECK_SECONDS", 0.1)
        browser = page(operator)
        session = session_of(browser)

        async def scenario() -> None:
            stream = Stream(session)
            assert await stream.open() == 200
            await sync_to_async(browser.logout)()
            assert await stream.event("end") == ""

        run(scenario)

    def test_the_stream_of_a_closed_account_ends(
        self, page: Browser, operator: Employee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asgi, "RECHECK_SECONDS", 0.1)
        session = session_of(page(operator))

        async def scenario() -> None:
            stream = Stream(session)
            assert await stream.open() == 200
            await sync_to_async(Employee.objects.filter(pk=operator.pk).update)(is_active=False)
            assert await stream.event("end") == ""

        run(scenario)

    def test_the_stream_of_a_dismissed_employee_ends_at_once(self, page: Browser, operator: Employee) -> None:
        """Not at the next round of 15 seconds: what is published as a right taken away is asked about at once."""
        session = session_of(page(operator))

        async def scenario() -> None:
            await connected()
            stream = Stream(session)
            assert await stream.open() == 200
            await sync_to_async(Employee.objects.filter(pk=operator.pk).update)(is_active=False)
            await tell(f"employee:{operator.pk}", live.RIGHTS, "")
            await tell(f"employee:{operator.pk}", "case", "26-000001")
            assert await stream.event("end", seconds=3) == ""

        run(scenario)

    def test_a_right_taken_away_is_not_heard_of_any_more_and_the_page_fetches_everything(
        self, page: Browser, operator: Employee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session, given = session_of(page(operator)), {"project:secret"}
        monkeypatch.setattr(live, "_sources", [lambda _user: given])

        async def scenario() -> None:
            await connected()
            stream = Stream(session)
            assert await stream.open() == 200
            given.clear()
            await tell(f"employee:{operator.pk}", live.RIGHTS, "")
            await tell("project:secret", "case", "26-000001")
            assert await stream.event() == {"kind": "poll", "id": ""}
            with pytest.raises(TimeoutError):
                await stream.event(seconds=0.3)
            await tell(f"employee:{operator.pk}", "notice", "1")
            assert await stream.event() == {"kind": "notice", "id": "1"}
            await stream.close()

        run(scenario)

    def test_pages_are_told_when_the_broker_is_away(
        self, page: Browser, operator: Employee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session = session_of(page(operator))

        async def scenario() -> None:
            stream = Stream(session)
            assert await stream.open() == 200
            assert await stream.event("state") == "away"
            await stream.close()

        with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
            run(scenario)

    @pytest.mark.parametrize(
        ("origin", "status"), [(ORIGIN, 200), ("http://localhost:9999", 403), ("http://127.0.0.1:8000", 403)]
    )
    def test_only_the_pages_origin_may_read_it(
        self, page: Browser, operator: Employee, origin: str, status: int
    ) -> None:
        session = session_of(page(operator))

        async def scenario() -> None:
            stream = Stream(session, origin=origin)
            assert await stream.open() == status
            if status == 200:
                assert stream.headers["access-control-allow-origin"] == origin
                assert stream.headers["access-control-allow-credentials"] == "true"
                await stream.close()
            else:
                assert "access-control-allow-origin" not in stream.headers

        with override_settings(PAGE_ORIGINS=[ORIGIN, "http://127.0.0.1:8000"]):
            run(scenario)

    @pytest.mark.parametrize(
        ("path", "host"), [("/", "localhost"), ("/admin/", "localhost"), ("/live/", "evil.example")]
    )
    def test_the_live_server_has_one_address(self, db: None, path: str, host: str) -> None:
        async def scenario() -> None:
            assert await Stream(path=path, host=host).open() == 404

        run(scenario)


@pytest.mark.django_db(transaction=True)
def test_news_of_work_that_was_not_saved_are_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(live, "_send", lambda told: sent.extend(message for _channel, message in told))
    with suppress(ZeroDivisionError), transaction.atomic():
        live.publish("board", "case", "26-000001")
        raise ZeroDivisionError
    with transaction.atomic():
        live.publish("board", "case", "26-000002")
        assert sent == []
    assert sent == ['{"kind": "case", "id": "26-000002"}']


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_costs_a_request_no_time_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    live._broker.cache_clear()
    monkeypatch.setattr(live, "_away_until", 0.0)
    began = time.monotonic()
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"), transaction.atomic():
        for number in range(100):
            live.publish("board", "case", number)
    live._broker.cache_clear()
    monkeypatch.setattr(live, "_away_until", 0.0)
    assert time.monotonic() - began < 1


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_sent_is_told_with_the_next_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_away_until", 0.0)
    monkeypatch.setattr(live, "_missed", set())
    live._broker.cache_clear()
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"), transaction.atomic():
        live.publish("employee:1", "exchange", 7)
        live.publish("board", "shift")
    live._broker.cache_clear()
    monkeypatch.setattr(live, "_away_until", 0.0)
    heard = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True).pubsub(
        ignore_subscribe_messages=True
    )
    heard.psubscribe(live.topic("*"))
    heard.get_message(timeout=5)  # the subscription stands
    with transaction.atomic():
        live.publish("employee:2", "break", 3)
    told = [heard.get_message(timeout=5) for _each in range(3)]
    poll = live.message_of("poll")
    assert {(one["channel"], one["data"]) for one in told if one} == {
        (live.topic("employee:2"), live.message_of("break", 3)),
        (live.topic("employee:1"), poll), (live.topic("board"), poll),
    }  # fmt: skip
    heard.close()


def test_a_page_too_slow_to_read_fetches_everything_anew() -> None:
    async def scenario() -> None:
        listener = Listener(["board"])
        for number in range(QUEUE + 1):
            listener.put(("live", str(number)))
        assert await listener.get() == ("live", '{"kind": "poll", "id": ""}')

    on_its_own_loop(scenario())


def test_a_listener_that_does_not_end_does_not_hold_up_the_stop() -> None:
    async def scenario() -> None:
        async def deaf() -> None:
            """As the broker's library is when its connection breaks in the same moment."""
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                await asyncio.sleep(60)

        hub = asgi.Hub()
        hub._task = asyncio.create_task(deaf())
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            await hub.stop()

    run(scenario)
