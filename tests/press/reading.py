"""Read a PDF as a person with a ruler and a telephone would: where words stand, what a code says."""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import zxingcpp
from django.core.files.storage import default_storage
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTPage, LTTextContainer
from PIL import Image

MM = 25.4 / 72


class Line(NamedTuple):
    """A line of one page: its bare words, its left, right and baseline in mm from the upper left corner."""

    page: int
    words: str
    left: float
    right: float
    baseline: float


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


# A mark that stands on several letters has one meaning in the file: copied text is not what is seen.
_BREVES = re.compile("[ơưêƠƯÊ\u0306]")


def bare(words: str) -> str:
    """The words without spaces and without the letters that a reader of PDF files mistakes."""
    return _BREVES.sub("", "".join(words.split()))


def lines_of(pdf: bytes) -> list[Line]:
    """Every line of every page; spaces are left out, because marks of Ê Đê letters bring one with them."""
    return [
        line for number, page in enumerate(extract_pages(io.BytesIO(pdf)), 1) for line in _lines(number, page)
    ]


def _lines(number: int, page: LTPage) -> Iterator[Line]:
    rows: dict[float, list[LTChar]] = {}
    for letter in _letters(page):
        rows.setdefault(round(letter.matrix[5] * MM, 1), []).append(letter)
    for height, letters in rows.items():
        letters.sort(key=lambda letter: letter.x0)
        for group in _groups(letters):
            words = bare("".join(letter.get_text() for letter in group))
            yield Line(
                number,
                words,
                group[0].matrix[4] * MM,
                group[-1].x1 * MM,
                page.height * MM - height,
            )


def _groups(letters: list[LTChar]) -> Iterator[list[LTChar]]:
    """Words of two boxes on one height lie more than 8 mm apart."""
    group: list[LTChar] = []
    for letter in letters:
        if group and (letter.x0 - group[-1].x1) * MM > 8:
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _letters(item: object) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        if item.get_text().strip():
            yield item
    elif isinstance(item, LTPage | LTTextContainer) or hasattr(item, "__iter__"):
        for inner in item:  # type: ignore[attr-defined]
            yield from _letters(inner)


def code_on(png: bytes) -> list[str]:
    """What a scanner reads from the picture of a page."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]
