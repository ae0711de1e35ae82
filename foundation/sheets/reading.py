"""Reads a pasted table, a CSV file or an Excel workbook; all become the same text."""

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Any

from foundation.language.legacy import repair
from foundation.language.plain import clean_line
from foundation.sheets.refusals import SheetRefused
from foundation.sheets.workbooks import read_workbook

MOST_BYTES = 2 * 1024 * 1024
_SIGNS = "\t;,"
_FIRST_LINES = 20
# Excel obeys a first line “sep=;”.
_SEPARATOR = re.compile(r"sep=([\t;,|])\r?\n", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<!doctype html|<html|<table|<\?xml|<head|<meta|<style|MIME-Version:)", re.IGNORECASE
)


@dataclass(frozen=True)
class Sheet:
    """A file's table as text for `read_table`, and sentences about what of the file was not taken."""

    text: str
    notes: list[str] = field(default_factory=list)


def read_table(text: str) -> list[tuple[int, list[str]]]:
    """Returns (line number as typed, cells) of every line that is not empty.

    Tabs, semicolons or commas separate the cells. Raises SheetRefused.
    """
    if "\n" not in text:
        text = text.replace("\r", "\n")  # as an old Mac ends lines
    text = repair(text.lstrip("\ufeff"))  # all rows together: a short cell follows the others
    delimiter = sign_of(text)
    said = _SEPARATOR.match(text)
    reader = csv.reader(
        io.StringIO(text[said.end() :] if said else text),
        delimiter=delimiter,
        skipinitialspace=delimiter != "\t",
    )
    begin = 2 if said else 1
    table, line = [], begin
    try:
        for cells in reader:
            # A quotation mark that is not closed would take the following lines into its cell.
            if any("\n" in cell and delimiter in cell for cell in cells):
                raise SheetRefused("Có dấu ngoặc kép mở mà chưa đóng từ dòng này.", line)
            cleaned = [" ".join(clean_line(cell).split()) for cell in cells]
            if any(cleaned):
                table.append((line, cleaned))
            line = reader.line_num + begin
    except csv.Error as wrong:
        raise SheetRefused("Có ô quá dài hoặc có ký tự không đọc được.", line) from wrong
    return table


def sign_of(text: str) -> str:
    """Return the separator of the cells: as “sep=;” says; else tab if some of the first lines have it, below
    a title with commas; else the first of tab, semicolon and comma in the first line; else tab or semicolon
    if a line soon after has it; else tab.
    """
    text = text.lstrip("\ufeff").lstrip()
    if said := _SEPARATOR.match(text):
        return said[1]
    first, *others = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    if sum("\t" in line for line in others) > 1:
        return "\t"
    if sign := next((sign for sign in _SIGNS if sign in first), ""):
        return sign
    return next((sign for sign in "\t;" if any(sign in line for line in others)), "\t")


def read_file(upload: Any) -> Sheet:
    """Return the file's table. Raises SheetRefused."""
    if upload.size > MOST_BYTES:
        raise SheetRefused("Tệp lớn hơn 2 MB. Hãy bỏ ảnh và các trang không dùng rồi chọn lại.")
    content = upload.read()
    if content[:2] == b"PK":
        rows, notes = read_workbook(content)
        return Sheet(_tabbed(rows), notes)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise SheetRefused(
            "Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy lưu lại dạng .xlsx hoặc CSV UTF-8."
        )
    if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise SheetRefused(
            "Tệp này là trang web mang tên Excel, không phải bảng tính. "
            "Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn lần nữa."
        )
    return Sheet(_decoded(content))


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise SheetRefused("Không đọc được chữ trong tệp. Hãy lưu dạng “CSV UTF-8” hoặc .xlsx.") from wrong


def _tabbed(rows: list[list[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, delimiter="\t", lineterminator="\n").writerows(rows)
    return lines.getvalue()
