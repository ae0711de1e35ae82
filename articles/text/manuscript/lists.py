"""Turns paragraphs that look like a list into a list: word processors' markers, typed bullets."""

import re
from dataclasses import dataclass
from itertools import chain
from string import ascii_lowercase

from articles.text.manuscript.raw_blocks import HEADINGS, Marker, RawBlock, TextRun, joined, lines
from articles.text.manuscript.signs import BULLET

_LETTERED = re.compile(r"[(\[]?([A-Za-zđĐ]|[ivxlcIVXLC]+)[.)\]:/]+")
_FIGURED = re.compile(r"[(\[]?(?:[0-9]+[.-])*([0-9]{1,3})[.)\]:/]*")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass
class _Open:
    """A list that may still get items."""

    block: RawBlock
    level: int
    number: int

    def last_item(self) -> list[RawBlock]:
        return self.block.children[-1].children


def is_lettered(marker: Marker | None) -> bool:
    """Whether it counts in letters or Roman numerals, which a stored list cannot show."""
    return bool(marker and _LETTERED.fullmatch(marker.text.strip()))


def gather(blocks: list[RawBlock]) -> list[RawBlock]:
    """Returns the blocks with every marked paragraph in a list, nested by the level of its marker."""
    out: list[RawBlock] = []
    stack: list[_Open] = []
    for block in chain.from_iterable(map(_with_typed_bullets, blocks)):
        block.children = gather(block.children)
        _settle_marker(block)
        if block.marker:
            _place(block, out, stack)
        elif block.continues_item and stack:
            stack[-1].last_item().append(block)
        else:
            stack.clear()
            out.append(block)
    return [_well_nested(block) if block.tag in {"ul", "ol"} else block for block in out]


def _with_typed_bullets(block: RawBlock) -> list[RawBlock]:
    """Returns one marked paragraph for each line of a paragraph whose lines begin with bullets."""
    if block.tag == "li":
        _drop_second_bullet(block)
    if block.tag != "p" or block.marker or not any(map(_bullet, block.text.split("\n"))):
        return [block]
    parts: list[RawBlock] = []
    for runs in lines(block.runs):
        text = "".join(run.text for run in runs)
        if cut := _bullet(text):
            parts.append(block.saying(_cut_off(runs, cut), Marker("•")))
        elif parts and not parts[-1].marker:
            parts[-1].runs = joined([parts[-1].runs, runs])
        else:
            parts.append(block.saying(runs, block.marker))
    return [part for part in parts if not part.is_empty()]


def _bullet(line: str) -> int:
    """Returns the length of the line's bullet with the spaces around it; 0 without one."""
    found = BULLET.match(line, len(line) - len(line.lstrip()))
    return found.end() if found else 0


def _drop_second_bullet(item: RawBlock) -> None:
    first = item.children[0] if item.children else None
    if first and first.tag == "p" and (cut := _bullet(first.text)):
        first.runs = _cut_off(first.runs, cut)


def _cut_off(runs: list[TextRun], count: int) -> list[TextRun]:
    left = []
    for run in runs:
        left.append(run.saying(run.text[count:]))
        count = max(0, count - len(run.text))
    return left


def _settle_marker(block: RawBlock) -> None:
    """Markers that are words (“Điều 1.”) and numbers of headings become text."""
    marker = block.marker
    if marker is None:
        return
    text = " ".join(marker.text.split())
    lettered = bool(_LETTERED.fullmatch(text))
    if text:
        marker.is_ordered = lettered or bool(_FIGURED.fullmatch(text))
    is_words = not lettered and bool(_WORDS.search(text))
    if is_words or (block.tag in HEADINGS and marker.is_ordered):
        block.runs = [TextRun(f"{text} ", block.runs[0].bold if block.runs else False), *block.runs]
        block.marker = None
    elif block.tag in HEADINGS:
        block.tag = "p"


def _place(block: RawBlock, out: list[RawBlock], stack: list[_Open]) -> None:
    """Adds a marked paragraph to the list it continues, or opens a new list."""
    marker, block.marker = block.marker, None
    tag, number = ("ol" if marker.is_ordered else "ul"), _number(marker)
    item = RawBlock("li", children=[block])
    while stack and stack[-1].level > marker.level:
        stack.pop()
    top = stack[-1] if stack and stack[-1].level == marker.level else None
    if top and top.block.tag == tag and number in (0, top.number + 1):
        top.block.children.append(item)
        top.number += 1
        return
    if top:
        stack.pop()
    attributes = {"start": str(number)} if number > 1 else {}
    (stack[-1].last_item() if stack else out).append(
        opened := RawBlock(tag, children=[item], attributes=attributes)
    )
    stack.append(_Open(opened, marker.level, number or 1))


def _number(marker: Marker) -> int:
    """Returns the number that the marker shows; 0 when it shows none."""
    if not marker.is_ordered:
        return 0
    text = " ".join(marker.text.split())
    if figured := _FIGURED.fullmatch(text):
        return int(figured[1])
    lettered = _LETTERED.fullmatch(text)
    letters = lettered[1].lower() if lettered else ""
    if len(letters) > 1 or letters == "i":
        return _roman(letters)
    return ascii_lowercase.find(letters) + 1 if letters else 0


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _well_nested(block: RawBlock) -> RawBlock:
    """Makes every child an item: a list directly inside belongs to the item before it."""
    items: list[RawBlock] = []
    for child in block.children:
        if child.tag == "li":
            items.append(child)
        elif child.tag not in {"ul", "ol"}:
            items.append(RawBlock("li", children=[child]))
        elif items:
            items[-1].children.append(child)
        else:  # deeper than anything before it: use its items as items of this list
            items += child.children
    block.children = items
    return block
