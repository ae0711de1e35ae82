"""Empties the demo's database and its uploads, and refuses to empty anything else."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
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
        call_command("flush", verbosity=0, interactive=False)
    for folder in filter(None, (settings.MEDIA_ROOT, settings.PAGE_STORE)):
        if Path(folder).is_relative_to(settings.VAR_DIR):
            shutil.rmtree(folder, ignore_errors=True)
