"""Copies of backups in a bucket (settings.BACKUP_STORAGE)."""

import datetime
import hashlib
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from newsroom.backups.refusal import BackupRefused

_NAME = re.compile(r"toasoan-(\d{8}-\d{6})\.tar(\.age)?")
_PIECE = 1024 * 1024


def copy_away(file: Path) -> None:
    """Store the backup in the bucket and read it back. Raises BackupRefused when it is not there whole."""
    bucket = _bucket()
    try:
        with file.open("rb") as written:
            name = bucket.save(file.name, File(written))
        with bucket.open(name) as kept, file.open("rb") as own:
            if _digest(kept) != _digest(own):
                raise BackupRefused(f"Bản ở kho xa không giống bản ở máy: {name}.")
    except OSError as failure:
        raise BackupRefused(f"Bản ở máy đã có, nhưng không chép được sang kho xa: {failure}.") from failure


def forget_old_away(days: int) -> int:
    """Delete our backups of the bucket older than `days`; the newest stays. Returns how many."""
    bucket = _bucket()
    kept = sorted(name for name in bucket.listdir("")[1] if _NAME.fullmatch(name))
    limit = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(days=days)
    old = [name for name in kept[:-1] if _NAME.fullmatch(name)[1] < f"{limit:%Y%m%d-%H%M%S}"]  # type: ignore[index]
    for name in old:
        bucket.delete(name)
    return len(old)


def _bucket() -> Storage:
    return storages.create_storage(settings.BACKUP_STORAGE)


def _digest(file: Any) -> str:
    sha256 = hashlib.sha256()
    while piece := file.read(_PIECE):
        sha256.update(piece)
    return sha256.hexdigest()
