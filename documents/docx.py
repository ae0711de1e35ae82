"""Check that bytes are a Word document (.docx) without macros, zip bombs or external entities."""

from typing import IO

from foundation.packages.opening import Fault, PackageRefused, open_package

BODY = "word/document.xml"

NOT_WORD = "Tệp không phải văn bản Word (.docx), dù tên tệp nói vậy."
DAMAGED = "Tệp Word bị hỏng. Hãy mở bằng Word, lưu lại rồi tải lên."
UNSAFE = "Tệp Word đóng gói bất thường, không an toàn để mở. Hãy mở bằng Word, lưu thành PDF rồi tải lên."
MACROS = "Tệp Word có macro. Hãy lưu thành “Word Document (.docx)” hoặc PDF rồi tải lên."
LOCKED = "Tệp Word đang đặt mật khẩu. Hãy lưu lại bản không khóa rồi tải lên."
_SAID = {
    Fault.NOT_A_PACKAGE: NOT_WORD,
    Fault.OLD_OR_LOCKED: NOT_WORD,
    Fault.LOCKED: LOCKED,
    Fault.DAMAGED: DAMAGED,
    Fault.TOO_LARGE: UNSAFE,
    Fault.UNSAFE: UNSAFE,
    Fault.MACROS: MACROS,
}


def problem(file: IO[bytes]) -> str:
    """Return what is wrong with the file, as a sentence for the registrar; "" if nothing is."""
    try:
        open_package(file, BODY)
    except PackageRefused as refusal:
        return _SAID[refusal.fault]
    return ""
