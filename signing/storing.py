"""Store a signed file that passed every check, with whom it is traced to."""

import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from approvals.auditing import audit_act
from departments.access import capacity
from foundation.pagestore.announcing import announce
from signing.checker import ToCheck, check
from signing.expected import why_unexpected
from signing.handing_off import keep_file
from signing.models import HandOff, SignedFile
from signing.showing import is_of_trial, revocation_words
from signing.subjects import Signable

STALE = (
    "Từ khi giao ký, hồ sơ đã đổi chữ, bị thu hồi hoặc không còn công bố, nên tệp ký không còn khớp. Hãy "
    "giao ký lại."
)


def store_signed(signable: Signable, one: HandOff, data: bytes, answer: dict[str, Any], by: Any) -> str:
    """Store the file and end the wait for it; return why not, or ""."""
    with transaction.atomic():
        record = signable.model._default_manager.select_for_update().get(pk=one.object_id)
        if signable.said_today(record, one.row).get(one.row) != one.said:
            return STALE
        if not HandOff.objects.filter(pk=one.pk, ended_at=None).update(ended_at=timezone.now()):
            return "Tệp này đã được nhận, hoặc đã giao bản khác."
        signed = SignedFile.objects.create(
            subject=one.subject,
            content_type_id=one.content_type_id,
            object_id=one.object_id,
            row=one.row,
            said=one.said,
            stored=keep_file(data),
            length=len(data),
            digest=hashlib.sha256(data).hexdigest(),
            hand_off=one,
            taken_in_by=by,
            **facts_of(answer),
        )
        signable.taken_in(record, signed, data)
        announce(record)
        _audit(f"Nhận tệp ký số {signable.noun}", signable, record, signed, by)
    return ""


def take_as_it_came(signable: Signable, record: Any, by: Any) -> str:
    """Judge the file that the record has, as it came signed from elsewhere; return why it does not count.

    Nobody here knows what it was before it was signed. Raises PermissionDenied or NotToSign.
    """
    if signable.as_it_came is None or not by.has_perm(signable.permission, record):
        raise PermissionDenied(signable.permission)
    file, stored = signable.as_it_came(record)
    answer = check([ToCheck("x", file.data)])["x"]
    problem = answer["problem"] or why_unexpected(answer["signatures"], file.person, file.agency)
    if problem:
        return str(problem)
    with transaction.atomic():
        signed = SignedFile.objects.create(
            subject=signable.key,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            row=file.row,
            said=file.said,
            stored=stored,
            length=len(file.data),
            digest=hashlib.sha256(file.data).hexdigest(),
            taken_in_by=by,
            **facts_of(answer),
        )
        announce(record)
        _audit(f"Kiểm tra chữ ký số {signable.noun}", signable, record, signed, by)
    return ""


def _audit(act: str, signable: Signable, record: Any, signed: SignedFile, by: Any) -> None:
    of = f"{signed.hand_off.name}. " if signed.hand_off else ""
    audit_act(
        act,
        by,
        about=record,
        capacity=capacity(by, signable.permission, record),
        words=f"{of}{signed.signers}. {revocation_words(signed)}",
    )


def facts_of(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a signed file that its check found out."""
    return {
        "signatures": answer["signatures"],
        "chain": answer["chain"],
        "is_trial": is_of_trial(answer),
        "revocation_checked": answer["checked"],
    }
