"""How a good file survives a form that is wrong elsewhere: kept aside, named by a signed token."""

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
    """Keep an inspected file aside for this person and return its token. Old ones are swept out."""
    _sweep()
    upload.seek(0)
    path = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{facts.type.lower()}", upload)
    return signing.dumps({"path": path, "name": facts.name, "user": user.pk}, salt=_SALT)


def staged(token: str, user: User) -> File | None:
    """The file kept under the token; None if the token is not this person's or too old."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if kept["user"] != user.pk or not default_storage.exists(kept["path"]):
        return None
    with default_storage.open(kept["path"]) as file:
        return ContentFile(file.read(), name=kept["name"])


def _sweep() -> None:
    """Remove what nobody came back for. A file that vanishes meanwhile was swept by somebody else."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # nothing was ever kept
        return
    oldest = timezone.now() - KEPT
    for name in names:
        path = f"{FOLDER}/{name}"
        try:
            if default_storage.get_modified_time(path) < oldest:
                default_storage.delete(path)
        except FileNotFoundError:
            continue
