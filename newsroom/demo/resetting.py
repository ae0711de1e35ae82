"""Empties the demo's database and its uploads, and refuses to empty anything else."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from newsroom.demo.loading import is_loaded


def reset() -> None:
    """Raises NotADemoError, having touched nothing, when the database holds a real newsroom."""
    if "accounts_user" in connection.introspection.table_names():
        is_loaded()
    if connection.vendor == "sqlite":
        connection.close()
        database = Path(connection.settings_dict["NAME"])
        for ending in ("", "-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
    else:
        _drop_tables()
    for folder in filter(None, (settings.MEDIA_ROOT, settings.PAGE_STORE)):
        if Path(folder).is_relative_to(settings.VAR_DIR):
            shutil.rmtree(folder, ignore_errors=True)


def _drop_tables() -> None:
    """The tables themselves go: rows that say what happened cannot be deleted one by one."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
