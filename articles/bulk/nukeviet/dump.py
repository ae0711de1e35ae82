"""Reads the rows of an SQL dump (mysqldump, phpMyAdmin, NukeViet's own backup) from beginning to end.

No server is needed and nothing is executed: the file is foreign. It is cut into statements and values without
being whole in memory; a statement that cannot be read is refused with its line.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from articles.bulk.old_site.posts import NotReadable

type Value = str | None
type Row = tuple[str, list[str], list[Value]]  # table, names of columns, values

LONGEST_VALUE = 32 * 1024 * 1024  # bytes; more is not the text of a story
_STEP = 256 * 1024
_GZIP = b"\x1f\x8b"

_GAP = re.compile(rb"(?:\s++|--(?=[ \t\r\n])[^\n]*+\n|#[^\n]*+\n|/\*.*?\*/)++", re.DOTALL)
_STRING = rb"'(?:[^'\\]++|\\.|'')*+'(?!')"
_NAME = rb"(?:`(?:[^`]++|``)++`|\"[^\"]++\"|[A-Za-z_$][\w$-]*+)"
_VALUE = re.compile(
    rb"(?P<null>NULL\b|DEFAULT\b)|(?P<true>TRUE\b)|(?P<false>FALSE\b)"
    rb"|(?:_[a-z0-9]++\s*+)?(?:(?P<hex>0x[0-9a-f]++|x'[0-9a-f]*+')|(?P<bits>b'[01]*+')|(?P<text>"
    + _STRING
    + rb")"
    rb"|(?P<ansi>\"(?:[^\"\\]++|\\.|\"\")*+\"(?!\")))"
    rb"|(?P<number>[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:e[-+]?\d++)?)",
    re.DOTALL | re.IGNORECASE,
)
_INSERT = re.compile(
    rb"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s+)*(?:INTO\s+)?"
    rb"(?:" + _NAME + rb"\s*\.\s*)?(" + _NAME + rb")\s*(?:\(([^()]*+)\)\s*)?VALUES?\s*",
    re.IGNORECASE,
)
_CREATE = re.compile(
    rb"CREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    rb"(?:" + _NAME + rb"\s*\.\s*)?(" + _NAME + rb")\s*\(",
    re.IGNORECASE,
)
_WORDS = re.compile(_STRING, re.DOTALL)
_NESTED = re.compile(rb"\([^()]*+\)")
_COLUMN = re.compile(
    rb"(?:^|,)\s*(?!(?:PRIMARY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|FOREIGN|CHECK)\b)("
    + _NAME
    + rb")\s",
    re.IGNORECASE,
)
_REFUSED = re.compile(rb"(?:INSERT|REPLACE)\b", re.IGNORECASE)
_DELIMITER = re.compile(rb"DELIMITER[ \t]+(\S+)[^\n]*\n?", re.IGNORECASE)
# What a statement that is skipped holds: strings and comments may hold its end.
_SKIPPED = re.compile(
    rb"(?:[^;'\"`#/-]++|" + _STRING + rb"|\"(?:[^\"\\]++|\\.)*+\"|`[^`]*+`|/\*.*?\*/"
    rb"|--(?=[ \t\r\n])[^\n]*+\n|#[^\n]*+\n"
    rb"|/(?!\*)|-(?!-[ \t\r\n]))*+",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
_ANSI_ESCAPE = re.compile(rb'\\(.)|""', re.DOTALL)
_MEANS = {
    b"0": b"\0",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"Z": b"\x1a",
    b"%": b"\\%",
    b"_": b"\\_",
}


def read_dump(path: Path, foreign: list[int] | None = None) -> Iterator[Row]:
    """Yields each inserted row, in order. Raises NotReadable where the file cannot be read.

    `foreign` gets the number of values that were not UTF-8, which are read as Windows-1252.
    """
    reader = _Reader(foreign if foreign is not None else [0])
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == _GZIP
            file.seek(0)
            if is_packed:
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield from reader.rows(unpacked)
            else:
                yield from reader.rows(file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise NotReadable("Tệp nén (.gz) bị hỏng hoặc chưa tải về hết. Hãy tải lại.") from broken


class _Reader:
    """A window over the file: what is before `at` is done with."""

    def __init__(self, foreign: list[int]):
        self._buffer, self._at, self._line, self._is_over = b"", 0, 1, False
        self._columns: dict[str, list[str]] = {}
        self._foreign = foreign

    def rows(self, file: BinaryIO) -> Iterator[Row]:
        self._file = file
        self._begin()
        while self._skip_gap():
            if found := self._match(_INSERT):
                yield from self._inserted(found)
            elif found := self._match(_CREATE):
                self._note_columns(found)
            elif found := self._match(_DELIMITER):
                self._pass_until(rb"DELIMITER[ \t]+;[^\n]*\n?")
            elif self._match(_REFUSED):
                raise self._fault("lệnh INSERT viết theo cách không đọc được")
            else:
                self._skip_statement()

    def _begin(self) -> None:
        self._more()
        if self._buffer.startswith((b"\xff\xfe", b"\xfe\xff", b"PK", b"Rar!", b"BZh", b"7z")):
            raise NotReadable(
                "Đây không phải tệp SQL dạng chữ (UTF-8). Nếu là tệp nén .zip, .rar, hãy giải nén trước."
            )
        if self._buffer.startswith(b"\xef\xbb\xbf"):
            self._at = 3
        if b"\0" in self._buffer[:4096]:
            raise NotReadable("Đây không phải tệp SQL dạng chữ. Hãy xuất bằng phpMyAdmin hoặc mysqldump.")

    def _inserted(self, found: re.Match[bytes]) -> Iterator[Row]:
        table = _name(found[1])
        named = [_name(one) for one in found[2].split(b",")] if found[2] else []
        columns = named or self._columns.get(table, [])
        while True:
            self._skip_gap()
            values = self._values()
            if not columns:
                columns = [""] * len(values)  # whoever needs the table says that names are missing
            if len(values) != len(columns):
                raise self._fault(
                    f"bảng {table} có {len(columns)} cột nhưng dòng này có {len(values)} giá trị"
                )
            yield table, columns, values
            self._skip_gap()
            sign = self._take()
            if sign == b",":
                continue
            if sign not in (b";", b""):
                self._skip_statement()  # ON DUPLICATE KEY UPDATE …
            elif not sign:
                raise self._fault("lệnh INSERT chưa hết mà tệp đã hết; tệp tải về chưa đủ")
            return

    def _values(self) -> list[Value]:
        if self._take() != b"(":
            raise self._fault("không thấy dấu ( mở đầu một dòng dữ liệu")
        values: list[Value] = []
        while True:
            self._skip_gap()
            found = self._match(_VALUE)
            if found is None:
                raise self._fault("có giá trị không đọc được (hàm, dấu nháy không đóng, hay dài quá 32 MB)")
            values.append(self._meant(found))
            self._skip_gap()
            sign = self._take()
            if sign == b")":
                return values
            if sign != b",":
                raise self._fault("sau một giá trị không có dấu phẩy hay dấu )")

    def _meant(self, found: re.Match[bytes]) -> Value:
        kind, raw = found.lastgroup or "", found[found.lastgroup or 0]
        match kind:
            case "null":
                return None
            case "true" | "false":
                return "1" if kind == "true" else "0"
            case "number":
                return raw.decode("ascii")
            case "bits":
                return str(int(raw[2:-1] or b"0", 2))
            case "hex":
                digits = raw[2:].rstrip(b"'")
                return self._text(bytes.fromhex((b"0" * (len(digits) % 2) + digits).decode("ascii")))
        escape = _ESCAPE if kind == "text" else _ANSI_ESCAPE
        inside = raw[1:-1]
        quote = raw[:1]
        if b"\\" in inside or quote in inside:
            inside = escape.sub(lambda one: _MEANS.get(one[1], one[1]) if one[1] else quote, inside)
        return self._text(inside)

    def _text(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self._foreign[0] += 1
            return raw.decode("cp1252", "replace")

    def _note_columns(self, found: re.Match[bytes]) -> None:
        statement = _WORDS.sub(b" ", self._skipped_text())  # comments of columns hold commas and brackets
        while _NESTED.search(statement):
            statement = _NESTED.sub(b" ", statement)
        names = _COLUMN.finditer(statement.partition(b")")[0])
        self._columns[_name(found[1])] = [_name(one[1]) for one in names]

    def _skip_statement(self) -> None:
        self._skipped_text()

    def _skipped_text(self) -> bytes:
        """Moves behind the end of the statement. Returns what it held."""
        while True:
            found = _SKIPPED.match(self._buffer, self._at)
            end = found.end() if found else self._at
            if end < len(self._buffer) and self._buffer[end : end + 1] == b";":
                text = self._buffer[self._at : end]
                self._move(end + 1)
                return text
            if self._is_over:
                text = self._buffer[self._at :]
                self._move(len(self._buffer))
                return text
            self._more()

    def _pass_until(self, pattern: bytes) -> None:
        end = re.compile(pattern, re.IGNORECASE)
        while not (found := end.search(self._buffer, self._at)):
            if self._is_over:
                self._move(len(self._buffer))
                return
            self._more()
        self._move(found.end())

    def _skip_gap(self) -> bool:
        """Passes spaces and comments. Returns whether anything is left."""
        while True:
            if found := _GAP.match(self._buffer, self._at):
                self._move(found.end())
            rest = len(self._buffer) - self._at
            might_be_cut = rest < 2 or self._buffer.startswith((b"--", b"#", b"/*"), self._at)
            if self._is_over or not might_be_cut:
                if might_be_cut and self._buffer.startswith(b"/*", self._at):
                    raise self._fault("chú thích /* không có chỗ kết thúc")
                if might_be_cut and self._buffer.startswith((b"--", b"#"), self._at):
                    self._move(len(self._buffer))
                return self._at < len(self._buffer)
            self._more()

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Matches here; more of the file is read while the match touches the end of the window."""
        while True:
            found = pattern.match(self._buffer, self._at)
            is_sure = found.end() + 2 < len(self._buffer) if found else self._is_cut_elsewhere(pattern)
            if is_sure or self._is_over:
                if found:
                    self._move(found.end())
                return found
            self._more()

    def _is_cut_elsewhere(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether a failed match cannot be due to the end of the window."""
        rest = len(self._buffer) - self._at
        return rest > (LONGEST_VALUE if pattern is _VALUE else 64 * 1024)

    def _take(self) -> bytes:
        sign = self._buffer[self._at : self._at + 1]
        self._move(self._at + len(sign))
        return sign

    def _move(self, to: int) -> None:
        self._line += self._buffer.count(b"\n", self._at, to)
        self._at = to

    def _more(self) -> None:
        held = self._buffer[self._at :]
        if len(held) > LONGEST_VALUE + _STEP:
            raise self._fault("có giá trị dài quá 32 MB hoặc dấu nháy không đóng")
        raw = self._file.read(max(_STEP, len(held)))  # doubled, so that a long value is looked at few times
        self._buffer, self._at, self._is_over = held + raw, 0, not raw

    def _fault(self, words: str) -> NotReadable:
        return NotReadable(
            f"Tệp SQL hỏng ở dòng {self._line}: {words}. Hãy xuất lại cơ sở dữ liệu của trang cũ."
        )


def _name(raw: bytes) -> str:
    text = raw.strip().decode("utf-8", "replace").lower()
    return text[1:-1].replace("``", "`") if text[:1] in ("`", '"') else text
