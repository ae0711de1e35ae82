"""Turns the bytes of an export into XML that a strict parser accepts.

WordPress files are often not valid XML: gzipped, with a byte order mark, control characters, bytes of another
encoding, HTML entities. Clear errors are repaired while the file is read; a document type is refused before
any parser runs.
"""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from articles.bulk.old_site.posts import NotReadable

# Bytes that XML forbids but WordPress writes; in UTF-8 they are never part of a letter.
_ILLEGAL = bytes(code for code in range(32) if code not in (9, 10, 13))
_NO_LETTERS = re.compile("[\ufffe\uffff]")
_ROOT = re.compile(rb"<[A-Za-z]")
# Plugins and PHP print empty lines, byte order marks and warnings before the file begins.
_BEFORE_XML = re.compile(
    rb"(?:\s|\xef\xbb\xbf)*"
    rb"(?:[^<]*(?:<(?:br|/?b|/?p|/?strong)\b[^<>]{0,50}>[^<]*)*(?=<\?xml\b))?"
)
_LONGEST_PROLOG, _STEP = 64 * 1024, 256 * 1024
_GZIP = b"\x1f\x8b"
# How `surrogateescape` decodes bytes that are not UTF-8.
_FOREIGN = re.compile("[\udc80-\udcff]+")
_HALF_LETTERS = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});)?", re.I)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_LONGEST_SIGN = 40  # length of a reference or CDATA start that a cut could split


@contextmanager
def open_export(path: Path) -> Iterator["Mended"]:
    """Yields the export for a parser, gzipped or not. Raises NotReadable."""
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == _GZIP
            file.seek(0)
            if is_packed:
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield Mended(unpacked)
            else:
                yield Mended(file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise NotReadable("Tệp nén (.gz) bị hỏng hoặc chưa tải về hết. Hãy tải lại.") from broken


class Mended:
    """`read` returns the file as UTF-8; `foreign` counts the bytes decoded from another encoding."""

    def __init__(self, file: BinaryIO):
        self.foreign = 0
        self._file, self._rest, self._in_cdata = file, "", False
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._begun: bytes | None = self._prolog()

    def read(self, size: int = -1) -> bytes:
        """Returns the next part of the file, ignoring `size`; b"" at its end."""
        while True:
            raw = self._file.read(_STEP) if self._begun is None else self._begun
            self._begun = None
            text = self._mended(self._decoded(raw), is_last=not raw)
            if text or not raw:
                return text.encode("utf-8", "replace")

    def _prolog(self) -> bytes:
        begun = self._file.read(_LONGEST_PROLOG)
        if begun.startswith((b"\xff\xfe", b"\xfe\xff", b"PK")):
            raise NotReadable(
                "Đây không phải tệp XML của WordPress (UTF-8). Nếu là tệp nén .zip, hãy giải nén trước."
            )
        begun = begun[_BEFORE_XML.match(begun).end() :]
        bare = _without_comments(begun.translate(None, _ILLEGAL))
        root = _ROOT.search(bare)
        head = bare[: root.start()] if root else bare
        if b"<!" in head:
            raise NotReadable("Tệp có phần khai báo DOCTYPE hoặc ENTITY, có thể gây hại, nên không mở.")
        if root is None:
            raise NotReadable("Đây không phải tệp xuất của WordPress (WXR).")
        return begun

    def _decoded(self, raw: bytes) -> str:
        text = self._decoder.decode(raw.translate(None, _ILLEGAL), final=not raw)
        return _FOREIGN.sub(self._from_windows, _NO_LETTERS.sub("", text))

    def _from_windows(self, found: re.Match[str]) -> str:
        raw = found[0].encode("utf-8", "surrogateescape")
        self.foreign += len(raw)
        return _HALF_LETTERS.sub(b"", raw).decode("cp1252", "replace")

    def _mended(self, text: str, *, is_last: bool) -> str:
        """Repairs references outside CDATA, where they have a meaning; inside CDATA nothing changes."""
        text, parts, at = self._rest + text, [], 0
        while (end := text.find(_CDATA_END if self._in_cdata else _CDATA, at)) >= 0:
            end += len(_CDATA_END if self._in_cdata else _CDATA)
            parts.append(self._piece(text[at:end]))
            at, self._in_cdata = end, not self._in_cdata
        cut = len(text) if is_last else _whole_signs(text, at)
        parts.append(self._piece(text[at:cut]))
        self._rest = text[cut:]
        return "".join(parts)

    def _piece(self, text: str) -> str:
        return text if self._in_cdata or "&" not in text else _REFERENCE.sub(_reference, text)


def _whole_signs(text: str, at: int) -> int:
    """Returns where the text may be cut, after `at`, without cutting a reference or tag."""
    cut = max(at, len(text) - len(_CDATA))
    start = max(at, cut - _LONGEST_SIGN)
    for sign in ("&", "<"):
        cut = found if (found := text.rfind(sign, start, cut)) >= 0 else cut
    return cut


def _reference(found: re.Match[str]) -> str:
    """An HTML entity becomes its letter, a number illegal in XML is removed, a lone & is escaped."""
    if not found[1]:
        return "&amp;"
    letters = unescape(found[0])
    return f"&amp;{found[1]};" if letters == found[0] else escape(_without_illegal(letters))


def _without_illegal(letters: str) -> str:
    return "".join(c for c in letters if (c >= " " or c in "\t\n\r") and c not in "\ufffd\ufffe\uffff")


def _without_comments(text: bytes) -> bytes:
    before, *rest = text.split(b"<!--")
    return before + b"".join(part.partition(b"-->")[2] for part in rest)
