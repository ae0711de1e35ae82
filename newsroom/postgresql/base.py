"""Django's own backend, which says at once that the database is away instead of waiting anew each time.

Kept pages are served by the same few threads as all others: if every page that needs the database waited
for it, kept ones would wait behind them. So after a failure only one thread tries, all others are refused
without waiting, until it succeeds.
"""

import threading
import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

PAUSE = 1.0  # seconds between two attempts
ATTEMPT = 10.0  # seconds after which one that never ended is no longer waited for


class Outage:
    """Whether this process may try to reach the database now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next_attempt: float | None = None  # None: the database answers

    def may_try(self) -> bool:
        """True for everybody while the database answers, else for one at a time."""
        with self._lock:
            if self._next_attempt is None:
                return True
            now = time.monotonic()
            if now < self._next_attempt:
                return False
            self._next_attempt = now + ATTEMPT
            return True

    def over(self) -> None:
        self._next_attempt = None

    def goes_on(self) -> None:
        with self._lock:
            self._next_attempt = time.monotonic() + PAUSE


outage = Outage()


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not outage.may_try():
            raise OperationalError("the database was away a moment ago")
        try:
            found = super().get_new_connection(conn_params)
        except OperationalError:
            outage.goes_on()
            raise
        outage.over()
        return found
