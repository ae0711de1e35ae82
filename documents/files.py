"""Which files a document may have, checked by content and never by name; how one is attached."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File

from documents import docx, pdf
from documents.models import OfficialDocument
from documents.sizes import size_words
from foundation.language.plain import clean_line

log = logging.getLogger("newsroom.documents")
LIMIT = 20 * 1024 * 1024
LIMIT_WORDS = "20 MB"
CONTENT_TYPES = {
    "PDF": "application/pdf",
    "DOCX": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NOT_IN_NAMES = '<>:"/\\|?*'
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(Exception):
    """The file is refused; the message is shown to the user."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class FileFacts:
    """What inspection found out about a file."""

    name: str
    size: int
    type: str


def inspect(upload: File) -> FileFacts:
    """Return what the file is, by its content; leaves it at position 0. Raises FileRefused."""
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


@contextmanager
def storage_may_fail() -> Iterator[None]:
    """Raise FileRefused, with words for the user, where the storage is full or does not answer."""
    try:
        yield
    except OSError:
        log.exception("The file of a document cannot be stored")
        raise FileRefused(
            "Kho tệp của máy chủ đang đầy hoặc không trả lời nên chưa nhận được tệp. Những gì đã gõ vẫn còn "
            "đây; hãy thử lại sau ít phút, hoặc báo người quản trị."
        ) from None


def attach(document: OfficialDocument, upload: File) -> None:
    """Store the file and set it and its facts on a document, without saving the row. Raises FileRefused."""
    facts = inspect(upload)
    with storage_may_fail():
        document.file.save(f"tep.{facts.type.lower()}", File(upload.file), save=False)
    document.file_name, document.file_size, document.file_type = facts.name, facts.size, facts.type


def detach(document: OfficialDocument) -> None:
    """Clear the file of a document, without saving it; the stored bytes stay for the backup."""
    document.file = ""
    document.file_name, document.file_size, document.file_type = "", 0, ""


def clean_name(name: str, kind: str) -> str:
    """Return the file's own name as one line of text, with the extension of its content."""
    return _with_ending(PurePath(clean_line(name).replace("\\", "/")).stem, kind)


def download_name(document: OfficialDocument) -> str:
    """Return “1247-QĐ-SGDĐT.pdf”, so that the name of the downloaded file says which document it is."""
    return _with_ending(re.sub(r"[\s/–-]+", "-", document.number), document.file_type)


def _with_ending(stem: str, kind: str) -> str:
    stem = "".join(c for c in stem if c.isprintable() and c not in _NOT_IN_NAMES).strip(" .-")
    return f"{stem[:100] or 'van-ban'}.{kind.lower()}"
