"""Insert many new rows of one table at once, by the fastest way of each database."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, cast

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# Fields whose Python values both databases accept without conversion.
_PLAIN = (
    models.AutoField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


def insert_all[Row: models.Model](rows: Iterable[Row]) -> list[Row]:
    """Insert new rows of one model in one transaction and return them in the same order, with primary keys.

    Takes less than half the time of `bulk_create` but has none of its options. Either every row already has a
    primary key or none has. Constraints and triggers of the database apply. On PostgreSQL execute wrappers do
    not see the insert (COPY), so the caller announces the rows that readers see.
    """
    found = list(rows)
    if not found:
        return found
    meta = type(found[0])._meta
    fields = [field for field in meta.local_concrete_fields if not field.generated]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if found[0].pk is None:
            for row, number in zip(found, _next(cursor, meta, len(found)), strict=True):
                row.pk = number
        columns = [_column(field, found) for field in fields]
        write_rows(cursor, meta.db_table, [str(field.column) for field in fields], zip(*columns, strict=True))
    for row in found:
        row._state.adding, row._state.db = False, connection.alias
    return found


def write_rows(
    cursor: CursorWrapper,
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    line: BaseDatabaseWrapper = connection,
) -> None:
    """Insert values, already adapted for the database, into a table of the project; `line` is the cursor's
    connection.
    """
    names = ", ".join(map(line.ops.quote_name, columns))
    into = f"{line.ops.quote_name(table)} ({names})"
    if line.vendor == "postgresql":
        # Django wraps errors only of its own calls; this raises its exceptions for COPY too.
        with line.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {into} VALUES ({places})", cast(Any, rows))  # noqa: S608 (our own names)


def reserve_numbers(model: type[models.Model], count: int) -> list[int]:
    """Reserve `count` primary keys for rows that are inserted later; no other row gets them."""
    with transaction.atomic(), connection.cursor() as cursor:
        return _next(cursor, model._meta, count)


def _next(cursor: CursorWrapper, meta: Any, count: int) -> list[int]:
    """Return the next primary keys of the table. SQLite has one writer: its sequence is advanced by hand."""
    if connection.vendor == "postgresql":
        asked = [connection.ops.quote_name(meta.db_table), meta.pk.column, count]
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", asked)
        return [number for (number,) in cursor.fetchall()]
    asked = [count, meta.db_table]
    cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", asked)
    if (found := cursor.fetchone()) is None:
        cursor.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", asked)
    (last,) = found or (count,)
    return list(range(last - count + 1, last + 1))


def _column(field: models.Field, rows: Sequence[models.Model]) -> list[Any]:
    """Return one field's values of all rows, adapted for the database."""
    is_djangos = type(field).__module__.startswith("django.db.models.fields")
    if is_djangos and isinstance(field, _PLAIN):
        read = attrgetter(field.attname)
        return [read(row) for row in rows]
    values = [field.pre_save(row, add=True) for row in rows]
    if type(field) is models.DateTimeField and all(value is None or value.tzinfo for value in values):
        # The same result as get_db_prep_save, faster.
        return list(map(connection.ops.adapt_datetimefield_value, values))
    return [field.get_db_prep_save(value, connection) for value in values]
