"""Reads a pasted table, a CSV file or an Excel workbook; all become the same text."""

import csv
import io
from functools import partial
from importlib import import_module
from typing import Any

from django.utils.functional import SimpleLazyObject

from foundation.language.legacy import repair
from foundation.language.plain import clean_line
from foundation.packages.opening import UNREADABLE, Fault, Limits, PackageRefused, open_package

# Imported on first use, because the library slows the start.
openpyxl = SimpleLazyObject(partial(import_module, "openpyxl"))
MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
_LIMITS = Limits(texts=MOST_UNPACKED, unpacked=MOST_UNPACKED)
MOST_LINES, MOST_CELLS = 2100, 30


_UNREADABLE = "Không mở được tệp Excel này. Hãy lưu lại dạng .xlsx rồi chọn lần nữa."
_SAID = {
    Fault.TOO_LARGE: "Tệp mở ra quá lớn. Hãy chép riêng danh sách sang một tệp mới.",
    Fault.LOCKED: "Tệp Excel đang đặt mật khẩu. Hãy lưu lại bản không khóa rồi chọn lần nữa.",
}


class SheetRefused(Exception):
    """The file or table cannot be read; the message is for the person, `line` is where."""

    def __init__(self, message: str, line: int = 1):
        super().__init__(message)
        self.line = line


def read_table(text: str) -> list[tuple[int, list[str]]]:
    """Returns (line number as typed, cells) of every line that is not empty.

    Tabs, semicolons or commas separate the cells. Raises SheetRefused.
    """
    text = repair(text.lstrip("\ufeff"))  # all rows together: a short cell follows the others
    delimiter = sign_of(text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    table, line = [], 1
    try:
        for cells in reader:
            # A quotation mark that is not closed would take the following lines into its cell.
            if any("\n" in cell and delimiter in cell for cell in cells):
                raise SheetRefused("Có dấu ngoặc kép mở mà chưa đóng từ dòng này.", line)
            cleaned = [" ".join(clean_line(cell).split()) for cell in cells]
            if any(cleaned):
                table.append((line, cleaned))
            line = reader.line_num + 1
    except csv.Error as wrong:
        raise SheetRefused("Có ô quá dài hoặc có ký tự không đọc được.", line) from wrong
    return table


def sign_of(text: str) -> str:
    """Returns the separator of the cells: the first of tab, semicolon and comma in the first
    line; else tab.
    """
    first = text.lstrip("\ufeff").lstrip().split("\n", 1)[0]
    return next((sign for sign in "\t;," if sign in first), "\t")


def read_file(upload: Any) -> str:
    """Returns the file's table as text for `read_table`. Raises SheetRefused."""
    if upload.size > MOST_BYTES:
        raise SheetRefused("Tệp lớn hơn 2 MB. Hãy bỏ ảnh và các trang không dùng rồi chọn lại.")
    content = upload.read()
    if content[:2] == b"PK":
        return _from_workbook(content)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise SheetRefused("Đây là tệp Excel đời cũ (.xls). Hãy lưu lại dạng .xlsx hoặc CSV UTF-8.")
    return _decoded(content)


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise SheetRefused("Không đọc được chữ trong tệp. Hãy lưu dạng “CSV UTF-8” hoặc .xlsx.") from wrong


def _from_workbook(content: bytes) -> str:
    try:
        package = open_package(io.BytesIO(content), "xl/workbook.xml", _LIMITS)
        book = openpyxl.load_workbook(package.repacked({}), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = list(sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_CELLS, values_only=True))
        book.close()
    except PackageRefused as refusal:
        raise SheetRefused(_SAID.get(refusal.fault, _UNREADABLE)) from refusal
    except (openpyxl.utils.exceptions.InvalidFileException, *UNREADABLE) as wrong:
        raise SheetRefused(_UNREADABLE) from wrong
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return lines.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
