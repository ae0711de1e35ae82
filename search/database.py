"""Which of the two indexes is ours, and how long a question may take."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

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
    # The planner cannot know how rare two common words are together: always by the index of words.
    inside = {"statement_timeout": milliseconds, "enable_seqscan": "off", "enable_indexscan": "off"}
    after = {"statement_timeout": 0, "enable_seqscan": "on", "enable_indexscan": "on"}
    with transaction.atomic(), connection.cursor() as cursor:
        _set(cursor, inside)
        yield
        _set(cursor, after)


def _set(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """Until the end of the transaction."""
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    cursor.execute(f"SELECT {calls}", [str(word) for pair in values.items() for word in pair])
