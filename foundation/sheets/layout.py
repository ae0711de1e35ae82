"""How a worksheet is laid out: what is hidden, which cells are merged, which formulas have no result."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_NO_HEIGHT = ("0", "0.0", "0.00")
_TRUE = ("1", "true")
_LARGEST = 1_048_576  # rows of a worksheet


@dataclass
class Layout:
    """Rows and columns are numbered from 1; merged ranges are (row, column, last row, last column)."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unfinished: set[tuple[int, int]] = field(default_factory=set)
    # Cells that hold their own pieces, of which some are struck out: what is left.
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: int = 0

    def is_hidden_column(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.hidden_columns)


def layout_of(sheet: etree._Element) -> Layout:
    """Return the layout of a worksheet's XML. What does not read as a number or a range is passed over."""
    layout = Layout()
    for element in sheet.iter("{*}row", "{*}col", "{*}mergeCell", "{*}c"):
        name = etree.QName(element).localname
        if name == "c":
            layout.cells += 1
            if _lacks_result(element) and (place := _place(element.get("r", ""))):
                layout.unfinished.add(place)
            if (kept := _kept_pieces(element)) is not None and (place := _place(element.get("r", ""))):
                layout.struck[place] = kept
        elif name == "mergeCell":
            layout.merged.extend(_range(element.get("ref", "")))
        elif element.get("hidden") in _TRUE or (name == "row" and element.get("ht") in _NO_HEIGHT):
            _note_hidden(layout, element, name)
    return layout


def _lacks_result(cell: etree._Element) -> bool:
    if cell.find("{*}f") is None:
        return False
    return not (cell.findtext("{*}v") or "").strip() and cell.find("{*}is") is None


def _kept_pieces(cell: etree._Element) -> str | None:
    """Return the text of a cell's own pieces that are not struck out; None if none is.

    The library reads such pieces (“inlineStr”) without their looks.
    """
    own = cell.find("{*}is")
    pieces = [] if own is None else own.findall("{*}r")
    kept = [piece for piece in pieces if not _is_struck(piece)]
    return "".join(piece.findtext("{*}t") or "" for piece in kept) if len(kept) < len(pieces) else None


def _is_struck(piece: etree._Element) -> bool:
    strike = piece.find("{*}rPr/{*}strike")
    return strike is not None and strike.get("val", "1") in _TRUE


def _note_hidden(layout: Layout, element: etree._Element, name: str) -> None:
    if name == "row":
        layout.hidden_rows.update(_number(element.get("r", "")))
        return
    for first in _number(element.get("min", "")):
        for last in _number(element.get("max", "")):
            layout.hidden_columns.append((first, last))


def _number(text: str) -> Iterator[int]:
    if text.isascii() and text.isdigit() and len(text) < 8 and 0 < int(text) <= _LARGEST:
        yield int(text)


def _range(text: str) -> Iterator[tuple[int, int, int, int]]:
    first, _, last = text.partition(":")
    begin, end = _place(first), _place(last or first)
    if begin and end and begin[0] <= end[0] and begin[1] <= end[1]:
        yield (*begin, *end)


def _place(text: str) -> tuple[int, int] | None:
    """Return (row, column) of “D12”."""
    letters = text.rstrip("0123456789")
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return None
        column = column * 26 + ord(letter) - 64
    rows = list(_number(text[len(letters) :]))
    return (rows[0], column) if rows and 0 < column <= 16_384 and len(letters) <= 3 else None
