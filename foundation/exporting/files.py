"""A table as CSV or XLSX in which no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module

from django.utils.functional import SimpleLazyObject

# Found when it is needed: the library would slow every start.
openpyxl = SimpleLazyObject(partial(import_module, "openpyxl"))
# A cell that begins like this is run as a formula by spreadsheets (OWASP, CSV injection).
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Vietnamese as Latin
# What XML cannot hold: a pasted control character must not cost the whole file.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Echo:
    """What csv.writer writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of the file, one row at a time."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def xlsx_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The whole file; every cell is text, whatever it begins with."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headings, *rows):
        sheet.append([_text(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(FORMULA_LEADS) else cell


def _text(sheet: object, cell: str) -> object:
    made = openpyxl.cell.WriteOnlyCell(sheet, value=cell.translate(_UNPRINTABLE))
    made.data_type = "s"  # openpyxl takes “=…” for a formula unless told
    return made
