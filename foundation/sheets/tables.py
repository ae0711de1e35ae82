"""Where a table begins and ends among the lines of a sheet: titles above it, sums and signatures below."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest

from foundation.sheets.doubts import is_foot, is_total

type Line = tuple[int, list[str]]

_FIRST_LINES = 20
_PLACE = re.compile(r"\(?(\d{1,2})\)?")


@dataclass
class FoundTable:
    """The headings, the lines under them, and sentences about the lines that are no part of the table."""

    headings: Line
    lines: list[Line]
    notes: list[str] = field(default_factory=list)


def table_of(lines: list[Line], knows: Callable[[str], bool]) -> FoundTable:
    """Return the table in the lines, which are not empty; `knows` tells whether a cell is a known heading.

    The headings are the first line with two known ones, or with one and nothing else; without such a line
    they are the first line, for the caller to judge. Headings of two lines become one: the lower cell counts
    where it is filled. Lines above the headings, sums and signatures are left out and named.
    """
    place = next((place for place, line in enumerate(lines[:_FIRST_LINES]) if _is_head(line[1], knows)), 0)
    above, (number, cells), rest = lines[:place], lines[place], lines[place + 1 :]
    notes = [f"Bỏ qua phần trên tên cột: {_quoted(above)}."] if above else []
    if rest and _continues(cells, rest[0][1], knows):
        cells = [lower or upper for upper, lower in zip_longest(cells, rest[0][1], fillvalue="")]
        rest = rest[1:]
    if rest and _is_numbering(rest[0][1]):
        rest = rest[1:]
    kept, left_out = without_ends(rest)
    return FoundTable((number, cells), kept, notes + left_out)


def without_ends(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Return the lines without sums and signatures, and a sentence that names these."""
    ends = [line for line in lines if is_total(line[1]) or is_foot(line[1])]
    if not ends:
        return lines, []
    numbers = {number for number, _ in ends}
    kept = [line for line in lines if line[0] not in numbers]
    return kept, [f"Không phải người hay tập thể nên bỏ qua: {_quoted(ends)}."]


def _is_head(cells: list[str], knows: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return sum(map(knows, filled)) >= min(2, len(filled))


def _continues(upper: list[str], lower: list[str], knows: Callable[[str], bool]) -> bool:
    """Return whether `lower` is the second line of headings: it names columns that `upper` leaves open."""
    new = 0
    for above, below in zip_longest(upper, lower, fillvalue=""):
        if below and below != above:
            if not knows(below):
                return False
            new += not knows(above)
    return new > 0


def _is_numbering(cells: list[str]) -> bool:
    """Return whether the line numbers the columns: (1), (2), (3)."""
    numbers = [_PLACE.fullmatch(cell) for cell in cells if cell]
    return len(numbers) > 2 and [number and int(number[1]) for number in numbers] == [
        *range(1, len(numbers) + 1)
    ]


def _quoted(lines: list[Line]) -> str:
    return "; ".join("“" + " ".join(filter(None, cells))[:80] + "”" for _, cells in lines[:5])
