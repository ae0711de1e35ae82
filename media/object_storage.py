"""Uploads in an S3-compatible bucket that nobody but the application reads.

Loaded only where MEDIA_STORAGE_URL asks for it. A photo of an unpublished story must not be readable by
who guesses or keeps an address, so no address of the bucket is ever given out, signed or not: the
application reads the file and answers itself, after the same questions as with files of its own
(media.views, documents.views).
"""

import urllib.request
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.crypto import get_random_string
from storages.backends.s3 import S3Storage

# A reader waits behind this: better a plain error than a minute.
_PATIENCE = {"connect_timeout": 3, "read_timeout": 15, "retries": {"max_attempts": 2}}


class PrivateBucket(S3Storage):
    """django-storages' own, private, never overwriting, and silent about its addresses."""

    def __init__(self, **options: Any):
        config = Config(
            s3={"addressing_style": options.pop("addressing_style", "auto")},
            signature_version="s3v4",
            # Other makers than Amazon do not all know the newer checksums.
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

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """An address of this site, as with files on the machine; what may be read there, views decide."""
        return f"{settings.MEDIA_URL}{name}"

    def answers(self) -> bool:
        """Whether files can be read and written now."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except (BotoCoreError, ClientError):
            return False
        return True

    def is_open(self) -> bool:
        """Whether a stranger who knows a name reads the file: tried with a file made for it."""
        name = self.save(f"probe/{get_random_string(24)}.txt", ContentFile(b"probe"))
        try:
            address = super().url(name)
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own bucket's address)
                return answer.status == HTTPStatus.OK
        except HTTPError:
            return False
        finally:
            self.delete(name)
