"""Which of the two indexes is ours, and how long a question may take."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from django.db import OperationalError, connection, transaction

from search import postgresql, sqlite

_STEPS = 2000  # of SQLite's machine between two looks at the clock: well under a millisecond


class SearchTookTooLongError(Exception):
    """The question was stopped; nothing of its answer is known."""


def index() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The database itself stops what takes longer: all together on SQLite, each statement on PostgreSQL."""
    limit = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    try:
        with limit(seconds):
            yield
    except OperationalError as error:
        if "interrupted" in str(error) or "statement timeout" in str(error):
            raise SearchTookTooLongError from error
        raise


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    end = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    milliseconds = max(1, int(seconds * 1000))  # 0 would mean: for ever
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])
        yield
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
