"""Check that bytes are a complete PDF that opens without a password and runs nothing."""

import re
import zlib
from collections.abc import Iterator

HEAD, END, END_WITHIN = b"%PDF-", b"%%EOF", 4096
# Limit for compressed object streams; more is no office document.
INFLATED_LIMIT = 48 * 1024 * 1024

_DELIMITER = rb"(?![^\x00\t\n\f\r ()<>\[\]{}/%])"


def _name(word: str) -> re.Pattern[bytes]:
    """Return a pattern for a PDF name, with letters also written as #xx: /J#61vaScript is /JavaScript."""
    letters = (rf"(?:{c}|#{ord(c):02x}|#{ord(c):02X})".encode() for c in word)
    return re.compile(b"/" + b"".join(letters) + _DELIMITER)


_ENCRYPTED = _name("Encrypt")
_ACTIVE = (_name("JavaScript"), _name("Launch"))
_OBJECT_STREAM = re.compile(rb"/ObjStm" + _DELIMITER)
_STREAM = re.compile(rb"stream\r?\n")
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78]")


def problem(data: bytes) -> str:
    """Return what is wrong with the file, as a sentence for the registrar; "" if nothing is.

    Scripts and actions that start programs are refused, also inside compressed object streams: an official
    document needs neither. Embedded files and form fields are allowed.
    """
    if not data.startswith(HEAD):
        return "Tệp không phải PDF, dù tên tệp nói vậy."
    if END not in data[-END_WITHIN:]:
        return (
            "Tệp PDF chưa trọn vẹn (thiếu phần cuối), có lẽ việc chép hoặc tải bị ngắt. Hãy chọn bản đầy đủ."
        )
    try:
        parts = [data, *_object_streams(data)]
    except OverflowError:
        return "Tệp PDF nén quá nhiều lớp, không an toàn để mở. Hãy in lại thành PDF rồi tải lên."
    if any(_ENCRYPTED.search(part) for part in parts):
        return "Tệp PDF đang đặt mật khẩu hoặc khóa quyền. Hãy lưu lại bản không khóa rồi tải lên."
    if any(pattern.search(part) for part in parts for pattern in _ACTIVE):
        return "Tệp PDF có mã lệnh tự chạy. Hãy in lại thành PDF (“Print to PDF”) rồi tải lên."
    return ""


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Yield the inflated object streams. Raises OverflowError if that is more work than a real file makes.

    In a real file streams do not overlap: what is inflated is never more than the file.
    """
    left, work, end, view = INFLATED_LIMIT, len(data), 0, memoryview(data)
    for begin in _STREAM.finditer(data):
        dictionary = data[max(0, begin.start() - 400) : begin.start()]
        if not _OBJECT_STREAM.search(dictionary.rpartition(b"obj")[2]):
            continue
        if end < begin.end():
            end = data.find(b"endstream", begin.end())
            if end < 0:
                end = len(data)
        if not _ZLIB.match(data, begin.end()):
            continue  # not compressed: the search of the raw bytes finds the names
        work -= end - begin.end()
        if work < 0:
            raise OverflowError
        try:
            inflated = zlib.decompressobj().decompress(view[begin.end() : end], left)
        except zlib.error:
            continue  # damaged
        left -= len(inflated)
        if left <= 0:
            raise OverflowError
        yield inflated
