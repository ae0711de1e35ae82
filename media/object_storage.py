"""Store uploads in an S3-compatible bucket that only the application reads.

Loaded only if MEDIA_STORAGE_URL asks for it. Nobody may read a photo of an unpublished story by guessing or
keeping an address, so no address of the bucket is given out, signed or not. The application reads the file
and answers itself, after the same checks as for local files (media.views, documents.views).
"""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.crypto import get_random_string
from storages.backends.s3 import S3Storage

# A reader waits for this: a quick error is better than a minute.
_PATIENCE = {"connect_timeout": 3, "read_timeout": 15, "retries": {"max_attempts": 2}}


@contextmanager
def _failures_as_oserror() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as failure:
        raise OSError(f"The bucket cannot be used: {failure}") from failure


class PrivateBucket(S3Storage):
    """django-storages' S3 storage: private, never overwrites, never gives out its addresses.

    A bucket that does not answer or refuses to store raises OSError, as a full disk does.
    """

    def __init__(self, **options: Any):
        config = Config(
            s3={"addressing_style": options.pop("addressing_style", "auto")},
            signature_version="s3v4",
            # Not every S3 server supports the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            **_PATIENCE,
        )
        fixed = {
            "client_config": config,
            "default_acl": None,  # the bucket's own rule, which must be private: see `is_open`
            "file_overwrite": False,
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "private, no-store"},
        }
        super().__init__(**options | fixed)

    def exists(self, name: str) -> bool:
        with _failures_as_oserror():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with _failures_as_oserror():
            super().delete(name)

    def _save(self, name: str, content: File) -> str:
        with _failures_as_oserror():
            return super()._save(name, content)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Return an address of this site, as for local files; the views check permissions."""
        return f"{settings.MEDIA_URL}{name}"

    def answers(self) -> bool:
        """Return whether files can be read and written now."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except (BotoCoreError, ClientError):
            return False
        return True

    def is_open(self) -> bool:
        """Return whether a stranger who knows a name can read a file: tried with a test file."""
        name = self.save(f"probe/{get_random_string(24)}.txt", ContentFile(b"probe"))
        try:
            address = super().url(name)
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own bucket's address)
                return answer.status == HTTPStatus.OK
        except HTTPError:
            return False
        finally:
            self.delete(name)
