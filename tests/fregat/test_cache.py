"""The cache lives beside the broker's queues in one Valkey, and leaves them alone."""

from __future__ import annotations

import redis
from django.conf import settings
from django.core.cache import cache

from fregat.lib.cache import TolerantCache


def test_clearing_the_cache_leaves_the_brokers_keys() -> None:
    valkey = redis.Redis.from_url(settings.REDIS_URL)
    queue = f"{settings.KEY_PREFIX}a-queue"
    valkey.rpush(queue, "a message")
    cache.set("small-memory", 1)
    try:
        cache.clear()
        assert cache.get("small-memory") is None
        assert valkey.llen(queue) == 1
    finally:
        valkey.delete(queue)


def test_without_the_broker_clearing_fails_nobody() -> None:
    TolerantCache("redis://127.0.0.1:1/0", {"KEY_PREFIX": "nowhere"}).clear()
