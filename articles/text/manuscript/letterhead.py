"""The head of an official letter above a story: the authority, the nation's name and motto, number, place
and day.

Teachers write in the forms of their school's letters; none of it belongs to the story. Form: Decree
30/2020/NĐ-CP, appendix I.
"""

import re

from lxml import html
from lxml.html import HtmlElement

from articles.text.shaping import words
from foundation.language.capitals import is_in_capitals
from foundation.language.vietnamese import fold

_FIRST = 12  # blocks of the story that may hold the head
_LONGEST_LINE, _MOST_WORDS = 120, 90
_NATION, _MOTTO = "cong hoa xa hoi chu nghia viet nam", re.compile(r"doc lap\W+tu do\W+hanh phuc")
_NUMBER = re.compile(r"\bso\s*:\s*[\w.…_-]{0,12}\s*/")
_DAY = re.compile(r",?\s*ngay\s*[\d.…_\s]{0,6}\s*thang\s*[\d.…_\s]{0,6}\s*nam\s*[\d.…_]{0,6}\W*\Z")
_AUTHORITY = re.compile(
    r"(?:bo|so|phong|truong|uy ban|ubnd|dang bo|chi bo|tinh|huyen|thanh pho|trung tam|cong doan|lien doi|doan"
    r"|to |nganh|hoi |ban )"
)


def take_letterhead(root: HtmlElement) -> str:
    """Remove the head of a letter from the beginning of a body's tree. Returns it as HTML; "" without one.

    It is recognised by the nation's name; lines of capitals before that are the authority.
    """
    blocks = list(root)[:_FIRST]
    place = next((n for n, block in enumerate(blocks) if _NATION in _folded(block.text_content())), None)
    if place is None or any(not _is_of_head(block, is_above=True) for block in blocks[: place + 1]):
        return ""
    last = place
    for number, block in enumerate(blocks[place + 1 :], place + 1):
        if not _is_of_head(block, is_above=False):
            break
        last = number
    taken = blocks[: last + 1]
    kept = "".join(html.tostring(block, encoding="unicode", with_tail=False) for block in taken)
    for block in taken:
        block.drop_tree()
    return kept


def _folded(text: str) -> str:
    return words(fold(text).replace("\u00a0", " "))


def _is_of_head(block: HtmlElement, is_above: bool) -> bool:
    if block.tag == "table":
        said = _folded(block.text_content())
        known = _NATION in said or bool(_MOTTO.search(said)) or bool(_NUMBER.search(said))
        return known and len(said.split()) <= _MOST_WORDS
    if block.tag not in {"p", "h2", "h3"}:
        return False
    return all(_is_line(line, is_above) for line in lines_of(block))


def lines_of(block: HtmlElement) -> list[str]:
    """Returns the lines of a block, parted at its line breaks; no empty ones."""
    parts = [block.text or ""]
    for element in block.iterdescendants():
        if element.tag == "br":
            parts.append("")
        else:
            parts[-1] += element.text or ""
        parts[-1] += element.tail or ""
    return [words(part) for part in parts if words(part)]


def _is_line(line: str, is_above: bool) -> bool:
    folded = _folded(line)
    if len(line) > _LONGEST_LINE:
        return False
    if not any(char.isalnum() for char in line):
        return True  # the rule under the motto
    known = (
        (_NATION in folded and is_in_capitals(line))
        or _MOTTO.search(folded)
        or _NUMBER.search(folded)
        or _DAY.search(folded)
    )
    return bool(known) or (is_above and line.isupper() and bool(_AUTHORITY.match(folded)))
