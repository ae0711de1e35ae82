"""Search by beginnings of words in the column `search_key` of a record's own table."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def begun(word: str) -> Q:
    """Return a condition for rows with a word that begins like `word`."""
    return Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")


def add_index(table: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """Return a migration function that lets PostgreSQL find three letters in the column by an index.

    pg_trgm comes with the server, and the owner of a database may add it. SQLite has no such index for `LIKE`
    and scans the table, which is fast enough for a site of that size.
    """

    def add(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {table}_parts ON {table} USING gin (search_key gin_trgm_ops)"
            )

    return add


def remove_index(table: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """Return the migration function that removes the index of `add_index`."""

    def remove(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        schema_editor.execute(f"DROP INDEX IF EXISTS {table}_parts")

    return remove
