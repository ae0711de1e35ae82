"""Pictures behind the sheets: stored under a new name each, deleted when nothing draws with them any more."""

from django.core.files.storage import default_storage
from django.db import transaction

from press.models import PrintRun, PrintTemplate


def drop_background(name: str) -> None:
    """Delete the picture after the commit, unless a template or a run that is not finished needs it."""
    if name:
        transaction.on_commit(lambda: _delete_unused(name))


def _delete_unused(name: str) -> None:
    needed = (
        PrintTemplate.objects.filter(background=name),
        PrintRun.objects.filter(background=name, finished_at=None),
    )
    if not any(rows.exists() for rows in needed):
        default_storage.delete(name)
