"""The cache: Django's Redis cache that does not fail when the broker is away.

Sign-in limits and small memories live here, never the only copy of anything. Without the broker
a read finds nothing and a write is lost; the work itself goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("fregat.cache")


def _tolerant(name: str, absent: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("The cache is away: %s", type(error).__name__)
            return absent(*args, **kwargs)

    return method


def _default(_key: str, default: Any = None, *_args: Any, **_kwargs: Any) -> Any:
    return default() if callable(default) else default


def _clear(cache: RedisCache) -> None:
    client = cache._cache.get_client(None, write=True)
    # A key is `prefix:version:name`.
    for key in client.scan_iter(match=f"{cache.key_prefix}:*", count=1000):
        client.delete(key)


class TolerantCache(RedisCache):
    """Redis cache; a broker that is away means «not found», «not stored»."""

    get = _tolerant("get", lambda key, default=None, version=None: default)
    get_or_set = _tolerant("get_or_set", _default)
    get_many = _tolerant("get_many", lambda *a, **k: {})
    set = _tolerant("set", lambda *a, **k: None)
    set_many = _tolerant("set_many", lambda data, *a, **k: list(data))
    # `add` answers whether it was the first: without a memory everybody is.
    add = _tolerant("add", lambda *a, **k: True)
    incr = _tolerant("incr", lambda key, delta=1, version=None: delta)
    decr = _tolerant("decr", lambda key, delta=1, version=None: -delta)
    delete = _tolerant("delete", lambda *a, **k: False)
    delete_many = _tolerant("delete_many", lambda *a, **k: None)
    has_key = _tolerant("has_key", lambda *a, **k: False)
    touch = _tolerant("touch", lambda *a, **k: False)

    def clear(self) -> None:
        """Forget what the cache holds: by its prefix, for Django's own FLUSHDB would empty the broker too."""
        try:
            _clear(self)
        except (RedisError, OSError) as error:
            log.warning("The cache is away: %s", type(error).__name__)
