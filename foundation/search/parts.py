"""Words begun, in the folded column `search_key` of a record's own table: names, titles, captions."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def begun(word: str) -> Q:
    """Rows with a word that begins so; what is typed can begin a word but not end one."""
    return Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")


def add_index(table: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    """For a migration: PostgreSQL finds three letters anywhere in the column without reading the table.

    pg_trgm comes with the server, and the owner of a database may add it. SQLite has nothing of the kind
    for `LIKE` and reads the table; a site of its size can.
    """

    def add(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {table}_parts ON {table} USING gin (search_key gin_trgm_ops)"
            )

    return add


def remove_index(table: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def remove(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        schema_editor.execute(f"DROP INDEX IF EXISTS {table}_parts")

    return remove
