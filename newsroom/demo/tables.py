"""Whether the database has the tables of this program, so that a start need not load every migration."""

import pkgutil
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def are_there() -> bool:
    """By the names of what was applied and of what lies on the disk; in doubt, no."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return {
        (app.label, file.name)
        for app in apps.get_app_configs()
        for file in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if file.name[0] not in "_~"
    } <= applied
