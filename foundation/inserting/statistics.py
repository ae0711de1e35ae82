"""What the database believes about the sizes of its tables: the ways it chooses follow from that."""

import time

from django.db import connection

_LOOKED_AT = 1000  # rows of an index SQLite looks at; enough to tell thousands from dozens
_A_DAY = 24 * 3600.0
_refreshed_at: list[float] = []


def refresh_statistics() -> None:
    """Let the database look at what it holds, as after thousands of rows more."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        cursor.execute("ANALYZE")


def refresh_daily() -> int:
    """For the worker, at its start and once a day; nothing anybody needs to be told of.

    PostgreSQL does so by itself; SQLite never does, and in time would read a whole table to order it.
    """
    now = time.monotonic()
    if connection.vendor == "sqlite" and not (_refreshed_at and now - _refreshed_at[0] < _A_DAY):
        refresh_statistics()
        _refreshed_at[:] = [now]
    return 0
