"""What readers are told of a signed file: only of one that says what the record says today."""

import base64
import datetime
import hashlib
from typing import Any

from signing.models import SignedFile, TrustedCertificate
from signing.subjects import signable_of


def signature_of(key: str, record: Any, row: int) -> SignedFile | None:
    """Return the signed file of a row, if it still is that of the row. One query while there is none."""
    signed: SignedFile | None = SignedFile.objects.about(record).filter(subject=key, row=row).first()
    signable = signable_of(key)
    if signed is None or signable is None:
        return None
    return signed if signable.said_today(record, row).get(row) == signed.said else None


def is_of_trial(answer: dict[str, Any]) -> bool:
    """Return whether any certificate of the chain is pinned for trials alone."""
    digests = [hashlib.sha256(base64.b64decode(one)).hexdigest() for one in answer["chain"]]
    return TrustedCertificate.objects.filter(digest__in=digests, is_trial=True).exists()


def shown_signatures(signatures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the facts of signatures with their moment as one."""
    return [one | {"moment": one["at"] and datetime.datetime.fromisoformat(one["at"])} for one in signatures]


def revocation_words(signed: SignedFile) -> str:
    return "Đã kiểm tra thu hồi" if signed.revocation_checked else "Chưa kiểm tra thu hồi"
