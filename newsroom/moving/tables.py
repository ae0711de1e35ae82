"""The tables that are moved, their rows as Python reads them, and digests equal in both databases."""

import datetime
import decimal
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from foundation.search.models import Entry, Word

# The search index: each database keeps its words in a way of its own, and the target finds them anew.
REBUILT = (Entry, Word)
_AT_ONCE = 2000
_ROWS = 2**256

type Row = tuple[Any, ...]
type Digests = dict[str, tuple[int, str]]  # rows and digest by table


def moved_models() -> list[type[models.Model]]:
    """Return the model of every table that is moved, each once."""
    found = apps.get_models(include_auto_created=True)
    own = [model for model in found if model._meta.managed and not model._meta.proxy and model not in REBUILT]
    return [*{model._meta.db_table: model for model in own}.values(), MigrationRecorder.Migration]


def stored_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields with a column that is written; generated columns follow from these."""
    return [one for one in model._meta.local_concrete_fields if not one.generated]


def read_rows(model: type[models.Model]) -> Iterator[Row]:
    """Yield the rows of a table of the default database, in no order."""
    names = [one.attname for one in stored_fields(model)]
    rows: Iterator[Row] = model._base_manager.order_by().values_list(*names).iterator(chunk_size=_AT_ONCE)
    return rows


@dataclass
class Digest:
    """The number of rows and a digest of them all that does not depend on their order."""

    rows: int = 0
    total: int = 0
    words: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        said = repr([_plain(value) for value in row]).encode("utf-8", "surrogatepass")
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(said).digest())) % _ROWS

    @property
    def result(self) -> tuple[int, str]:
        return self.rows, f"{self.total:064x}"


def digests() -> Digests:
    """Return the digests of all moved tables of the default database."""
    found: Digests = {}
    for model in moved_models():
        digest = Digest()
        for row in read_rows(model):
            digest.add(row)
        found[model._meta.db_table] = digest.result
    return found


def _plain(value: Any) -> Any:
    """Return a value as both databases give it back."""
    match value:
        case memoryview() | bytes() | bytearray():
            return bytes(value).hex()
        case datetime.datetime() if value.tzinfo:
            return value.astimezone(datetime.UTC).isoformat()
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case decimal.Decimal():
            return format(value.normalize(), "f")
        case dict() | list():
            return json.dumps(value, sort_keys=True, ensure_ascii=False)
        case _:
            return value


def read_counters(line: BaseDatabaseWrapper) -> dict[str, int]:
    """Return, by table, the last number that was given away: numbers of deleted rows are not given again."""
    with line.cursor() as cursor:
        if line.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        cursor.execute(
            "SELECT t.relname, s.last_value FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace "
            "JOIN pg_depend d ON d.refobjid = t.oid AND d.deptype IN ('a', 'i') "
            "JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' "
            "JOIN pg_sequences s ON s.schemaname = n.nspname AND s.sequencename = c.relname "
            "WHERE n.nspname = current_schema() AND s.last_value IS NOT NULL"
        )
        return dict(cursor.fetchall())


def write_counters(line: BaseDatabaseWrapper, counters: dict[str, int]) -> None:
    """Go on counting after these numbers."""
    with line.cursor() as cursor:
        for model in moved_models():
            table, key = model._meta.db_table, model._meta.pk
            last = counters.get(table)
            if not last or not isinstance(key, models.AutoField):
                continue
            if line.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            else:
                place = [line.ops.quote_name(table), key.column, last]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", place)
