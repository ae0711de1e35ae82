"""Read an Excel workbook as people see it: displayed cells, merged cells filled down, nothing hidden."""

import io
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from itertools import groupby
from typing import Any

from django.utils.functional import SimpleLazyObject

from foundation.packages.opening import UNREADABLE, Fault, Limits, Package, PackageRefused, open_package
from foundation.sheets.displaying import displayed
from foundation.sheets.layout import Layout, layout_of
from foundation.sheets.refusals import SheetRefused

# Imported on first use, because the library slows the start.
openpyxl = SimpleLazyObject(partial(import_module, "openpyxl"))
MOST_LINES, MOST_CELLS = 2100, 30
UNFINISHED = "#CHƯA TÍNH"  # a formula that no program has computed yet
# The library needs a second for 2 MB of XML; a list of 2,000 lines has less than 2, and ten times its packed
# size.
_LEAST_XML, _XML_PER_BYTE = 3 * 1024 * 1024, 12
_BOOK, _BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_CANNOT_OPEN = "Không mở được tệp Excel này. Hãy lưu lại dạng .xlsx rồi chọn lần nữa."
_TOO_LARGE = "Tệp mở ra quá lớn. Hãy chép riêng danh sách sang một tệp mới."
_SAID = {
    Fault.TOO_LARGE: _TOO_LARGE,
    Fault.UNSAFE: _TOO_LARGE,
    Fault.LOCKED: "Tệp Excel đang đặt mật khẩu. Hãy lưu lại bản không khóa rồi chọn lần nữa.",
    Fault.MACROS: "Tệp Excel có macro. Hãy lưu lại dạng .xlsx thường rồi chọn lần nữa.",
}


def read_workbook(content: bytes) -> tuple[list[list[str]], list[str]]:
    """Return the cells of the first visible sheet, and sentences about what was not taken.

    Raises SheetRefused.
    """
    most = max(_LEAST_XML, _XML_PER_BYTE * len(content))
    limits = Limits(texts=most, unpacked=most * 10)
    try:
        package = open_package(io.BytesIO(content), _BOOK, limits)
        place, name, notes = _choose_sheet(package)
        layout = _layout(package, name)
        book = openpyxl.load_workbook(package.repacked({}), read_only=True, data_only=True, rich_text=True)
        cells = book.worksheets[place].iter_rows(max_row=MOST_LINES, max_col=MOST_CELLS)
        read = [[_read(cell) for cell in row] for row in cells]
        book.close()
    except PackageRefused as refusal:
        raise SheetRefused(_SAID.get(refusal.fault, _CANNOT_OPEN)) from refusal
    except UNREADABLE as wrong:
        raise SheetRefused(_CANNOT_OPEN) from wrong
    rows = [[text for text, _ in row] for row in read]
    struck = [number for number, row in enumerate(read, start=1) if any(is_struck for _, is_struck in row)]
    for (row, column), kept in layout.struck.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = kept
            struck.append(row)
    _fill_merged(rows, layout)
    for row, column in layout.unfinished:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = UNFINISHED
    notes += _hidden_notes(rows, layout)
    if struck:
        notes.append(f"Chữ bị gạch ngang ở dòng {in_stretches(sorted(set(struck)))} của tệp không lấy.")
    return _visible(rows, layout), notes


def _read(cell: Any) -> tuple[str, bool]:
    """Return what a cell shows, without what is struck out, and whether something is."""
    value, is_struck = cell.value, False
    if isinstance(value, list):  # pieces with their own look
        kept = [part for part in value if isinstance(part, str) or not (part.font and part.font.strike)]
        is_struck = len(kept) < len(value)
        value = "".join(part if isinstance(part, str) else part.text for part in kept)
    elif value is not None and cell.font is not None and cell.font.strike:
        value, is_struck = None, True
    return displayed(value, cell.number_format), is_struck


def _choose_sheet(package: Package) -> tuple[int, str, list[str]]:
    """Return the place and the part of the first visible sheet, and what is said about the others."""
    book, relations = package.tree(_BOOK), package.tree(_BOOK_RELATIONS)
    if book is None or relations is None:
        raise SheetRefused(_CANNOT_OPEN)
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = []
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "/chartsheets/" not in part:
            sheets.append((sheet.get("name", ""), part, sheet.get("state", "visible") == "visible"))
    places = [place for place, (_, _, is_visible) in enumerate(sheets) if is_visible]
    if not places:
        raise SheetRefused("Mọi trang tính của tệp đang ẩn. Hãy bỏ ẩn trang có danh sách rồi chọn lại.")
    chosen, part, _ = sheets[places[0]]
    hidden = [f"“{name}”" for name, _, is_visible in sheets if not is_visible]
    others = [f"“{sheets[place][0]}”" for place in places[1:]]
    notes = [f"Trang tính đang ẩn không lấy: {', '.join(hidden)}."] if hidden else []
    if others:
        notes.append(f"Chỉ lấy trang “{chosen}”; tệp còn trang {', '.join(others)}.")
    return places[0], part, notes


def _layout(package: Package, name: str) -> Layout:
    sheet = package.tree(name)
    if sheet is None:
        raise SheetRefused(_CANNOT_OPEN)
    layout = layout_of(sheet)
    if layout.cells > 2 * MOST_LINES * MOST_CELLS:
        raise SheetRefused(_TOO_LARGE)
    return layout


def _fill_merged(rows: list[list[str]], layout: Layout) -> None:
    """A merged cell stands for each of its rows, in its first column."""
    left = MOST_LINES * MOST_CELLS
    for first, column, last, _ in layout.merged:
        below = range(first, min(last, len(rows)))  # the rows under the first, numbered from 0
        left -= len(below)
        if left < 0:
            return
        for row in below:
            if column <= len(rows[row]):
                rows[row][column - 1] = rows[row][column - 1] or rows[first - 1][column - 1]


def _visible(rows: list[list[str]], layout: Layout) -> list[list[str]]:
    width = max((number for row in rows for number, cell in enumerate(row, start=1) if cell), default=0)
    shown = [column for column in range(width) if not layout.is_hidden_column(column + 1)]
    return [
        [row[column] for column in shown if column < len(row)]
        for number, row in enumerate(rows, start=1)
        if number not in layout.hidden_rows
    ]


def _hidden_notes(rows: list[list[str]], layout: Layout) -> list[str]:
    notes = []
    filled = {number for number, row in enumerate(rows, start=1) if any(row)}
    if hidden := sorted(layout.hidden_rows & filled):
        notes.append(
            f"Dòng {in_stretches(hidden)} của tệp đang ẩn hoặc bị lọc nên không lấy. "
            "Nếu cần, hãy bỏ ẩn, bỏ lọc trong Excel rồi chọn lại tệp."
        )
    width = max(map(len, rows), default=0)
    columns = [
        column
        for column in range(1, width + 1)
        if layout.is_hidden_column(column) and any(row[column - 1] for row in rows if column <= len(row))
    ]
    if columns:
        letters = ", ".join(map(openpyxl.utils.get_column_letter, columns))
        notes.append(f"Cột {letters} của tệp đang ẩn nên không lấy. Nếu cần, hãy bỏ ẩn rồi chọn lại tệp.")
    return notes


def in_stretches(numbers: Iterable[int]) -> str:
    """Return “2–13, 15” for sorted numbers."""
    return ", ".join(_stretches(numbers))


def _stretches(numbers: Iterable[int]) -> Iterator[str]:
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        stretch: list[Any] = [number for _, number in group]
        yield str(stretch[0]) if len(stretch) == 1 else f"{stretch[0]}–{stretch[-1]}"
