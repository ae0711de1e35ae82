"""Read a certificate, or a revocation list, that an administrator pins."""

import base64
import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import crl, pem, x509
from django.utils import timezone

from signing.models import TrustedCertificate

KNOWN = Path(__file__).parent / "known_certificates.json"


class NotACertificate(Exception):
    """The file is not what it has to be; the message says why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def read_certificate(data: bytes) -> dict[str, Any]:
    """Return the fields of a pinned certificate. Raises NotACertificate."""
    try:
        cert = x509.Certificate.load(_der(data), strict=True)
        facts = {
            "name": str(cert.subject.native.get("common_name") or cert.subject.human_friendly)[:200],
            "is_root": cert.self_signed != "no",
            "body": base64.b64encode(cert.dump()).decode(),
            "digest": cert.sha256.hex(),
            "begins_on": cert.not_valid_before.date(),
            "ends_on": cert.not_valid_after.date(),
        }
    except (ValueError, TypeError) as fault:
        raise NotACertificate("Tệp này không phải chứng thư (X.509).") from fault
    if not cert.ca:
        raise NotACertificate(
            "Đây là chứng thư của một người hay một cơ quan, không phải của cơ quan cấp chứng thư."
        )
    if facts["ends_on"] < timezone.localdate():
        raise NotACertificate(f"Chứng thư đã hết hạn ngày {facts['ends_on']:%d/%m/%Y}.")
    return facts


def read_list(data: bytes, of: TrustedCertificate) -> dict[str, Any]:
    """Return the fields of a revocation list of the certificate. Raises NotACertificate."""
    try:
        found = crl.CertificateList.load(_der(data), strict=True)
        until: datetime.datetime | None = found["tbs_cert_list"]["next_update"].native
        issuer = found.issuer
    except (ValueError, TypeError) as fault:
        raise NotACertificate("Tệp này không phải danh sách thu hồi (CRL).") from fault
    if issuer != x509.Certificate.load(base64.b64decode(of.body)).subject:
        raise NotACertificate("Danh sách này không do chứng thư đang mở phát hành.")
    if until is None or until < timezone.now():
        raise NotACertificate("Danh sách này đã quá hạn dùng. Hãy tải bản mới.")
    return {"revocations": base64.b64encode(found.dump()).decode(), "revocations_until": until}


def pin(data: bytes, *, source: str, by: Any = None, is_trial: bool = False) -> TrustedCertificate:
    """Pin a certificate; one that is pinned already is returned as it is."""
    facts = read_certificate(data)
    row, _ = TrustedCertificate.objects.get_or_create(
        digest=facts.pop("digest"),
        defaults=facts | {"source": source, "added_by": by, "is_trial": is_trial},
    )
    return row


def known_as(digest: str) -> str:
    """Return what is known of a fingerprint, so that an administrator can compare."""
    for one in _known():
        if one["digest"] == digest:
            return f"Trùng với {one['name']} ({one['source']})."
    return "Không có trong danh sách dấu vân tay kèm chương trình: hãy tự đối chiếu."


@cache
def _known() -> list[dict[str, str]]:
    known: list[dict[str, str]] = json.loads(KNOWN.read_text())["certificates"]
    return known


def _der(data: bytes) -> bytes:
    return bytes(pem.unarmor(data)[2]) if pem.detect(data) else data
