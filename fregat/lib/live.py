"""Live updates: who changed what is told by id, the open pages fetch through their own permission checks.

`publish` runs on commit and never fails a request whose work is saved: the broker may be away, pages
poll then. A person hears `employee:<pk>` and what the rooms' registered functions give them.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib import import_module
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, transaction
from django.http import HttpRequest
from redis.backoff import NoBackoff
from redis.retry import Retry

Channels = Callable[[Any], Iterable[str]]

log = logging.getLogger("fregat.live")

RIGHTS = "rights"
"""A kind that no page hears: published on `employee:<pk>`, it has the live server ask at once what the person may
hear now, instead of at the next of its rounds. Whoever is dismissed hears nothing more."""

_SEND_SECONDS = 0.3
"""How long a request may wait for a broker that does not answer."""
_PAUSE_SECONDS = 2.0
"""How long nothing is sent after a failure: a burst of news must not wait for each of its ids."""
_missed: set[str] = set()
"""Channels whose news this process could not send. Their pages may have a stream that never broke, on a machine
that was slow for a moment: with the next news that goes out they are told to look anew."""

_sources: list[Channels] = []
_away_until = 0.0


def register_channels(source: Channels) -> None:
    """Give people channels: `source(user)` names those the person may hear now (asked every 15 s)."""
    if source not in _sources:
        _sources.append(source)


def channels_of(user: Any) -> frozenset[str]:
    """All channels a person may hear."""
    return frozenset({f"employee:{user.pk}", *(name for source in _sources for name in source(user))})


def publish(channel: str, kind: str, ident: str | int = "") -> None:
    """Tell open pages, once this transaction is saved, that `kind` `ident` has changed.

    Only ids and codes may be given: every page on the channel receives them as they are.
    """
    publish_all([(channel, kind, ident)])


def publish_all(news: Iterable[tuple[str, str, str | int]]) -> None:
    """The same of several at once: channel, kind, id. One round trip."""
    told = [(channel, message_of(kind, ident)) for channel, kind, ident in news]
    transaction.on_commit(partial(_send, told), robust=True)


def message_of(kind: str, ident: str | int = "") -> str:
    """What travels."""
    return json.dumps({"kind": kind, "id": str(ident)})


def topic(channel: str) -> str:
    """The broker's name of a channel; `topic("*")` is the pattern of all of them."""
    return f"{settings.KEY_PREFIX}live:{channel}"


def user_of_session(session_key: str) -> Any | None:
    """The employee signed in with this session; None when it has ended (dismissed, signed out, expired)."""
    close_old_connections()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user if user.is_authenticated and user.is_active else None


def _send(told: list[tuple[str, str]]) -> None:
    global _away_until
    channels = {channel for channel, _message in told}
    if time.monotonic() < _away_until:
        _missed.update(channels)
        return
    try:
        with _broker().pipeline(transaction=False) as pipe:
            for channel, message in told:
                pipe.publish(topic(channel), message)
            pipe.execute()
        while _missed:
            _look_anew()
    except (redis.RedisError, OSError) as error:
        _away_until = time.monotonic() + _PAUSE_SECONDS
        _missed.update(channels)
        log.warning("news not sent, pages will be told to look anew: %s", type(error).__name__)


def _look_anew() -> None:
    """Tell one channel that it missed something; who listens fetches everything."""
    channel = _missed.pop()
    try:
        _broker().publish(topic(channel), message_of("poll"))
    except (redis.RedisError, OSError):
        _missed.add(channel)
        raise


@cache
def _broker() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_SEND_SECONDS,
        socket_connect_timeout=_SEND_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
