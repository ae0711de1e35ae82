"""The cache that several machines share (Redis); without it the site is only slower, and counts for itself.

It has nothing that the database has not. While Redis is away it behaves like an empty cache, and is not asked
for a few seconds.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from foundation.limiting.counters import FileCounters

log = logging.getLogger("newsroom.cache")
PAUSE = 5.0  # seconds without asking a Redis that did not answer
PATIENCE = 0.5  # seconds until a request to Redis times out


class SharedCache(RedisCache):
    """Django's RedisCache, but errors of the server are misses."""

    away_until = 0.0

    def __init__(self, server: Any, params: dict[str, Any]):
        super().__init__(server, params)
        self._options |= {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE} | self._options

    def _ask(self, name: str, missed: Any, *args: Any, **named: Any) -> Any:
        if time.monotonic() < type(self).away_until:
            return self._without(name, missed, *args, **named)
        try:
            return getattr(super(), name)(*args, **named)
        except RedisError as failure:
            type(self).away_until = time.monotonic() + PAUSE
            log.warning("The shared cache is away, this machine goes on without it: %s", failure)
            return self._without(name, missed, *args, **named)

    def _without(self, name: str, missed: Any, *args: Any, **named: Any) -> Any:
        return missed

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", default, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return self._ask("get_many", {}, keys, version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._ask("has_key", False, key, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask("set", None, key, value, timeout, version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list:
        return self._ask("set_many", list(data), data, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask("add", True, key, value, timeout, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._ask("incr", delta, key, delta, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask("touch", False, key, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask("delete", False, key, version)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask("delete_many", None, keys, version)

    def clear(self) -> bool:
        return self._ask("clear", False)


class SharedCounters(SharedCache):
    """What is counted against limits, by all machines; while Redis is away each counts in its file."""

    def __init__(self, server: Any, params: dict[str, Any]):
        options = dict(params["OPTIONS"])
        self._alone = FileCounters(options.pop("alone"), {})
        super().__init__(server, params | {"OPTIONS": options})

    def _without(self, name: str, missed: Any, *args: Any, **named: Any) -> Any:
        return getattr(self._alone, name)(*args, **named)

    def works(self) -> bool:
        """Return whether this machine could count alone; `readyz` says of Redis itself (`cache`)."""
        return self._alone.works()
