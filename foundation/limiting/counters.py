"""Counters that all processes of one machine share, in a small SQLite file of their own.

Django's memory cache counts in each process alone, its file and database caches lose counts when two add at
once. With Redis (`CACHE_URL`) all machines count together and this file is not used.
"""

import atexit
import logging
import os
import random
import sqlite3
import threading
import time
import weakref
from functools import cache
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

log = logging.getLogger("newsroom.limits")
_TABLE = (
    "CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, number INTEGER, until REAL) WITHOUT ROWID"
)
_TIDY_ONE_IN = 200
_memory_lock = threading.Lock()


@cache
def _memory() -> sqlite3.Connection:
    """The counters of this process alone, for as long as the file cannot be used."""
    opened = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    opened.execute(_TABLE)
    atexit.register(opened.close)
    return opened


class FileCounters(BaseCache):
    """A Django cache of whole numbers. Without its file each process counts alone, and `works` says so.

    One object serves one thread, as Django makes one for each; after a fork it opens the file anew.
    """

    def __init__(self, server: str, params: dict[str, Any]):
        super().__init__(params)
        self._file = Path(server)
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if random.randrange(_TIDY_ONE_IN) == 0:  # noqa: S311 (no secret)
            self._ask("DELETE FROM counters WHERE until < ? RETURNING 1", time.time())
        words = (
            "INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
            "SET number = excluded.number, until = excluded.until WHERE until < ? RETURNING number"
        )
        return bool(self._ask(words, self._name(key, version), value, self._until(timeout), time.time()))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        words = "SELECT number FROM counters WHERE name = ? AND until >= ?"
        found = self._ask(words, self._name(key, version), time.time())
        return found[0][0] if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        words = "INSERT OR REPLACE INTO counters VALUES (?, ?, ?) RETURNING number"
        self._ask(words, self._name(key, version), value, self._until(timeout))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add in one statement, so that two processes never count as one."""
        words = "UPDATE counters SET number = number + ? WHERE name = ? AND until >= ? RETURNING number"
        found = self._ask(words, delta, self._name(key, version), time.time())
        if not found:
            raise ValueError(f"nothing is counted as {key}")
        return found[0][0]

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("DELETE FROM counters WHERE name = ? RETURNING 1", self._name(key, version)))

    def clear(self) -> None:
        self._ask("DELETE FROM counters RETURNING 1")

    def close(self, **kwargs: Any) -> None:
        """Django calls this after each request; the file stays open, which is most of the cost."""

    def _name(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _until(self, timeout: Any) -> float:
        return self.get_backend_timeout(timeout) or time.time() + 10 * 365 * 24 * 3600

    def works(self) -> bool:
        """Return whether the file can be written now."""
        try:
            # Counts nothing: the name is none that a counter has.
            self._connection().execute("INSERT OR REPLACE INTO counters VALUES ('', 0, 0)")
        except (OSError, sqlite3.Error):
            return False
        return True

    def _ask(self, words: str, *values: Any) -> list[Any]:
        try:
            return self._connection().execute(words, values).fetchall()
        except (OSError, sqlite3.Error) as failure:
            log.error("The counters in %s cannot be used, each process counts alone: %s", self._file, failure)
        with _memory_lock:
            return _memory().execute(words, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None or self._opened[0] != os.getpid():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # The object may be dropped by another thread than the one that used it.
            opened = sqlite3.connect(self._file, timeout=1, isolation_level=None, check_same_thread=False)
            closing = weakref.finalize(self, opened.close)  # its thread ends
            try:
                # A power cut may lose counts, and nothing else: no wait for the disk.
                opened.execute("PRAGMA journal_mode=WAL")
                opened.execute("PRAGMA synchronous=OFF")
                opened.execute(_TABLE)
            except sqlite3.Error:
                closing()
                raise
            self._opened = (os.getpid(), opened)
        return self._opened[1]
