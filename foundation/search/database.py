"""Which of the two indexes this database uses, and the time limit of a query."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from foundation.search import postgresql, sqlite

_STEPS = 2000  # SQLite instructions between two checks of the clock: well under a millisecond


class SearchTookTooLongError(Exception):
    """The query was stopped; no part of its result is known."""


def index() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql


class Clock:
    """The time limit of one query."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    @property
    def has_run_out(self) -> bool:
        return time.monotonic() > self._end

    def check(self) -> None:
        """Raise SearchTookTooLongError when the time is over."""
        if self.has_run_out:
            raise SearchTookTooLongError


@contextmanager
def within(seconds: float) -> Iterator[Clock]:
    """Inside the block, the database stops queries that take longer than `seconds`.

    On SQLite all queries together; on PostgreSQL each single one, so the caller of several must check the
    clock between them.
    """
    limit = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    try:
        with limit(seconds) as clock:
            yield clock
    except OperationalError as error:
        if "interrupted" in str(error) or "statement timeout" in str(error):
            raise SearchTookTooLongError from error
        raise


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[Clock]:
    connection.ensure_connection()
    clock = Clock(seconds)
    connection.connection.set_progress_handler(lambda: clock.has_run_out, _STEPS)
    try:
        yield clock
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[Clock]:
    milliseconds = max(1, int(seconds * 1000))  # 0 would mean no limit
    inside = {"statement_timeout": milliseconds, "enable_seqscan": "off"}  # always use an index
    after = {"statement_timeout": 0, "enable_seqscan": "on"}
    with transaction.atomic(), connection.cursor() as cursor:
        _set(cursor, inside)
        yield Clock(seconds)
        _set(cursor, after)


def _set(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """The values apply until the end of the transaction."""
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    cursor.execute(f"SELECT {calls}", [str(word) for pair in values.items() for word in pair])
