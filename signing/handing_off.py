"""Give files out to be signed: frozen with length and digest, downloaded as they are."""

import hashlib
import io
import re
import secrets
import zipfile
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from approvals.auditing import audit_act
from departments.access import capacity
from signing.models import HandOff, SignedFile
from signing.subjects import Signable, ToSign

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def hand_off(signable: Signable, record: Any, by: Any) -> list[HandOff]:
    """Freeze what the record has to be signed now and return all that waits.

    A file whose bytes wait already stays as it is; one that changed takes the place of the older. Raises
    PermissionDenied, or NotToSign.
    """
    if not by.has_perm(signable.permission, record):
        raise PermissionDenied(signable.permission)
    files = signable.files(record)
    with transaction.atomic():
        signable.model._default_manager.select_for_update().get(pk=record.pk)
        waiting = {one.row: one for one in waiting_of(record, signable)}
        made = [_freeze(signable, record, file, by, waiting.get(file.row)) for file in files]
        new = sum(made)
        if new:
            audit_act(
                f"Giao ký số {signable.noun}: {new} tệp",
                by,
                about=record,
                capacity=capacity(by, signable.permission, record),
                words=f"{files[0].person}; {files[0].agency}",
            )
    return waiting_of(record, signable)


def _freeze(signable: Signable, record: Any, file: ToSign, by: Any, older: HandOff | None) -> bool:
    digest = hashlib.sha256(file.data).hexdigest()
    if older is not None:
        if (older.digest, older.said, older.person, older.agency) == (
            digest,
            file.said,
            file.person,
            file.agency,
        ):
            return False
        HandOff.objects.filter(pk=older.pk).update(ended_at=timezone.now())
    HandOff.objects.create(
        subject=signable.key,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        row=file.row,
        said=file.said,
        stored=keep_file(file.data),
        length=len(file.data),
        digest=digest,
        name=file.name,
        clear=file.clear,
        person=file.person,
        agency=file.agency,
        made_by=by,
    )
    return True


def keep_file(data: bytes) -> str:
    """Store a file under a name that cannot be guessed."""
    return default_storage.save(f"signing/{secrets.token_hex(16)}.pdf", ContentFile(data))


def waiting_of(record: Any, signable: Signable) -> list[HandOff]:
    """Return the files of the record that are out to be signed, in calling order."""
    return list(HandOff.objects.about(record).filter(subject=signable.key, ended_at=None).order_by("pk"))


def signed_of(record: Any, signable: Signable) -> dict[int, SignedFile]:
    """Return the newest signed file of each row; what it says may be older than the record."""
    rows = SignedFile.objects.about(record).filter(subject=signable.key).order_by("pk")
    return {one.row: one for one in rows}


def packed(files: list[tuple[str, str]]) -> bytes:
    """Return a ZIP of stored files given as (name, stored); one that is lost is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (name, stored) in enumerate(files, 1):
            if default_storage.exists(stored):
                with default_storage.open(stored) as file:
                    archive.writestr(file_name(number, name), file.read())
    return out.getvalue()


def file_name(number: int, name: str) -> str:
    """Return “007 Nguyễn Thị Lan.pdf”, without signs that file systems refuse."""
    shown = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(". ")
    return f"{number:03} {shown[:80] or 'tệp'}.pdf"
