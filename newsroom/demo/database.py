"""The demo's database: whether it has the tables of this program, and how it is emptied."""

import pkgutil
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from newsroom.demo.loading import is_loaded


def has_tables() -> bool:
    """Whether every migration on the disk is applied, so that a start need not load them all.

    Compares names; in doubt the answer is no.
    """
    applied = set(MigrationRecorder(connection).applied_migrations())
    return {
        (app.label, file.name)
        for app in apps.get_app_configs()
        for file in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if file.name[0] not in "_~"
    } <= applied


def reset() -> None:
    """Empty the database and the uploads.

    Raises NotADemoError before it touches anything when the database holds a real newsroom.
    """
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
