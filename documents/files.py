"""Which files a document may carry, and how one is attached: told by content, never by name."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File

from documents import docx, pdf
from documents.models import OfficialDocument
from documents.sizes import size_words
from foundation.language.vietnamese import nfc

LIMIT = 20 * 1024 * 1024
LIMIT_WORDS = "20 MB"
CONTENT_TYPES = {
    "PDF": "application/pdf",
    "DOCX": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NOT_IN_NAMES = '<>:"/\\|?*'
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(Exception):
    """The file cannot be taken, for a reason fit to be shown to the person who chose it."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class FileFacts:
    name: str
    size: int
    type: str


def inspect(upload: File) -> FileFacts:
    """What the file is, told from its content. Raises FileRefused; leaves the file at its beginning."""
    if not upload.size:
        raise FileRefused("Tệp trống, không có nội dung. Hãy chọn lại tệp.")
    if upload.size > LIMIT:
        raise FileRefused(
            f"Tệp {size_words(upload.size)}, lớn hơn mức {LIMIT_WORDS}. "
            "Hãy giảm độ phân giải bản quét hoặc tách phụ lục thành văn bản riêng."
        )
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    if head.startswith(pdf.HEAD):
        kind, wrong = "PDF", pdf.problem(upload.read())
    elif head.startswith(_ZIP):
        kind, wrong = "DOCX", docx.problem(upload)
    elif head == _OLD_OFFICE:
        raise FileRefused(
            "Tệp Word kiểu cũ (.doc) hoặc có mật khẩu. Hãy lưu lại thành .docx hoặc PDF rồi tải lên."
        )
    else:
        raise FileRefused(
            "Chỉ nhận tệp PDF hoặc Word (.docx). Tệp này không phải loại nào trong hai loại đó."
        )
    upload.seek(0)
    if wrong:
        raise FileRefused(wrong)
    return FileFacts(clean_name(upload.name or "", kind), upload.size, kind)


def attach(document: OfficialDocument, upload: File) -> None:
    """Give the unsaved document this file and what is known about it. Raises FileRefused."""
    facts = inspect(upload)
    document.file = File(upload.file, name=f"tep.{facts.type.lower()}")
    document.file_name, document.file_size, document.file_type = facts.name, facts.size, facts.type


def detach(document: OfficialDocument) -> None:
    """Take the file from the unsaved document; the stored bytes stay for the backup to keep."""
    document.file = ""
    document.file_name, document.file_size, document.file_type = "", 0, ""


def clean_name(name: str, kind: str) -> str:
    """The file's own name as one line of text with the ending its content deserves."""
    return _with_ending(PurePath(nfc(name).replace("\\", "/")).stem, kind)


def download_name(document: OfficialDocument) -> str:
    """“1247-QĐ-SGDĐT.pdf”: the reader's folder then says which document it is."""
    return _with_ending(re.sub(r"[\s/–-]+", "-", document.number), document.file_type)


def _with_ending(stem: str, kind: str) -> str:
    stem = "".join(c for c in stem if c.isprintable() and c not in _NOT_IN_NAMES).strip(" .-")
    return f"{stem[:100] or 'van-ban'}.{kind.lower()}"
