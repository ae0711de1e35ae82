"""The one door to a file that is a zip of XML parts: Word (.docx), Excel (.xlsx).

What comes out was checked whole: the list of parts, every part's checksum, every XML part's form. Who asks
gets parts, or one refusal with a reason; no damage of the file reaches the libraries that read it
afterwards.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import IO

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 256 * 1024
_TEXTS = (".xml", ".rels")
_FOREIGN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(r"(?i)vba(?:project|data)")
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# What `zipfile` raises about a damaged file.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)

# What a reader of Office files may raise about XML that is well formed and yet means nothing (a number that
# is none, a part that is not there). It is caught around that one call, never around our own code.
UNREADABLE = (
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
)


class Fault(Enum):
    """Why a package is refused."""

    NOT_A_PACKAGE = "not a zip, or without the expected part"
    OLD_OR_LOCKED = "the format before 2007, or protected by a password"
    LOCKED = "encrypted parts"
    DAMAGED = "cut off, changed, or not well-formed XML"
    TOO_LARGE = "unpacks to more than allowed"
    UNSAFE = "packed as no Office program packs"
    MACROS = "contains macros"


class PackageRefused(Exception):
    """The file cannot be opened; `fault` says why. The words for people are the caller's."""

    def __init__(self, fault: Fault):
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Limits:
    """Most bytes of XML, most bytes of everything unpacked, most parts. Office XML compresses to 5 or 10 %, a
    zip bomb to 0.1 %: above `ratio_from` unpacked bytes, more than `ratio` times the packed ones are refused.
    """

    texts: int = 64 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    parts: int = 2_000
    ratio: int = 150
    ratio_from: int = 20 * 1024 * 1024


DEFAULT_LIMITS = Limits()


class Package:
    """A checked package. Its parts are read from the file when they are asked for."""

    def __init__(self, packed: zipfile.ZipFile):
        self._packed = packed
        self.names = set(packed.namelist())

    def read(self, name: str) -> bytes:
        """Returns the bytes of a part. Raises KeyError for a name that is not in `names`."""
        return self._packed.read(name)

    def tree(self, name: str) -> etree._Element | None:
        """Returns the root of an XML part, None when there is no such part or it is not XML."""
        return _parsed(self.read(name)) if name in self.names and name.endswith(_TEXTS) else None

    def repacked(self, changed: Mapping[str, bytes]) -> io.BytesIO:
        """Returns a new package with some parts replaced, for a library that opens files itself."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            for name in sorted(self.names | changed.keys()):
                packed.writestr(name, changed[name] if name in changed else self.read(name))
        file.seek(0)
        return file


def open_package(file: IO[bytes], main_part: str, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Returns the package in `file`, every part of it checked; `main_part` must be there.

    The list of parts is judged before anything is unpacked, and unpacking stops at the limits, so that a zip
    bomb does no harm. Raises PackageRefused; nothing else, whatever the bytes.
    """
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    if beginning == _OLD_OFFICE:
        raise PackageRefused(Fault.OLD_OR_LOCKED)
    if beginning != _ZIP:
        raise PackageRefused(Fault.NOT_A_PACKAGE)
    try:
        packed = zipfile.ZipFile(file)
        members = packed.infolist()
        _judge_list(members, main_part, limits)
        for member in members:
            _judge_part(packed, member, limits)
    except _BROKEN as broken:
        raise PackageRefused(Fault.DAMAGED) from broken
    return Package(packed)


def _judge_list(members: list[zipfile.ZipInfo], main_part: str, limits: Limits) -> None:
    names = [member.filename for member in members]
    if CONTENT_TYPES not in names or main_part not in names:
        raise PackageRefused(Fault.NOT_A_PACKAGE)
    if any(member.flag_bits & 0x1 for member in members):
        raise PackageRefused(Fault.LOCKED)
    if len(names) > limits.parts or len(set(names)) != len(names) or any(map(_leads_out, names)):
        raise PackageRefused(Fault.UNSAFE)
    if any(member.compress_type not in _METHODS for member in members):
        raise PackageRefused(Fault.UNSAFE)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > limits.ratio_from and unpacked / packed > limits.ratio:
        raise PackageRefused(Fault.UNSAFE)
    texts = sum(member.file_size for member in members if member.filename.endswith(_TEXTS))
    if unpacked > limits.unpacked or texts > limits.texts:
        raise PackageRefused(Fault.TOO_LARGE)
    if any(_MACROS.search(name) for name in names):
        raise PackageRefused(Fault.MACROS)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)


def _judge_part(packed: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Unpacks a part to its end, where `zipfile` compares the checksum; XML must be well formed."""
    is_text = member.filename.lower().endswith(_TEXTS)
    pieces: list[bytes] = []
    size = 0
    for piece in _pieces(packed, member):
        size += len(piece)
        if size > member.file_size:
            raise PackageRefused(Fault.UNSAFE)
        if is_text:
            pieces.append(piece)
    if not is_text:
        return
    text = b"".join(pieces)
    # UTF-16 is legal XML and would hide words from the search for ASCII bytes.
    if _FOREIGN.search(text.replace(b"\0", b"")):
        raise PackageRefused(Fault.UNSAFE)
    if member.filename == CONTENT_TYPES and b"macroEnabled" in text:
        raise PackageRefused(Fault.MACROS)
    _parsed(text)


def _pieces(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(member) as part:
        while piece := part.read(_CHUNK):
            yield piece


def _parsed(text: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as broken:
        too_deep = "depth" in broken.msg
        raise PackageRefused(Fault.UNSAFE if too_deep else Fault.DAMAGED) from broken
