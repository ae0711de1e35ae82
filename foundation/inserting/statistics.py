"""Refresh the table statistics by which the database plans its queries."""

import time

from django.db import connection

_LOOKED_AT = 1000  # index rows that SQLite samples; enough to tell thousands from dozens
_A_DAY = 24 * 3600.0
_refreshed_at: list[float] = []


def refresh_statistics() -> None:
    """Run ANALYZE; call it after inserting thousands of rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        cursor.execute("ANALYZE")


def refresh_daily() -> int:
    """Refresh the statistics on SQLite; the worker calls it at its start and once a day. Returns 0.

    PostgreSQL does this by itself. SQLite never does, and would in time scan a whole table to sort it.
    """
    now = time.monotonic()
    if connection.vendor == "sqlite" and not (_refreshed_at and now - _refreshed_at[0] < _A_DAY):
        refresh_statistics()
        _refreshed_at[:] = [now]
    return 0
