"""Documents and their files for tests; every word has a plausible default."""

import datetime
import io
import zipfile
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.enums import RecordStatus
from departments.models import Department
from documents.addresses import free_slug
from documents.enums import DocumentKind
from documents.files import attach
from documents.models import OfficialDocument
from tests.factories.departments import make_department

_number = count(1001)

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
BODY = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Kính gửi các trường</w:t></w:r></w:p></w:body>'
    "</w:document>"
)


def pdf_bytes(extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        + extra
        + b"2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n"
        b"trailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n"
    )


def docx_bytes(**members: bytes | str) -> bytes:
    """A small Word document; further members by name, "__" for "/" and a leading "_" for nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": BODY}
        for name, content in (parts | {n.replace("__", "/"): c for n, c in members.items()}).items():
            package.writestr(name, content)
    return packed.getvalue()


def make_upload(name: str = "QĐ khen thưởng.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes() if content is None else content)


def make_document(
    number: str = "",
    summary: str = "Về việc đẩy mạnh công tác truyền thông trong năm học",
    *,
    status: str = RecordStatus.PUBLIC,
    issuer: Department | None = None,
    kind: str = DocumentKind.LETTER,
    issued_on: datetime.date = datetime.date(2025, 9, 5),
    upload: SimpleUploadedFile | None = None,
    **fields: Any,
) -> OfficialDocument:
    """A public document unless said otherwise; `upload` needs a storage the test owns."""
    document = OfficialDocument(
        number=number or f"{next(_number)}/SGDĐT-VP",
        summary=summary,
        status=status,
        issuer=issuer or make_department(),
        kind=kind,
        issued_on=issued_on,
        **fields,
    )
    if not document.slug:
        document.slug = free_slug(document, f"{document.number} {issued_on.year}")
    if upload:
        attach(document, upload)
    document.save()
    return document
