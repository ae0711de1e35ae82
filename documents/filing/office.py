"""Check that bytes are a Word or PowerPoint file without macros, programs, zip bombs, external entities."""

from collections.abc import Collection
from typing import IO, NamedTuple

from foundation.packages.opening import Fault, PackageRefused, open_package
from foundation.packages.programs import carries_program


class _Program(NamedTuple):
    """Its main part, its name, what it calls its files, and the file type as Office words it."""

    body: str
    name: str
    calls: str
    saved_as: str


PROGRAMS = {
    "DOCX": _Program("word/document.xml", "Word", "văn bản Word (.docx)", "Word Document (.docx)"),
    "PPTX": _Program(
        "ppt/presentation.xml", "PowerPoint", "bài trình chiếu (.pptx)", "PowerPoint Presentation (.pptx)"
    ),
}

_NOT_ONE = "Tệp không phải {calls}, dù tên tệp nói vậy."
_DAMAGED = "Tệp {name} bị hỏng. Hãy mở bằng {name}, lưu lại rồi tải lên."
_UNSAFE = (
    "Tệp {name} đóng gói bất thường, không an toàn để mở. Hãy mở bằng {name}, lưu thành PDF rồi tải lên."
)
_MACROS = "Tệp {name} có macro. Hãy lưu thành “{saved_as}” hoặc PDF rồi tải lên."
_LOCKED = "Tệp {name} đang đặt mật khẩu. Hãy lưu lại bản không khóa rồi tải lên."
_PROGRAM = "Tệp {name} nhúng tệp khác có thể chạy được. Hãy bỏ phần nhúng hoặc lưu thành PDF rồi tải lên."
_SAID = {
    Fault.NOT_A_PACKAGE: _NOT_ONE,
    Fault.OLD_OR_LOCKED: _NOT_ONE,
    Fault.LOCKED: _LOCKED,
    Fault.DAMAGED: _DAMAGED,
    Fault.TOO_LARGE: _UNSAFE,
    Fault.UNSAFE: _UNSAFE,
    Fault.MACROS: _MACROS,
}


def judge_office(file: IO[bytes], kinds: Collection[str]) -> tuple[str, str]:
    """Return which of `kinds` the file is, and what is wrong with it as a sentence; "" if nothing is.

    `kinds` are keys of PROGRAMS, the likeliest first.
    """
    for kind in kinds:
        try:
            package = open_package(file, PROGRAMS[kind].body)
        except PackageRefused as refusal:
            if refusal.fault != Fault.NOT_A_PACKAGE:
                return kind, _say(_SAID[refusal.fault], kind)
        else:
            return kind, _say(_PROGRAM, kind) if carries_program(package) else ""
    calls = " hoặc ".join(PROGRAMS[kind].calls for kind in kinds)
    return "", _NOT_ONE.format(calls=calls)


def _say(words: str, kind: str) -> str:
    return words.format(**PROGRAMS[kind]._asdict())
