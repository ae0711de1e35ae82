"""Check that bytes are a Word document (.docx) without macros, zip bombs or external entities."""

import re
import zipfile
import zlib
from typing import IO

CONTENT_TYPES, BODY = "[Content_Types].xml", "word/document.xml"
MEMBERS_LIMIT = 2_000
UNPACKED_LIMIT = 200 * 1024 * 1024
# Office XML compresses to 5 or 10 %; a zip bomb to 0.1 %.
RATIO_LIMIT, RATIO_FROM = 150, 20 * 1024 * 1024
PROLOGUE = 16 * 1024

# The exceptions of reading a damaged package.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_MACROS = re.compile(r"(?i)vba(?:project|data)")
_FOREIGN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

NOT_WORD = "Tệp không phải văn bản Word (.docx), dù tên tệp nói vậy."
DAMAGED = "Tệp Word bị hỏng. Hãy mở bằng Word, lưu lại rồi tải lên."
UNSAFE = "Tệp Word đóng gói bất thường, không an toàn để mở. Hãy mở bằng Word, lưu thành PDF rồi tải lên."
MACROS = "Tệp Word có macro. Hãy lưu thành “Word Document (.docx)” hoặc PDF rồi tải lên."


def problem(file: IO[bytes]) -> str:
    """Return what is wrong with the file, as a sentence for the registrar; "" if nothing is.

    The list of members is checked first, and only the beginning of each XML part is unpacked, so that a zip
    bomb does no harm.
    """
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            return _packing_problem(members) or _content_problem(package, members)
    except BROKEN:
        return DAMAGED


def _packing_problem(members: list[zipfile.ZipInfo]) -> str:
    names = [member.filename for member in members]
    if CONTENT_TYPES not in names or BODY not in names:
        return NOT_WORD
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    bomb = unpacked > UNPACKED_LIMIT or (unpacked > RATIO_FROM and unpacked / packed > RATIO_LIMIT)
    if len(names) > MEMBERS_LIMIT or len(set(names)) != len(names) or bomb:
        return UNSAFE
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        return UNSAFE
    if any(member.flag_bits & 0x1 for member in members):
        return "Tệp Word đang đặt mật khẩu. Hãy lưu lại bản không khóa rồi tải lên."
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        return UNSAFE
    return MACROS if any(_MACROS.search(name) for name in names) else ""


def _content_problem(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    for member in members:
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        with package.open(member) as part:
            # UTF-16 is legal XML and would hide words from the search for ASCII bytes.
            beginning = part.read(PROLOGUE).replace(b"\0", b"")
        if _FOREIGN.search(beginning):
            return UNSAFE
        if member.filename == CONTENT_TYPES and b"macroEnabled" in beginning:
            return MACROS
    return ""
