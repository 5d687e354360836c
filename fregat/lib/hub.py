"""The hub of the live server: one subscription to the broker a process, fanned out to every open page.

A page gets `(event, data)` pairs. When the broker goes away the pages are told to poll, and told again
when it is back. A page too slow to read is told to fetch everything anew.

The broker replays nothing, and a page is drawn before its stream is open: so the hub remembers the last
minute, and a page that says since when it knows nothing gets what it missed, or is told to fetch everything.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator

import redis.asyncio as redis
from django.conf import settings
from redis.exceptions import RedisError

from fregat.lib.live import RIGHTS, message_of, topic

log = logging.getLogger("fregat.live")

Event = tuple[str, str]
POLL: Event = ("live", '{"kind": "poll", "id": ""}')
AWAY: Event = ("state", "away")
BACK: Event = ("state", "open")
END: Event = ("end", "")
ASK_ANEW: Event = ("live", message_of(RIGHTS))
"""Never sent to a page: whoever hears it is asked about anew."""

QUEUE = 200
"""Events that wait for one page; with more it fetches everything anew."""
MEMORY_SECONDS = 60.0
"""So long news are remembered for pages whose stream opens after they were drawn."""
_MEMORY = 5_000
"""News remembered at most; older ones go first."""
_PING_SECONDS = 15
_RETRY_SECONDS = 1
_STOP_SECONDS = 2
"""The broker's library may swallow one cancellation while its connection breaks: it is not waited for longer."""


class Listener:
    """One open page: its channels and what waits for it."""

    def __init__(self, channels: Iterable[str]) -> None:
        self.channels = frozenset(channels)
        self.asked = asyncio.Event()
        """Set when it must be asked anew what the page may hear; until then it hears nothing."""
        self._queue: asyncio.Queue[Event] = asyncio.Queue(QUEUE)

    def put(self, event: Event) -> None:
        """Add an event; an overflow becomes one order to fetch everything."""
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            event = POLL
        self._queue.put_nowait(event)

    def ask_anew(self) -> None:
        """The rights of the page's person have changed: silence until they are known."""
        self.channels = frozenset()
        self.asked.set()

    def answered(self, channels: Iterable[str], *, after_silence: bool) -> None:
        """What the page may hear now; after a silence it fetches everything anew."""
        if self.asked.is_set():
            return  # changed again meanwhile: the answer is old already
        self.channels = frozenset(channels)
        if after_silence:
            self.put(POLL)

    async def get(self) -> Event:
        """The next event."""
        return await self._queue.get()


class Hub:
    """The subscription and the open pages."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.connected = False
        self._heard_from: float | None = None
        """Since when nothing was missed, in seconds of the epoch; None while the broker is away."""
        self._memory: deque[tuple[float, str, Event]] = deque(maxlen=_MEMORY)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen to the broker, once; a listener that died is replaced."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End every stream and stop listening."""
        for listener in self.listeners:
            listener.put(END)
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task], timeout=_STOP_SECONDS)

    @contextlib.contextmanager
    def open(self, channels: Iterable[str], *, since: float | None = None) -> Iterator[Listener]:
        """A page listens to these channels until the block ends.

        `since`: when the page was drawn or last heard anything, in seconds of the epoch; None when it
        does not say. What it missed comes first.
        """
        self.start()
        listener = Listener(channels)
        self.listeners.add(listener)
        listener.put(BACK if self.connected else AWAY)
        if since is not None:
            for event in self._missed(listener.channels, since):
                listener.put(event)
        try:
            yield listener
        finally:
            self.listeners.discard(listener)

    def _missed(self, channels: frozenset[str], since: float) -> list[Event]:
        """What came on these channels from `since` on, each once; the order to fetch everything when not known."""
        if self._heard_from is None:
            return []  # the page is told when the broker is back, and fetches then
        oldest = self._memory[0][0] if len(self._memory) == _MEMORY else self._heard_from
        if since < max(oldest, time.time() - MEMORY_SECONDS):
            return [POLL]
        found = [event for at, channel, event in self._memory if at >= since and channel in channels]
        return list(dict.fromkeys(found))

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                if self.connected:
                    log.warning("the broker is away, pages poll: %s", type(error).__name__)
                self._tell_state(connected=False)
                await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        """Fan out until the connection breaks."""
        start = topic("")
        broker = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=2, health_check_interval=_PING_SECONDS
        )
        async with broker, broker.pubsub() as subscription:
            await subscription.psubscribe(topic("*"))
            self._tell_state(connected=True)
            while True:
                message = await subscription.get_message(
                    ignore_subscribe_messages=True, timeout=_PING_SECONDS
                )
                if message:
                    channel = message["channel"].decode().removeprefix(start)
                    self.fan_out(channel, ("live", message["data"].decode()))

    def fan_out(self, channel: str, event: Event) -> None:
        """Give an event to every page that may hear the channel, and remember it."""
        if event == ASK_ANEW:
            for listener in list(self.listeners):
                if channel in listener.channels:
                    listener.ask_anew()
            return
        now = time.time()
        self._memory.append((now, channel, event))
        while self._memory[0][0] < now - MEMORY_SECONDS:
            self._memory.popleft()
        for listener in list(self.listeners):
            if channel in listener.channels:
                listener.put(event)

    def _tell_state(self, *, connected: bool) -> None:
        if connected == self.connected:
            return
        self.connected = connected
        self._heard_from = time.time() if connected else None
        self._memory.clear()
        for listener in list(self.listeners):
            listener.put(BACK if connected else AWAY)
