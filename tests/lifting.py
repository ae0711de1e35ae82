"""Takes the kept rows' protection away for a moment: to empty a test's database, or to play a vandal.

For tests alone. The product has no such door: `demo --reset` removes the tables themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def lifted() -> Iterator[None]:
    """Within, rows that are kept may be changed and deleted by SQL."""
    lift = _lift_on_sqlite if connection.vendor == "sqlite" else _lift_on_postgresql
    restore = lift()
    try:
        yield
    finally:
        _settle()
        with transaction.atomic():
            _execute(restore)


def _lift_on_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        # Those that keep rows, not those that keep the search index in step.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%__no__%'")
        triggers = cursor.fetchall()
    _execute([f'DROP TRIGGER "{name}"' for name, _sql in triggers])
    return [sql for _name, sql in triggers]


def _lift_on_postgresql() -> list[str]:
    _settle()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        tables = [row[0] for row in cursor.fetchall()]
    _execute([f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables])
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]


def _settle() -> None:
    """A table with checks still to run refuses to be altered or emptied."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        connection.check_constraints()


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
