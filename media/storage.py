"""Where files lie under var/uploads, and how they come there: whole, or not at all."""

import os
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


def stored_name(content_hash: str, file: str) -> str:
    """Where a photo's file lies, for Django's storage. No address leads there: media.views serves."""
    return f"photos/{content_hash[:2]}/{content_hash}/{file}"


class WholeFileStorage(FileSystemStorage):
    """Django's own, after writing each file beside its place and moving it there in one step.

    A process killed half-way, or a power cut, leaves at most a `.part-…` file that nobody names.
    """

    def answers(self) -> bool:
        """Whether files can be read and written now."""
        try:
            os.makedirs(self.location, exist_ok=True)  # noqa: PTH103 (the storage's own path is a str)
        except OSError:
            return False
        return os.access(self.location, os.W_OK)

    def _save(self, name: str, content: File) -> str:
        os.makedirs(self.location, exist_ok=True)  # noqa: PTH103 (the storage's own path is a str)
        with NamedTemporaryFile(dir=self.location, prefix=".part-", delete_on_close=False) as part:
            for chunk in content.chunks():
                part.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            part.flush()
            os.fsync(part.fileno())
            return super()._save(name, _Written(part))


class _Written(File):
    """Tells the storage that the content lies complete under a name of its own: it is renamed, not copied."""

    def temporary_file_path(self) -> Any:
        return self.file.name
