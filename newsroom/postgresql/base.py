"""Django's PostgreSQL backend that fails at once while the database is away.

Kept pages are served by the same few threads as other pages. If each page that needs the database waited for
it, kept pages would wait too. So after a failure only one thread tries to connect; all others fail without
waiting until it succeeds.
"""

import threading
import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

PAUSE = 1.0  # seconds between two attempts
ATTEMPT = 10.0  # seconds after which an attempt without a result is ignored


class Outage:
    """Whether this process may try to connect to the database now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next_attempt: float | None = None  # None: the database answers

    def may_try(self) -> bool:
        """Return True while the database answers; during an outage, for one thread at a time."""
        with self._lock:
            if self._next_attempt is None:
                return True
            now = time.monotonic()
            if now < self._next_attempt:
                return False
            self._next_attempt = now + ATTEMPT
            return True

    def over(self) -> None:
        """An attempt succeeded: the outage is over."""
        self._next_attempt = None

    def goes_on(self) -> None:
        """An attempt failed: the outage goes on."""
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
