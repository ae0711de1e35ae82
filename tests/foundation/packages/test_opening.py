"""Any bytes named .docx or .xlsx come out checked whole, or are refused with a reason."""

import io
import struct
import zipfile

import pytest

from foundation.packages.opening import Fault, Limits, PackageRefused, open_package

MAIN = "word/document.xml"
PARTS = {"[Content_Types].xml": "<Types/>", MAIN: "<d>Lời</d>"}


def packed(parts=PARTS, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def fault_of(content, **limits):
    with pytest.raises(PackageRefused) as refused:
        open_package(io.BytesIO(content), MAIN, Limits(**limits))
    return refused.value.fault


def with_flag(content, offset, value):
    """The file with two bytes of every central directory entry changed."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + offset : place + offset + 2] = struct.pack("<H", value)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def test_a_good_file_gives_its_parts():
    package = open_package(io.BytesIO(packed()), MAIN)
    assert package.tree(MAIN).text == "Lời"
    assert package.tree("word/styles.xml") is None
    again = zipfile.ZipFile(package.repacked({MAIN: b"<d>Khac</d>"}))
    assert (again.read(MAIN), again.read("[Content_Types].xml")) == (b"<d>Khac</d>", b"<Types/>")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.NOT_A_PACKAGE),
        (b"PK\x03\x04 broken", Fault.DAMAGED),
        (b"\xd0\xcf\x11\xe0 old", Fault.OLD_OR_LOCKED),
        (packed({"readme.txt": "x"}), Fault.NOT_A_PACKAGE),
        (packed()[:-30], Fault.DAMAGED),
        (with_flag(packed(), 8, 1), Fault.LOCKED),
        (with_flag(packed(), 10, 99), Fault.UNSAFE),
        (packed(method=zipfile.ZIP_LZMA), Fault.UNSAFE),
        (packed(PARTS | {MAIN: "<d>"}), Fault.DAMAGED),
        (packed(PARTS | {MAIN: ""}), Fault.DAMAGED),
        (packed(PARTS | {MAIN: "<!DOCTYPE d><d/>"}), Fault.UNSAFE),
        (packed(PARTS | {"word/x.xml": "<!DOCTYPE d><d/>".encode("utf-16")}), Fault.UNSAFE),
        (packed(PARTS | {MAIN: "<a>" * 400 + "</a>" * 400}), Fault.UNSAFE),
        (packed(PARTS | {"../x": "x"}), Fault.UNSAFE),
        (packed(PARTS | {"word/vbaProject.bin": "x"}), Fault.MACROS),
        (packed(PARTS | {"word/media/a.bin": b"\0" * 30_000_000}), Fault.UNSAFE),
    ],
)
def test_what_is_wrong_is_named(content, fault):
    assert fault_of(content) == fault


def test_a_wrong_checksum_is_found():
    content = bytearray(packed(method=zipfile.ZIP_STORED))
    place = content.find("Lời".encode())
    content[place] ^= 1
    assert fault_of(bytes(content)) == Fault.DAMAGED


def test_limits_are_the_callers():
    content = packed(PARTS | {MAIN: f"<d>{'a' * 5000}</d>"})
    assert fault_of(content, texts=1000) == Fault.TOO_LARGE
    assert fault_of(content, unpacked=1000) == Fault.TOO_LARGE
    assert fault_of(packed(PARTS | {f"{n}.bin": "x" for n in range(9)}), parts=5) == Fault.UNSAFE
