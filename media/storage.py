"""Store files below var/uploads, each written completely or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


def stored_name(content_hash: str, file: str) -> str:
    """Return the name of a photo's file for Django's storage.

    It has no address of its own; media.views serves it.
    """
    return f"photos/{content_hash[:2]}/{content_hash}/{file}"


def can_write_into(folder: Path) -> bool:
    """Return whether a file can be written there now; a full disk may still list and read."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".part-") as part:
            part.write(b"x" * 4096)
            part.flush()
            os.fsync(part.fileno())  # only now a full disk says so
    except OSError:
        return False
    return True


class WholeFileStorage(FileSystemStorage):
    """Django's FileSystemStorage, but each file is written beside its place and then renamed.

    A process that dies half-way, or a power cut, leaves at most an unused `.part-…` file.
    """

    def answers(self) -> bool:
        """Return whether files can be read and written now."""
        return can_write_into(Path(self.location))

    def _save(self, name: str, content: File) -> str:
        os.makedirs(self.location, exist_ok=True)  # noqa: PTH103 (the storage's own path is a str)
        with NamedTemporaryFile(dir=self.location, prefix=".part-", delete_on_close=False) as part:
            for chunk in content.chunks():
                part.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            part.flush()
            os.fsync(part.fileno())
            return super()._save(name, _Written(part))


class _Written(File):
    """Tells the storage that a complete file exists under a temporary name: it is renamed, not copied."""

    def temporary_file_path(self) -> Any:
        return self.file.name
