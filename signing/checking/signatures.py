"""The signatures of a PDF file, checked by pyHanko against pinned certificates, without the network."""

import base64
import datetime
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from asn1crypto import crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from signing.checking.unchanged import Unreadable, changes_between

MOST_SIGNATURES = 10
LEEWAY = datetime.timedelta(minutes=5)  # between the clocks of who signs and of this machine
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
# Asked: a list that holds now must speak of every certificate below the root. Else: of those that name one,
# if there is one here.
_ASKED = RevocationCheckingPolicy(RevocationCheckingRule.CRL_REQUIRED, RevocationCheckingRule.CRL_REQUIRED)
_SOFT = RevocationCheckingPolicy.from_legacy("soft-fail")


@dataclass(frozen=True)
class Trust:
    """The pinned certificates and revocation lists (DER), and the moment that counts as now."""

    roots: list[bytes]
    others: list[bytes]
    lists: list[bytes]
    now: datetime.datetime

    def context(self, moment: datetime.datetime, *, asks_lists: bool = False) -> ValidationContext:
        return ValidationContext(
            trust_roots=[x509.Certificate.load(der) for der in self.roots],
            other_certs=[x509.Certificate.load(der) for der in self.others],
            crls=[crl.CertificateList.load(der) for der in self.lists],
            allow_fetching=False,
            revinfo_policy=CertRevTrustPolicy(_ASKED if asks_lists else _SOFT),
            moment=moment,
        )


class Refused(Exception):
    """The file does not pass; `code` is for the program, the words are for people."""

    def __init__(self, code: str, words: str):
        super().__init__(words)
        self.code, self.words = code, words


def judge(data: bytes, trust: Trust, frozen: bytes | None = None, clear: Any = ()) -> dict[str, Any]:
    """Return {"problem": words or "", "code", "signatures": […], "chain": [base64 DER …], "checked": bool}.

    `frozen` is the file as it was given out; without it the part before the first signature stands for it.
    "checked" says whether revocation could be asked of every signature. Never raises for what a file holds.
    """
    try:
        found = _signatures_in(data, frozen)
        before = data[: _end_of_first(found)] if frozen is None else frozen
        if changes := changes_between(before, data, list(clear)):
            raise Refused("changed", f"Điều người đọc thấy đã khác tệp giao để ký. {' '.join(changes)}")
        return _judge(found, trust)
    except Refused as refusal:
        return _answer(refusal.words, refusal.code)
    except Unreadable:
        return _answer("Tệp PDF hỏng, thiếu phần, đặt mật khẩu hoặc không theo chuẩn.", "damaged")
    except Exception as fault:  # a parser of strange bytes raises anything
        words = "Tệp không đọc được như một PDF có chữ ký: bị cắt, hỏng hoặc đã lưu lại."
        return _answer(words, "damaged") | {"detail": repr(fault)[:300]}


def _answer(problem: str = "", code: str = "", **found: Any) -> dict[str, Any]:
    return {"problem": problem, "code": code, "signatures": [], "chain": [], "checked": False} | found


def _signatures_in(data: bytes, frozen: bytes | None) -> list[EmbeddedPdfSignature]:
    if frozen is not None and not data.startswith(frozen):
        raise Refused(
            "other", "Tệp không bắt đầu bằng đúng tệp đã giao để ký: đã bị lưu lại hoặc là tệp khác."
        )
    found = list(PdfFileReader(io.BytesIO(data)).embedded_signatures)
    if not found:
        raise Refused("unsigned", "Tệp chưa có chữ ký số nào.")
    if len(found) > MOST_SIGNATURES:
        raise Refused("many", f"Tệp có hơn {MOST_SIGNATURES} chữ ký.")
    if any(one.sig_object.get("/Type", "/Sig") != "/Sig" for one in found):
        raise Refused("kind", "Tệp có dấu thời gian rời (DocTimeStamp), loại hệ thống chưa nhận.")
    return found


def _judge(found: list[EmbeddedPdfSignature], trust: Trust) -> dict[str, Any]:
    signatures, chain, is_checked = [], dict[str, bytes](), True
    for number, one in enumerate(found, 1):
        status, was_checked = _validate(one, trust)
        if not status.bottom_line:
            raise Refused("signature", f"Chữ ký thứ {number} không hợp lệ: {_why(status)}.")
        is_checked = is_checked and was_checked
        path = [cert.dump() for cert in status.validation_path.iter_certs(include_root=True)]
        chain |= {hashlib.sha256(der).hexdigest(): der for der in path}
        signatures.append(_facts(one, status))
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise Refused("appended", "Sau chữ ký cuối cùng tệp còn bị thêm vào, nên chữ ký không phủ hết tệp.")
    if any(moment_of(one) > trust.now + LEEWAY for one in signatures if one["stamped"]):
        raise Refused("future", "Dấu thời gian của chữ ký ở sau lúc kiểm tra.")
    kept = [base64.b64encode(der).decode() for der in chain.values()]
    return _answer(signatures=signatures, chain=kept, checked=is_checked)


def _end_of_first(found: list[EmbeddedPdfSignature]) -> int:
    """Return where the revision that the first signature signed ends."""
    _, _, begins, length = found[0].byte_range
    return int(begins) + int(length)


def _validate(one: EmbeddedPdfSignature, trust: Trust) -> tuple[Any, bool]:
    """Return pyHanko's status at the moment that counts, and whether revocation was asked.

    A trusted timestamp tells when it was signed; without one only now is known, never the signer's own clock.
    """
    moment = trust.now
    status = _status(one, trust, moment)
    if stamped := _stamped_at(status):
        moment = min(stamped, trust.now)
        status = _status(one, trust, moment)
    if not (status.bottom_line and trust.lists):
        return status, False
    asked = _status(one, trust, moment, asks_lists=True)
    if asked.bottom_line or "REVOKED" in _indication(asked):
        return asked, True
    return status, False


def _stamped_at(status: Any) -> datetime.datetime | None:
    """Return when a trusted timestamp says that it was signed."""
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp and stamp.intact and stamp.valid and stamp.trusted else None


def _indication(status: Any) -> str:
    return status.trust_problem_indic.name if status.trust_problem_indic else ""


def _status(
    one: EmbeddedPdfSignature, trust: Trust, moment: datetime.datetime, *, asks_lists: bool = False
) -> Any:
    return validate_pdf_signature(
        one,
        trust.context(moment, asks_lists=asks_lists),
        trust.context(trust.now),
        key_usage_settings=_USAGE,
    )


# What pyHanko says of a certificate → what is said here.
_REASONS = {
    "REVOKED": "chứng thư đã bị thu hồi",
    "OUT_OF_BOUNDS": "chứng thư không còn hoặc chưa có hạn vào lúc ký",
    "EXPIRED": "chứng thư không còn hoặc chưa có hạn vào lúc ký",
    "CRYPTO": "thuật toán hoặc khóa quá yếu",
    "CERTIFICATE": "chứng thư không thuộc cơ quan cấp đã ghim",
}


def _why(status: Any) -> str:
    """Return why a signature does not count. Names nobody: an untrusted certificate says any name."""
    if not status.intact:
        return "nội dung đã bị sửa sau khi ký"
    if status.signing_cert.not_valid_before > status.validation_time:
        return _REASONS["OUT_OF_BOUNDS"]
    said = _indication(status)
    known = next((words for part, words in _REASONS.items() if part in said), "")
    if known or (status.docmdp_ok and status.valid):
        return known or "không qua được bước kiểm tra"
    return "tệp bị đổi ngoài phạm vi chữ ký cho phép"


def _facts(one: EmbeddedPdfSignature, status: Any) -> dict[str, Any]:
    cert = status.signing_cert
    stamped = _stamped_at(status)
    moment = stamped or status.signer_reported_dt
    named = cert.subject.native
    return {
        "name": _first(named.get("common_name")),
        "organisation": _first(named.get("organization_name")),
        "issuer": _first(cert.issuer.native.get("common_name")),
        "serial": format(cert.serial_number, "x"),
        "sha256": cert.sha256.hex(),
        "at": moment.isoformat(timespec="seconds") if moment else "",
        "stamped": stamped is not None,
        "algorithm": f"{status.md_algorithm}, {status.pkcs7_signature_mechanism}",
        "form": str(one.sig_object.get("/SubFilter", "")),
    }


def moment_of(facts: dict[str, Any]) -> datetime.datetime:
    return datetime.datetime.fromisoformat(facts["at"])


def _first(name: Any) -> str:
    return str(name[0] if isinstance(name, list) and name else name or "")[:200]
