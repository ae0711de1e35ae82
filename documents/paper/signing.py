"""Documents that are signed electronically: given out before they are published, or signed elsewhere."""

import hashlib

from approvals.enums import RecordStatus
from departments.naming import name_on
from documents.models import OfficialDocument
from documents.workflow import PUBLISH
from signing.models import SignedFile
from signing.subjects import NotToSign, Signable, ToSign, declare


def _file(document: OfficialDocument) -> ToSign:
    if document.file_type != "PDF" or not document.file:
        raise NotToSign("Ký số cần tệp PDF. Hãy đính kèm tệp PDF của văn bản.")
    if not document.signer:
        raise NotToSign("Hãy ghi người ký của văn bản, đúng họ tên như trên chứng thư.")
    try:
        with document.file.open() as file:
            data = file.read()
    except FileNotFoundError as lost:
        raise NotToSign("Tệp của văn bản không còn trong kho. Hãy đính kèm lại.") from lost
    agency = name_on(document.issuer, document.issued_on)
    return ToSign(document.pk, str(document), data, document.signer, agency, said=_said(document))


def _files(document: OfficialDocument) -> list[ToSign]:
    if document.status == RecordStatus.PUBLIC:
        raise NotToSign(
            "Văn bản đang công bố: gỡ xuống rồi mới giao ký số, để bạn đọc không tải nhầm bản chưa ký."
        )
    return [_file(document)]


def _said(document: OfficialDocument) -> str:
    words = [document.number, document.signer, f"{document.issued_on}", f"{document.issuer_id}"]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def _as_it_came(document: OfficialDocument) -> tuple[ToSign, str]:
    return _file(document), str(document.file.name)


def _address(document: OfficialDocument, row: int) -> str:
    return document.get_absolute_url() if document.status == RecordStatus.PUBLIC else ""


def _take_in(document: OfficialDocument, signed: SignedFile, data: bytes) -> None:
    """From now on the document's file is the signed one."""
    document.file.name, document.file_size = signed.stored, len(data)
    document.save(update_fields=["file", "file_size"])


SIGNED = declare(
    Signable(
        key="van-ban",
        noun="văn bản",
        model=OfficialDocument,
        permission=PUBLISH,
        files=_files,
        said_today=lambda document, row: {document.pk: _said(document)},
        address=_address,
        as_it_came=_as_it_came,
        taken_in=_take_in,
    )
)
