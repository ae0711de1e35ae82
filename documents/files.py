"""Which files a document may have, checked by content and never by name; how one is attached."""

import logging
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.base import File

from documents.filing import pdf
from documents.filing.office import PROGRAMS, judge_office
from documents.models import OfficialDocument
from documents.sizes import size_words
from foundation.language.plain import clean_line

log = logging.getLogger("newsroom.documents")
LIMIT = 20 * 1024 * 1024
LIMIT_WORDS = "20 MB"
CONTENT_TYPES = {
    "PDF": "application/pdf",
    "DOCX": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "PPTX": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
DOCUMENTS, MATERIALS = ("PDF", "DOCX"), ("PDF", "DOCX", "PPTX")
_CALLED = {"PDF": "PDF", "DOCX": "Word (.docx)", "PPTX": "PowerPoint (.pptx)"}
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


def inspect(upload: File, kinds: Collection[str] = DOCUMENTS) -> FileFacts:
    """Return what the file is, by its content; leaves it at position 0. Raises FileRefused.

    `kinds` are the keys of CONTENT_TYPES that are accepted.
    """
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
        kind, wrong = judge_office(upload, [one for one in kinds if one in PROGRAMS])
    elif head == _OLD_OFFICE:
        raise FileRefused(
            "Tệp Word, PowerPoint kiểu cũ (.doc, .ppt) hoặc có mật khẩu. Hãy lưu lại thành "
            f"{_either(kinds)} rồi tải lên."
        )
    else:
        raise FileRefused(f"Chỉ nhận tệp {_either(kinds)}. Tệp này không phải loại nào trong số đó.")
    upload.seek(0)
    if wrong:
        raise FileRefused(wrong)
    return FileFacts(clean_name(upload.name or "", kind), upload.size, kind)


def _either(kinds: Collection[str]) -> str:
    *others, last = (_CALLED[kind] for kind in kinds)
    return f"{', '.join(others)} hoặc {last}"


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


def attach(record: Any, upload: File, kinds: Collection[str] = DOCUMENTS) -> None:
    """Store the file and set it and its facts on a record, without saving the row. Raises FileRefused.

    The record has `file`, `file_name`, `file_size` and `file_type`, as OfficialDocument does.
    """
    facts = inspect(upload, kinds)
    with storage_may_fail():
        record.file.save(f"tep.{facts.type.lower()}", File(upload.file), save=False)
    record.file_name, record.file_size, record.file_type = facts.name, facts.size, facts.type


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
