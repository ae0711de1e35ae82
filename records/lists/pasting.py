"""A pasted table becomes rows of a record's list: all of them or, with one error, none."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from foundation.sheets.doubts import doubt
from foundation.sheets.headings import COUNT_HEADINGS, heading_key, read_headings
from foundation.sheets.reading import SheetRefused, read_table
from foundation.sheets.tables import table_of, without_ends

MOST_ROWS = 2000
_NUMBER = re.compile(r"^\d{1,4}[.)]\s+")  # “12. Nguyễn Văn A”


@dataclass(frozen=True)
class Table:
    """How a table is read for one record.

    `columns` are field names with their possible headings, the first of which is shown; the first column must
    be filled, and the first `typed` are those of lines without headings. `build` makes an unsaved row of the
    cells by field name and raises ValidationError. `days` are the fields that hold days.
    """

    columns: dict[str, tuple[str, ...]]
    typed: int
    build: Callable[[dict[str, str]], Any]
    example: tuple[tuple[str, ...], ...]
    days: frozenset[str] = frozenset({"day"})

    @property
    def headings(self) -> list[str]:
        return [words[0] for words in self.columns.values()]

    @property
    def typed_headings(self) -> list[str]:
        return self.headings[: self.typed]


@dataclass
class TableReport:
    """What was read. `errors` are (line as typed, sentence); with one error nothing is saved.

    `lines` are the numbers of the rows' lines as typed, where the reader notes them; `notes` are sentences
    about lines that were left out.
    """

    rows: list[Any] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_rows(text: str, table: Table) -> TableReport:
    """Read a table with headings, or lines without headings in the order of the columns.

    In lines without headings, cells beyond the last column belong to it: “Lê Thị Lan, giáo viên, Trường X”.
    """
    report = TableReport()
    try:
        lines = read_table(text)
    except SheetRefused as refusal:
        report.errors.append((refusal.line, str(refusal)))
        return report
    if not lines:
        report.errors.append((1, "Chưa có dòng nào. Hãy dán bảng, mỗi dòng một mục."))
        return report
    names: Sequence[str | None] = list(table.columns)[: table.typed]
    found = table_of(lines, partial(_knows, table))
    has_headings = any(_knows(table, cell) for cell in found.headings[1])
    if has_headings:
        names, problems = _columns(found.headings[1], table)
        report.errors += [(found.headings[0], problem) for problem in problems]
        if problems:
            return report
        lines, report.notes = found.lines, found.notes
    else:
        lines, report.notes = without_ends(lines)
    for line, cells in lines[:MOST_ROWS]:
        typed = cells if has_headings else _without_number(cells, len(names))
        _read_line(line, typed, names, table, report)
    if len(lines) > MOST_ROWS:
        report.errors.append(
            (lines[MOST_ROWS][0], f"Danh sách quá {MOST_ROWS} dòng; hãy chia làm nhiều lần.")
        )
    return report


def _columns(headings: list[str], table: Table) -> tuple[list[str | None], list[str]]:
    known: dict[str, str | None] = {heading_key(word): None for word in COUNT_HEADINGS}
    known |= {heading_key(word): name for name, words in table.columns.items() for word in words}
    names, problems = read_headings(headings, known, counts=None)
    needed, words = next(iter(table.columns.items()))
    if needed not in names and not problems:
        problems.append(f"Thiếu cột “{words[0]}”. Dòng đầu tiên phải là tên các cột.")
    return names, problems


def _knows(table: Table, cell: str) -> bool:
    return any(heading_key(cell) == heading_key(word) for words in table.columns.values() for word in words)


def _without_number(cells: list[str], width: int) -> list[str]:
    """Return the cells without the number of the line, those beyond the last column joined to it."""
    if len(cells) > 1 and cells[0].rstrip(".)").isdecimal():
        cells = cells[1:]
    cells = [_NUMBER.sub("", cells[0]), *cells[1:]]
    if len(cells) <= width:
        return cells
    return [*cells[: width - 1], ", ".join(filter(None, cells[width - 1 :]))]


def _read_line(
    line: int, cells: list[str], names: Sequence[str | None], table: Table, report: TableReport
) -> None:
    if extra := next(filter(None, cells[len(names) :]), ""):
        report.errors.append((line, f"Có ô nằm ngoài các cột: “{extra}”."))
        return
    typed = {name: cell for name, cell in zip(names, cells, strict=False) if name}
    doubts = (doubt(cell, is_date=name in table.days) for name, cell in typed.items())
    if wrong := next(filter(None, doubts), ""):
        report.errors.append((line, wrong))
        return
    try:
        report.rows.append(table.build(typed))
        report.lines.append(line)
    except ValidationError as problem:
        report.errors += [(line, sentence) for sentence in _sentences(problem, table)]


def _sentences(problem: ValidationError, table: Table) -> list[str]:
    """Return the errors as sentences that begin with the heading of their column."""
    if not hasattr(problem, "error_dict"):
        return problem.messages
    return [
        f"{table.columns[name][0]}: {' '.join(sentences)}" if name in table.columns else " ".join(sentences)
        for name, sentences in problem.message_dict.items()
    ]
