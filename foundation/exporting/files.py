"""Write a table as a CSV or XLSX file in which no cell runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module

from django.utils.functional import SimpleLazyObject

from foundation.language.written import writable

# Imported on first use: importing openpyxl would slow down every start.
openpyxl = SimpleLazyObject(partial(import_module, "openpyxl"))
# Spreadsheets run a cell that begins with one of these as a formula (OWASP, CSV injection).
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Vietnamese as Latin
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Echo:
    """A file-like object for csv.writer: `write` returns the line instead of storing it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a CSV file, one row at a time; the first begins with a byte order mark."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def xlsx_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a whole XLSX file as bytes; every cell is stored as text, whatever it begins with."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headings, *rows):
        sheet.append([_text(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(cell: str) -> str:
    """Return the cell; an apostrophe is put before it if a spreadsheet would run it as a formula."""
    cell = writable(cell, "CSV")
    return f"'{cell}" if cell.startswith(FORMULA_LEADS) else cell


def _text(sheet: object, cell: str) -> object:
    made = openpyxl.cell.WriteOnlyCell(sheet, value=writable(cell, "XLSX"))
    made.data_type = "s"  # openpyxl stores “=…” as a formula by default
    return made
