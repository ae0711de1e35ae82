"""A check of `check --deploy` on where uploads are stored."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.files.storage import default_storage


@register(Tags.security, deploy=True)
def bucket_is_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error if the bucket is public, because it would show photos of unpublished stories."""
    is_open = getattr(default_storage, "is_open", None)
    if is_open is None:
        return []
    if not default_storage.answers():
        return [Error("MEDIA_STORAGE_URL: the bucket does not answer.", id="media.E001")]
    if is_open():
        return [
            Error("MEDIA_STORAGE_URL: the bucket can be read by everybody; make it private.", id="media.E002")
        ]
    return []
