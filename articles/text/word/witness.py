"""Counts the words of a Word file the plain way and names those that did not arrive.

It reads the XML as it came, with none of the code that prepares and converts it, so that a form of text
that nobody thought of is told instead of lost in silence.
"""

from collections.abc import Iterator

from articles.text.manuscript.witness import lost_words, notes_of_lost
from articles.text.word.names import Element, number, q, value
from articles.text.word.reading import PARTS, read_part
from foundation.packages.opening import Package

_SPACED = {q(name) for name in ("w:tab", "w:br", "w:cr", "w:ruby", "w:rt", "w:rubyBase", "w:noBreakHyphen")}
_SAID = {q("w:t")}
# Formulas are counted as wholes; deleted words are told; of two ways to draw one thing only one is read.
_ASIDE = {q(name) for name in ("w:del", "w:moveFrom", "m:oMath", "mc:Fallback", "w:rPr", "w:pPr")}


def missing_words(package: Package, said: str) -> list[str]:
    """Returns notes that name the words of the file missing in `said`: what arrived, and what was told."""
    return notes_of_lost(lost_words(_paragraphs(package), said), "tệp Word")


def _paragraphs(package: Package) -> Iterator[str]:
    """Yields the words of each paragraph, without those of paragraphs in its text boxes."""
    for name in PARTS:
        root = read_part(package, name)
        if root is None:
            continue
        lines: dict[Element, list[str]] = {}
        stack: list[tuple[Element, Element | None]] = [(root, None)]
        while stack:
            element, paragraph = stack.pop()
            if element.tag in _ASIDE or not isinstance(element.tag, str):
                continue
            if element.tag == q("w:p"):
                paragraph = element
                lines[element] = []
            if paragraph is not None and element.tag in _SAID:
                lines[paragraph].append(element.text or "")
            elif paragraph is not None and element.tag in _SPACED:
                lines[paragraph].append(" ")
            elif paragraph is not None and element.tag == q("w:ddList"):
                lines[paragraph].append(f" {_chosen(element)} ")
            stack += [(child, paragraph) for child in reversed(element)]
        yield from ("".join(parts) for parts in lines.values())


def _chosen(choices: Element) -> str:
    entries = [value(entry) for entry in choices.iter(q("w:listEntry"))]
    place = number(value(choices.find(q("w:result"))))
    return entries[place] if 0 <= place < len(entries) else ""
