"""Keep an uploaded file while other fields of its form have errors; a signed token names it."""

import datetime
import secrets

from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from documents.files import FileFacts

FOLDER = "documents/cho"
KEPT = datetime.timedelta(days=2)
_SALT = "documents.staging"


def stage(upload: File, facts: FileFacts, user: User) -> str:
    """Store an inspected file for this user and return its token; deletes old ones."""
    _sweep()
    upload.seek(0)
    path = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{facts.type.lower()}", upload)
    return signing.dumps({"path": path, "name": facts.name, "user": user.pk}, salt=_SALT)


def staged(token: str, user: User) -> File | None:
    """Return the file of the token; None if the token is another user's or too old."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if kept["user"] != user.pk or not default_storage.exists(kept["path"]):
        return None
    with default_storage.open(kept["path"]) as file:
        return ContentFile(file.read(), name=kept["name"])


def _sweep() -> None:
    """Delete old files. One that is missing was deleted by another process."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # no file was ever staged
        return
    oldest = timezone.now() - KEPT
    for name in names:
        path = f"{FOLDER}/{name}"
        try:
            if default_storage.get_modified_time(path) < oldest:
                default_storage.delete(path)
        except FileNotFoundError:
            continue
